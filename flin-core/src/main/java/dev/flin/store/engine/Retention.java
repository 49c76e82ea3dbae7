package dev.flin.store.engine;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.RetentionPolicy;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.temporal.Facts;
import dev.flin.store.temporal.Forgetting;

/**
 * Turns what the rules forget into changes, a few records at a time.
 */
final class Retention {

	/** One transaction prunes at most the versions of so many records. */
	private static final int RECORDS_MAX = 256;

	/** Or about so many versions. */
	private static final int CHANGES_MAX = 2048;

	private final ZoneId zone;

	private final long now;

	/**
	 * Some changes.
	 *
	 * @param changes the changes
	 * @param next the first record not looked at, 0 at the end
	 */
	record Batch(List<Change> changes, long next) {
	}

	Retention(ZoneId zone, long now) {
		this.zone = zone;
		this.now = now;
	}

	List<String> entities(Tables tables) {
		return tables.schema()
			.entities()
			.stream()
			.filter((entity) -> entity.retention() != null
					|| entity.fields().stream().anyMatch((field) -> field.retention() != null))
			.map(EntitySchema::name)
			.toList();
	}

	Batch batch(Applier applier, String entity, long from) {
		EntityTable table = applier.tables().find(entity);
		List<Change> changes = new ArrayList<>();
		if (table == null) {
			return new Batch(changes, 0);
		}
		Root.Scan<VersionKey> scan = table.versions().root().scan(Applier.first(from), null, false);
		int records = 0;
		while (scan.next()) {
			long id = scan.key().id();
			if (records++ == RECORDS_MAX || changes.size() >= CHANGES_MAX) {
				return new Batch(changes, id);
			}
			if (applier.tables().holds().get(Holds.key(table.entityId(), id)) == null) {
				prune(applier, table, id, changes);
			}
			// on to the next record
			scan = table.versions().root().scan(Applier.first(id + 1), null, false);
		}
		return new Batch(changes, 0);
	}

	private void prune(Applier applier, EntityTable table, long id, List<Change> changes) {
		StoredRow newest = applier.newest(table, id);
		if (newest == null) {
			return;
		}
		List<StoredRow> rows = Temporal.rows(table, table.versions().root(), newest, id);
		Facts facts = Temporal.facts(rows);
		boolean[] gone = new boolean[rows.size()];
		RetentionPolicy policy = table.schema().retention();
		if (policy != null) {
			long[] numbers = rows.stream().mapToLong(StoredRow::number).toArray();
			gone = Forgetting.prune(facts, numbers, policy, this.now, this.zone);
		}
		boolean[] needed = Forgetting.stillTrue(facts, this.now);
		for (int i = 0; i < rows.size() - 1; i++) {
			StoredRow row = rows.get(i);
			VersionKey key = new VersionKey(id, row.systemFrom(), row.number());
			if (row.isPruned()) {
				continue;
			}
			if (gone[i]) {
				changes.add(new Change.Rewrite(table.entityId(), key,
						newest.isTemporal() ? sealed(RowCodec.prune(row), table, id) : null));
			}
			else if (!needed[i]) {
				byte[] poorer = forgetFields(table, row, id);
				if (poorer != null) {
					changes.add(new Change.Rewrite(table.entityId(), key, poorer));
				}
			}
		}
	}

	private static byte[] sealed(byte[] row, EntityTable table, long id) {
		RowCodec.seal(row, table.entityId(), id);
		return row;
	}

	/** The row without the values whose time is over, or null when it has none of them. */
	private byte @Nullable [] forgetFields(EntityTable table, StoredRow row, long id) {
		List<FieldSchema> fields = table.shape().fields();
		byte[] poorer = table.shape().without(row, (position) -> {
			Duration age = fields.get(position).retention();
			return age != null && Forgetting.isForgotten(row.systemTo(), Micros.of(age), this.now);
		});
		return (poorer == null) ? null : sealed(poorer, table, id);
	}

}
