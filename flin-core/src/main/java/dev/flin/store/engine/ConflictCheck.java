package dev.flin.store.engine;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.RecordRef;
import dev.flin.store.StoreException;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;

/**
 * Whether a transaction may still commit on the newest state of the maps. It changes nothing, so a transaction that may
 * not leaves no trace.
 */
final class ConflictCheck {

	private final Applier applier;

	private final StoreTransaction transaction;

	ConflictCheck(Applier applier, StoreTransaction transaction) {
		this.applier = applier;
		this.transaction = transaction;
	}

	void run() {
		boolean sameSchema = this.applier.tables().catalog().version() == this.transaction.tables().catalog().version();
		for (TreeMap<Long, Pending> table : this.transaction.allPending()) {
			for (Pending pending : table.values()) {
				if (!sameSchema) {
					throw new StoreException.Conflict(ref(pending), "is written by a transaction of an older schema");
				}
				unchanged(pending);
				held(pending);
				for (StoredRow row : written(pending)) {
					uniques(pending, row);
					references(pending, row);
				}
				referrers(pending);
			}
		}
		this.transaction.guards().forEach(this::unchanged);
	}

	private static RecordRef ref(Pending pending) {
		return new RecordRef(pending.table().name(), pending.id());
	}

	/** The entity's maps as they are now; a compaction since the start has other objects. */
	private EntityTable head(EntityTable table) {
		return this.applier.tables().table(table.entityId());
	}

	private void unchanged(Pending pending) {
		StoredRow base = pending.base();
		byte[] row = head(pending.table()).records().get(pending.id());
		if ((base == null) ? row == null : row == base.bytes()) {
			return;
		}
		StoredRow newest = (row == null) ? null : head(pending.table()).check(row, pending.id());
		if (newest == null && base != null) {
			throw new StoreException.Conflict(ref(pending), "was destroyed by another transaction");
		}
		if (newest != null && (base == null || newest.number() != base.number())) {
			throw new StoreException.Conflict(ref(pending), "was changed by another transaction");
		}
	}

	private void held(Pending pending) {
		if (!pending.isDestroyed()) {
			return;
		}
		byte[] key = Holds.key(pending.table().entityId(), pending.id());
		byte[] hold = this.applier.tables().holds().get(key);
		if (hold != null && this.transaction.holdReason(pending.table().name(), pending.id()) != null) {
			throw new StoreException.Held(ref(pending), Holds.reason(key, hold, this.applier.tables()));
		}
	}

	/** The rows that count from now on: the newest, and for valid periods each. */
	static List<StoredRow> written(Pending pending) {
		StoredRow newest = pending.newest();
		if (newest == null || newest.isDeleted() || !pending.hasVersions()) {
			return List.of();
		}
		return newest.isTemporal()
				? pending.rows().stream().map(pending::seen).filter((row) -> !row.isDeleted()).toList()
				: List.of(newest);
	}

	private void uniques(Pending pending, StoredRow newest) {
		if (newest.validTo() <= this.transaction.provisional()) {
			return;
		}
		EntityTable table = head(pending.table());
		for (EntityTable.Index index : table.indexes()) {
			if (!index.info().unique() || hasNone(table, index, newest)) {
				continue;
			}
			byte[] key = table.keys(index, newest, pending.id()).getFirst();
			if (index.map().get(key) != null) {
				continue;
			}
			byte[] values = Arrays.copyOf(key, key.length - 8);
			Root.Scan<byte[]> scan = index.map().root().scan(values, null, false);
			while (scan.next() && Reader.startsWith(scan.key(), values)) {
				long other = KeyCodec.idOf(scan.key());
				if (scan.key().length == key.length && isForeign(pending, index, other, scan.key())) {
					throw new StoreException.Conflict(new RecordRef(table.name(), other),
							"has a unique value that another transaction took");
				}
			}
		}
	}

	private static boolean hasNone(EntityTable table, EntityTable.Index index, StoredRow row) {
		int[] offsets = table.shape().offsets(row);
		for (int position : index.info().positions()) {
			if (table.shape().value(row, offsets, position) == null) {
				return true;
			}
		}
		return false;
	}

	/** An entry counts unless it was there at the start, where it was judged, or is of a record written here. */
	private boolean isForeign(Pending pending, EntityTable.Index index, long other, byte[] key) {
		if (other == pending.id() || this.transaction.pending(pending.table(), other) != null) {
			return false;
		}
		EntityTable.Index then = pending.table().indexes().get(index.info().number());
		return this.transaction.state().root(then.map()).get(key) == null;
	}

	private void references(Pending pending, StoredRow newest) {
		EntityTable table = pending.table();
		int[] offsets = table.shape().offsets(newest);
		for (int i = 0; i < table.schema().fields().size(); i++) {
			switch (table.schema().fields().get(i).type()) {
				case FieldType.Reference reference ->
					target(reference.entity(), table.shape().value(newest, offsets, i));
				case FieldType.References references -> {
					if (table.shape().value(newest, offsets, i) instanceof List<?> ids) {
						ids.forEach((id) -> target(references.entity(), id));
					}
				}
				case FieldType.Scalar scalar -> {
				}
				case FieldType.Choice choice -> {
				}
				case FieldType.Structure structure -> {
				}
			}
		}
	}

	private void target(String entity, @Nullable Object id) {
		EntityTable table = this.transaction.tables().find(entity);
		if (!(id instanceof Long number) || table == null || this.transaction.pending(table, number) != null) {
			return;
		}
		StoredRow then = this.transaction.storedNewest(table, number);
		StoredRow now = this.applier.newest(head(table), number);
		if (then != null && !then.isDeleted() && (now == null || now.isDeleted())) {
			throw new StoreException.Conflict(new RecordRef(entity, number), "was deleted by another transaction");
		}
	}

	/** What refers to a record that goes, and did not when the transaction decided so. */
	private void referrers(Pending pending) {
		StoredRow newest = pending.newest();
		if (pending.base() == null || (newest != null && !newest.isDeleted())) {
			return;
		}
		for (Tables.Referring referring : this.transaction.tables().referring(pending.table().name())) {
			EntityTable.Index index = referring.index();
			EntityTable table = head(referring.table());
			EntityTable.Index now = table.indexes().get(index.info().number());
			Root<byte[]> then = this.transaction.state().root(index.map());
			Root<byte[]> head = now.map().root();
			if (then.isSame(head)) {
				continue;
			}
			Object target = index.info().isMulti() ? List.of(pending.id()) : (Object) pending.id();
			byte[] key = EntityTable.keys(index.info(), new Object[] { target }, 0).getFirst();
			byte[] values = Arrays.copyOf(key, key.length - 8);
			Root.Scan<byte[]> scan = head.scan(values, null, false);
			while (scan.next() && Reader.startsWith(scan.key(), values)) {
				long id = KeyCodec.idOf(scan.key());
				if (then.get(scan.key()) == null && this.transaction.pending(referring.table(), id) == null) {
					throw new StoreException.Conflict(ref(pending),
							"is referred to by " + new RecordRef(table.name(), id) + " since another transaction");
				}
			}
		}
	}

}
