package dev.flin.benchmarks.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.store.Snapshot;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreConfig.Durability;
import dev.flin.store.StoreSchema;
import dev.flin.store.WriteTransaction;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.RealFileSystem;

/** FLIN's store through its Java interface; every value is decoded. */
final class FlinDatabase implements Database {

	static final String PRODUCT = "Product";

	private static final int NAME = 0;

	static final int CATEGORY = 1;

	static final int PRICE = 2;

	static final int STOCK = 3;

	private static final int ACTIVE = 4;

	private static final int NOTES = 5;

	/** The entity of {@code flin/store/Product.flin}. */
	static final StoreSchema SCHEMA = new StoreSchema(List.of(EntitySchema.of(PRODUCT,
			FieldSchema.required("name", FieldType.TEXT), FieldSchema.required("category", FieldType.TEXT).asIndexed(),
			FieldSchema.required("price", FieldType.INT).asIndexed(),
			FieldSchema.required("stock", FieldType.INT).asIndexed(), FieldSchema.required("active", FieldType.BOOL),
			FieldSchema.required("notes", FieldType.TEXT))));

	private final Store store;

	private FlinDatabase(Store store) {
		this.store = store;
	}

	static FlinDatabase open(Path directory, boolean durable) {
		return open(directory, StoreConfig.defaults().withDurability(durable ? Durability.SYNC : Durability.NONE));
	}

	static FlinDatabase open(Path directory, StoreConfig config) {
		return new FlinDatabase(Stores.open(new RealFileSystem(directory), config, SCHEMA, Clock.systemUTC()));
	}

	@Override
	public String name() {
		return "FLIN store";
	}

	Store store() {
		return this.store;
	}

	static @Nullable Object[] values(Item item) {
		return new Object[] { item.name(), item.category(), item.price(), item.stock(), item.active(), item.notes() };
	}

	static @Nullable Item item(@Nullable RecordVersion version) {
		if (version == null) {
			return null;
		}
		@Nullable Object[] values = version.values();
		return new Item(version.id(), value(values, NAME, String.class), value(values, CATEGORY, String.class),
				value(values, PRICE, Long.class), value(values, STOCK, Long.class),
				value(values, ACTIVE, Boolean.class), value(values, NOTES, String.class));
	}

	/** A field's value; all fields are required. */
	private static <T> T value(@Nullable Object[] values, int field, Class<T> type) {
		return Objects.requireNonNull(type.cast(values[field]));
	}

	@Override
	public Session session() {
		return new FlinSession(this.store);
	}

	@Override
	public void close() {
		this.store.close();
	}

	private record FlinSession(Store store) implements Session {

		@Override
		public void insert(Item item) {
			try (WriteTransaction transaction = this.store.begin(null)) {
				transaction.insert(PRODUCT, values(item), null);
				transaction.commit();
			}
		}

		@Override
		public void update(Item item) {
			try (WriteTransaction transaction = this.store.begin(null)) {
				transaction.update(PRODUCT, item.id(), values(item), null);
				transaction.commit();
			}
		}

		@Override
		public @Nullable Item find(long id) {
			try (Snapshot snapshot = this.store.snapshot()) {
				return item(snapshot.find(PRODUCT, id));
			}
		}

		@Override
		public @Nullable Item asOf(long id, Instant moment) {
			try (Snapshot snapshot = this.store.snapshot()) {
				return item(snapshot.findAsOf(PRODUCT, id, AsOf.at(moment)));
			}
		}

		@Override
		public List<Item> history(long id) {
			List<Item> items = new ArrayList<>();
			try (Snapshot snapshot = this.store.snapshot();
					RecordCursor versions = snapshot.history(PRODUCT, id)) {
				versions.forEachRemaining((version) -> items.add(item(version)));
			}
			return items;
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
