package dev.flin.store;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;

/** A small schema, and short forms for working with it. */
public final class Shop {

	public static final EntitySchema MAKER = EntitySchema.of("Maker", FieldSchema.required("name", FieldType.TEXT));

	public static final EntitySchema PRODUCT = EntitySchema
		.of("Product", FieldSchema.required("name", FieldType.TEXT).asIndexed(),
				FieldSchema.optional("sku", FieldType.TEXT).asUnique(),
				FieldSchema.required("price", FieldType.INT).asIndexed(),
				FieldSchema.optional("maker", new FieldType.Reference("Maker")));

	public static final StoreSchema SCHEMA = new StoreSchema(List.of(MAKER, PRODUCT));

	public static final int NAME = 0;

	public static final int SKU = 1;

	public static final int PRICE = 2;

	public static final int MAKER_REF = 3;

	private Shop() {
	}

	public static Store open(FileSystem files, ManualClock clock) {
		return Stores.open(files, StoreConfig.defaults(), SCHEMA, clock);
	}

	public static @Nullable Object[] product(String name, @Nullable String sku, long price, @Nullable Long maker) {
		return new Object[] { name, sku, price, maker };
	}

	public static RecordVersion insert(Store store, String name, @Nullable String sku, long price) {
		try (WriteTransaction tx = store.begin("ama")) {
			RecordVersion saved = tx.insert("Product", product(name, sku, price, null), null);
			tx.commit();
			return saved;
		}
	}

	public static void setPrice(Store store, long id, long price) {
		setPrice(store, id, price, null);
	}

	public static void setPrice(Store store, long id, long price, @Nullable ValidPeriod valid) {
		try (WriteTransaction tx = store.begin("ama")) {
			RecordVersion newest = tx.newest("Product", id);
			if (newest == null) {
				throw new AssertionError("No product " + id);
			}
			@Nullable Object[] values = newest.values();
			values[PRICE] = price;
			tx.update("Product", id, values, valid);
			tx.commit();
		}
	}

	public static void delete(Store store, long id) {
		try (WriteTransaction tx = store.begin("ama")) {
			tx.delete("Product", id, null);
			tx.commit();
		}
	}

	public static void destroy(Store store, long id) {
		try (WriteTransaction tx = store.begin("ama")) {
			tx.destroy("Product", id);
			tx.commit();
		}
	}

	/** The names that a query gives, joined. */
	public static String names(ReadView view, Query query) {
		List<String> names = new ArrayList<>();
		try (RecordCursor found = view.query(query)) {
			found.forEachRemaining((record) -> names.add(String.valueOf(record.value(NAME))));
		}
		return String.join(" ", names);
	}

	/** The prices of a record's history, joined. */
	public static String prices(ReadView view, long id) {
		List<String> prices = new ArrayList<>();
		try (RecordCursor versions = view.history("Product", id)) {
			versions.forEachRemaining(
					(version) -> prices.add((version.deleted()
							? "-" : "") + version.number() + ":" + version.value(PRICE)));
		}
		return String.join(" ", prices);
	}

}
