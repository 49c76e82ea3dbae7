package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.StoreSchema;
import dev.flin.store.mv.KeyKind;
import dev.flin.store.mv.MapStore;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.schema.Catalog;
import dev.flin.store.schema.EntityShape;

/**
 * All maps of a store file under one schema. A migration makes another over the same file.
 */
final class Tables {

	private final MapStore store;

	private final Catalog catalog;

	private final StoreSchema schema;

	private final Map<String, EntityTable> byName = new HashMap<>();

	private final Map<Integer, EntityTable> byId = new HashMap<>();

	private final OrderedMap<byte[]> holds;

	private final OrderedMap<byte[]> blobs;

	private final OrderedMap<byte[]> keys;

	private final Vault vault;

	private final RecentVersions recent = new RecentVersions();

	private final Map<String, List<Referring>> referring = new HashMap<>();

	/**
	 * An index over references to an entity.
	 *
	 * @param table the entity that refers
	 * @param index the index over its field
	 */
	record Referring(EntityTable table, EntityTable.Index index) {
	}

	/**
	 * Opens the maps.
	 * @param store the store file
	 * @param catalog the stored schema
	 * @param declared the declared schema of the same shape, or null to make one of the catalog
	 * @param vault what rows need beside
	 */
	Tables(MapStore store, Catalog catalog, @Nullable StoreSchema declared, Vault vault) {
		this.store = store;
		this.catalog = catalog;
		this.schema = (declared != null) ? declared : declaredBy(catalog);
		this.vault = vault;
		this.holds = store.existing("holds", KeyKind.BYTES);
		this.blobs = store.existing("blobs", KeyKind.BYTES);
		this.keys = store.existing("keys", KeyKind.BYTES);
		IndexBlinding.Factory blindings = new IndexBlinding.Factory(vault.keys(), UsedKeys.first(this.keys));
		EntityTable.Maps maps = EntityTable.Maps.of(store);
		for (Catalog.Entity entity : catalog.entities()) {
			EntitySchema known = entity.hidden() ? null : this.schema.find(entity.name());
			EntityTable table = new EntityTable(new EntityShape((known != null) ? known : declaredBy(entity), entity,
					vault.keys()), maps, blindings);
			this.byId.put(entity.id(), table);
			if (!entity.hidden()) {
				this.byName.put(entity.name(), table);
				addReferring(table);
			}
		}
	}

	private void addReferring(EntityTable table) {
		for (EntityTable.Index index : table.indexes()) {
			String target = (index.info().types().size() != 1) ? null : switch (index.info().types().getFirst()) {
				case FieldType.Reference reference -> reference.entity();
				case FieldType.References references -> references.entity();
				case FieldType.Scalar scalar -> null;
				case FieldType.Choice choice -> null;
				case FieldType.Structure structure -> null;
			};
			if (target != null) {
				this.referring.computeIfAbsent(target, (key) -> new ArrayList<>()).add(new Referring(table, index));
			}
		}
	}

	List<Referring> referring(String entity) {
		return this.referring.getOrDefault(entity, List.of());
	}

	private static StoreSchema declaredBy(Catalog catalog) {
		return new StoreSchema(catalog.entities()
			.stream()
			.filter((entity) -> !entity.hidden())
			.map(Tables::declaredBy)
			.toList());
	}

	private static EntitySchema declaredBy(Catalog.Entity entity) {
		List<FieldSchema> fields = new ArrayList<>();
		for (int id : entity.layouts().getLast().fieldIds()) {
			Catalog.Field field = entity.field(id);
			fields.add(new FieldSchema(field.name(), field.type(), field.nullable(), false, false, field.initial(),
					List.of(), List.of(), null, field.encrypted()));
		}
		return new EntitySchema(entity.name(), List.of(), fields, List.of(), null);
	}

	MapStore store() {
		return this.store;
	}

	Catalog catalog() {
		return this.catalog;
	}

	StoreSchema schema() {
		return this.schema;
	}

	EntityTable table(String entity) {
		EntityTable table = this.byName.get(entity);
		if (table == null) {
			throw new IllegalArgumentException("No entity " + entity);
		}
		return table;
	}

	@Nullable
	EntityTable find(String entity) {
		return this.byName.get(entity);
	}

	EntityTable table(int entity) {
		EntityTable table = this.byId.get(entity);
		if (table == null) {
			throw new IllegalStateException("The log names entity " + entity + ", which the store does not know");
		}
		return table;
	}

	@Nullable
	EntityTable find(int entity) {
		return this.byId.get(entity);
	}

	Iterable<EntityTable> all() {
		return this.byId.values();
	}

	OrderedMap<byte[]> holds() {
		return this.holds;
	}

	/** How many rows refer to each blob. */
	OrderedMap<byte[]> blobs() {
		return this.blobs;
	}

	/** The keys that encrypted values have. */
	OrderedMap<byte[]> keys() {
		return this.keys;
	}

	/** Versions in the shape of this schema. */
	RecentVersions recent() {
		return this.recent;
	}

	Vault vault() {
		return this.vault;
	}

}
