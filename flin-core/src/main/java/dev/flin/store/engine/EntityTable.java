package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldType;
import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.Layout;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.KeyKind;
import dev.flin.store.mv.MapStore;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.query.IndexInfo;
import dev.flin.store.query.Planner;
import dev.flin.store.schema.Catalog;
import dev.flin.store.schema.EntityShape;

/**
 * An entity's maps: the newest version of each record, the older versions, the ids of deleted records, when each was
 * stored last, and the indexes over live ones.
 */
final class EntityTable {

	/**
	 * An index and its map.
	 *
	 * @param stored the catalog's entry
	 * @param info its fields
	 * @param map keys of values and id
	 * @param past what left it
	 */
	record Index(Catalog.Index stored, IndexInfo info, OrderedMap<byte[]> map, PastIndex past) {
	}

	private final EntityShape shape;

	private final OrderedMap<Long> records;

	private final OrderedMap<VersionKey> versions;

	private final OrderedMap<Long> deleted;

	private final OrderedMap<byte[]> times;

	private final List<Index> indexes;

	private final Planner planner;

	private volatile boolean temporal;

	EntityTable(EntityShape shape, Maps maps, IndexBlinding.Factory blindings) {
		this.shape = shape;
		int id = shape.entityId();
		this.records = maps.open("r" + id, KeyKind.IDS);
		this.versions = maps.open("v" + id, KeyKind.VERSIONS);
		this.deleted = maps.open("d" + id, KeyKind.IDS);
		this.times = maps.open("t" + id, KeyKind.BYTES);
		this.indexes = new ArrayList<>();
		Layout layout = shape.layout();
		for (Catalog.Index index : shape.stored().indexes()) {
			List<Integer> positions = index.fieldIds().stream().map((field) ->
					layout.fieldIds().indexOf(field)).toList();
			List<FieldType> types = positions.stream().map(layout.types()::get).toList();
			IndexInfo info = new IndexInfo(this.indexes.size(), positions, types, index.unique(),
					blindings.of(shape.stored(), index));
			this.indexes.add(new Index(index, info, maps.open(indexName(id, index), KeyKind.BYTES),
					new PastIndex(maps.open(pastName(id, index), KeyKind.BYTES))));
		}
		this.planner = new Planner(shape.schema(), this.indexes.stream().map(Index::info).toList());
	}

	/** Opens maps once per store, whichever schema asks for them. */
	interface Maps {

		<K> OrderedMap<K> open(String name, KeyKind<K> kind);

		static Maps of(MapStore store) {
			return new Maps() {
				@Override
				public <K> OrderedMap<K> open(String name, KeyKind<K> kind) {
					return store.existing(name, kind);
				}
			};
		}

	}

	static String indexName(int entity, Catalog.Index index) {
		return "x" + entity + "." + index.id();
	}

	private static String pastName(int entity, Catalog.Index index) {
		return "p" + entity + "." + index.id();
	}

	EntityShape shape() {
		return this.shape;
	}

	EntitySchema schema() {
		return this.shape.schema();
	}

	String name() {
		return this.shape.schema().name();
	}

	int entityId() {
		return this.shape.entityId();
	}

	OrderedMap<Long> records() {
		return this.records;
	}

	OrderedMap<VersionKey> versions() {
		return this.versions;
	}

	OrderedMap<Long> deleted() {
		return this.deleted;
	}

	/** What was stored last when; see {@link ChangeTimes}. */
	OrderedMap<byte[]> times() {
		return this.times;
	}

	List<Index> indexes() {
		return this.indexes;
	}

	/** Whether a version with a valid period was ever stored; then not every newest row is true now. */
	boolean isTemporal() {
		return this.temporal;
	}

	void temporal(boolean value) {
		this.temporal = value;
	}

	Planner planner() {
		return this.planner;
	}

	/** A row after its checksum was checked. */
	StoredRow check(byte[] row, long id) {
		checkIntact(row, id);
		return new StoredRow(row);
	}

	boolean isIntact(byte[] row, long id) {
		return RowCodec.isIntact(row, entityId(), id);
	}

	void checkIntact(byte[] row, long id) {
		if (!isIntact(row, id)) {
			throw new StoreException.Damaged("%s#%d is damaged: its bytes are not those that were written"
				.formatted(name(), id));
		}
	}

	/** A row's keys in an index: none for a deletion, several for a list of references. */
	List<byte[]> keys(Index index, StoredRow row, long id) {
		return (row.isDeleted() || row.isPruned()) ? List.of() : keys(index, row, this.shape.offsets(row), id);
	}

	/** The same for a row that has values, given where they are. */
	List<byte[]> keys(Index index, StoredRow row, int[] offsets, long id) {
		IndexInfo info = index.info();
		@Nullable Object[] values = new Object[info.positions().size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.shape.value(row, offsets, info.positions().get(i));
		}
		return keys(info, values, id);
	}

	/** Whether a row says that one of an index's fields differs from the version before. */
	boolean isChanged(Index index, StoredRow row) {
		for (int position : index.info().positions()) {
			if (this.shape.isChanged(row, position)) {
				return true;
			}
		}
		return false;
	}

	/** Whether a list of a row's keys has one. */
	static boolean contains(List<byte[]> keys, byte[] wanted) {
		for (byte[] key : keys) {
			if (Arrays.equals(key, wanted)) {
				return true;
			}
		}
		return false;
	}

	static List<byte[]> keys(IndexInfo info, @Nullable Object[] values, long id) {
		if (info.isMulti() && values.length == 1) {
			List<byte[]> keys = new ArrayList<>();
			if (values[0] instanceof List<?> elements) {
				for (Object element : new java.util.LinkedHashSet<Object>(elements)) {
					keys.add(key(info, new Object[] { element }, id));
				}
			}
			return keys;
		}
		return List.of(key(info, values, id));
	}

	private static byte[] key(IndexInfo info, @Nullable Object[] values, long id) {
		ByteWriter into = new ByteWriter(32);
		for (int i = 0; i < values.length; i++) {
			info.writeKey(into, i, values[i]);
		}
		into.putLong(id);
		return into.toBytes();
	}

}
