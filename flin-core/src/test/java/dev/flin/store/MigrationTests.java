package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.store.SchemaPlan.Kind;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;

/** A store opened under another schema takes it over, or says exactly why not. */
class MigrationTests {

	private static final FieldSchema LABEL = FieldSchema.required("label", FieldType.TEXT);

	private final MemoryFileSystem files = new MemoryFileSystem();

	private Store open(FieldSchema... fields) {
		return Stores.open(this.files, StoreConfig.defaults(), new StoreSchema(List.of(EntitySchema
				.of("Item", fields))),
				new ManualClock());
	}

	private static void insert(Store store, @Nullable Object... values) {
		try (WriteTransaction tx = store.begin(null)) {
			tx.insert("Item", values, null);
			tx.commit();
		}
	}

	private static void update(Store store, long id, @Nullable Object... values) {
		try (WriteTransaction tx = store.begin(null)) {
			tx.update("Item", id, values, null);
			tx.commit();
		}
	}

	private static List<@Nullable Object> history(Store store, long id, int position) {
		try (Snapshot snapshot = store.snapshot()) {
			List<@Nullable Object> values = new java.util.ArrayList<>();
			snapshot.history("Item", id).forEachRemaining((version) -> values.add(version.value(position)));
			return values;
		}
	}

	private static long count(Store store, int position, Object value) {
		try (Snapshot snapshot = store.snapshot()) {
			return snapshot.count(Query.of("Item")
				.where(new Condition.Compare(new Column.Field(position), Condition.Operator.EQ, value)));
		}
	}

	@Test
	void savesKeepTheValuesOfARemovedField() {
		FieldSchema stock = FieldSchema.optional("stock", FieldType.INT);
		FieldSchema color = FieldSchema.optional("color", FieldType.TEXT);
		try (Store store = open(LABEL, stock, color)) {
			insert(store, "a", 1L, "red");
			insert(store, "b", 2L, null);
		}
		try (Store store = open(LABEL, color)) {
			update(store, 1, "a2", "green");
			update(store, 1, "a3", "blue");
			insert(store, "c", "white");
		}
		try (Store store = open(LABEL)) {
			update(store, 1, "a4");
			try (WriteTransaction tx = store.begin(null)) {
				tx.delete("Item", 2, null);
				tx.commit();
			}
			try (WriteTransaction tx = store.begin(null)) {
				tx.restore("Item", 2);
				tx.commit();
			}
			assertThat(store.verify().damages()).isEmpty();
			store.checkpoint();
		}
		try (Store store = open(color, LABEL, stock)) {
			assertThat(history(store, 1, 0)).containsExactly("red", "green", "blue", "blue");
			assertThat(history(store, 1, 1)).containsExactly("a", "a2", "a3", "a4");
			assertThat(history(store, 1, 2)).containsExactly(1L, 1L, 1L, 1L);
			assertThat(history(store, 2, 2)).containsExactly(2L, 2L, 2L);
			assertThat(history(store, 3, 2)).containsOnlyNulls();
			assertThat(store.plan(store.schema()).isEmpty()).isTrue();
		}
	}

	@Test
	void thePlanCountsWhatIsHidden() {
		try (Store store = open(LABEL, FieldSchema.optional("stock", FieldType.INT))) {
			insert(store, "a", 1L);
			insert(store, "b", (Object) null);
			assertThat(store.plan(new StoreSchema(List.of(EntitySchema.of("Item", LABEL)))).steps())
				.containsExactly("Hide Item.stock (1 value)");
			assertThat(store.plan(new StoreSchema(List.of())).steps()).containsExactly("Hide entity Item (2 records)");
		}
	}

	@Test
	void thePlanAsksWhetherANewNameIsForAnOldThing() {
		FieldSchema stock = FieldSchema.required("stock", FieldType.INT);
		FieldSchema amount = FieldSchema.required("amount", FieldType.INT);
		try (Store store = open(LABEL, stock)) {
			insert(store, "a", 1L);
			SchemaPlan plan = store.plan(new StoreSchema(List.of(EntitySchema.of("Item", LABEL, amount))));
			assertThat(plan.steps()).containsExactly(
					"Add Item.amount (if it is stock under a new name, write @was(\"stock\"))",
					"Hide Item.stock (1 value)");
			assertThat(plan.problems()).extracting(SchemaPlan.Problem::message)
				.containsExactly("1 record of Item without amount: give the field a default or make it optional, "
						+ "or @was(\"stock\") if that is what it was");
			assertThat(store.plan(new StoreSchema(List.of(EntitySchema.of("Thing", LABEL, stock)))).steps())
				.containsExactly("Add entity Thing (if it is Item under a new name, write @was(\"Item\"))",
						"Hide entity Item (1 record)");
		}
	}

	@Test
	void thePlanGuessesNoNameWhereSeveralWouldDo() {
		FieldSchema stock = FieldSchema.optional("stock", FieldType.INT);
		FieldSchema amount = FieldSchema.optional("amount", FieldType.INT);
		FieldSchema size = FieldSchema.optional("size", FieldType.INT);
		FieldSchema color = FieldSchema.optional("color", FieldType.TEXT);
		try (Store store = open(LABEL, stock)) {
			assertThat(store.plan(new StoreSchema(List.of(EntitySchema.of("Item", LABEL, amount, size)))).steps())
				.contains("Add Item.amount", "Add Item.size");
			assertThat(store.plan(new StoreSchema(List.of(EntitySchema.of("Item", LABEL, color)))).steps())
				.contains("Add Item.color");
		}
	}

	@Test
	void anAddedFieldFillsOldRecordsAndOldVersions() {
		try (Store store = open(LABEL)) {
			insert(store, "a");
			update(store, 1, "b");
		}
		try (Store store = open(LABEL, FieldSchema.required("stock", FieldType.INT).withInitial(5L).asIndexed())) {
			assertThat(history(store, 1, 1)).containsExactly(5L, 5L);
			assertThat(count(store, 1, 5L)).isEqualTo(1);
			update(store, 1, "b", 6L);
		}
		try (Store store = open(LABEL, FieldSchema.required("stock", FieldType.INT).withInitial(99L))) {
			assertThat(history(store, 1, 1)).containsExactly(5L, 5L, 6L);
		}
	}

	@Test
	void anAddedFieldWithoutDefaultIsRefusedOnlyWhereThereAreRecords() {
		FieldSchema stock = FieldSchema.required("stock", FieldType.INT);
		open(LABEL).close();
		open(LABEL, stock).close();
		try (Store store = open(LABEL)) {
			insert(store, "a");
		}
		assertThatThrownBy(() -> open(LABEL, FieldSchema.required("size", FieldType.INT)))
			.isInstanceOfSatisfying(StoreException.SchemaRefused.class, (ex) -> {
				assertThat(ex.plan().problems().getFirst().kind()).isEqualTo(Kind.NEEDS_DEFAULT);
				assertThat(ex.plan().problems().getFirst().field()).isEqualTo("size");
			})
			.hasMessage("1 record of Item without size: give the field a default or make it optional");
		open(LABEL).close();
	}

	@Test
	void aRemovedFieldComesBackWithItsPast() {
		FieldSchema color = FieldSchema.required("color", FieldType.TEXT).withInitial("white");
		try (Store store = open(LABEL, color)) {
			insert(store, "pen", "blue");
			update(store, 1, "pen", "red");
		}
		try (Store store = open(LABEL)) {
			assertThat(history(store, 1, 0)).containsExactly("pen", "pen");
		}
		try (Store store = open(LABEL, color)) {
			assertThat(history(store, 1, 1)).containsExactly("blue", "red");
		}
	}

	@Test
	void wholeNumbersBecomeNumbersAndTexts() {
		try (Store store = open(LABEL, FieldSchema.required("size", FieldType.INT).asIndexed())) {
			insert(store, "a", 7L);
			update(store, 1, "a", 42L);
		}
		try (Store store = open(LABEL, FieldSchema.required("size", FieldType.NUMBER).asIndexed())) {
			assertThat(history(store, 1, 1)).containsExactly(7.0, 42.0);
			assertThat(count(store, 1, 42.0)).isEqualTo(1);
			update(store, 1, "a", 42.5);
		}
		try (Store store = open(LABEL, FieldSchema.required("size", FieldType.TEXT).asIndexed())) {
			assertThat(history(store, 1, 1)).containsExactly("7", "42", "42.5");
			assertThat(count(store, 1, "42.5")).isEqualTo(1);
		}
	}

	@Test
	void aNarrowingThatLosesValuesIsRefusedWithCountsAndExamples() {
		try (Store store = open(LABEL, FieldSchema.required("size", FieldType.TEXT))) {
			insert(store, "a", "12");
			for (int i = 0; i < 3; i++) {
				insert(store, "b", "quite-big");
			}
		}
		FieldSchema size = FieldSchema.required("size", FieldType.INT);
		assertThatThrownBy(() -> open(LABEL, size)).isInstanceOf(StoreException.SchemaRefused.class)
			.hasMessage("3 values of Item.size cannot become the new type: quite-big");
		try (Store store = open(LABEL, FieldSchema.required("size", FieldType.TEXT))) {
			for (long id = 2; id <= 4; id++) {
				update(store, id, "b", "-3");
			}
			SchemaPlan plan = store.plan(new StoreSchema(List.of(EntitySchema.of("Item", LABEL, size))));
			assertThat(plan.problems()).isEmpty();
			assertThat(plan.steps()).containsExactly("Change the type of Item.size");
			assertThat(plan.unreadable()).isEqualTo(3);
		}
		try (Store store = open(LABEL, size)) {
			assertThat(history(store, 2, 1)).containsExactly(null, -3L);
		}
	}

	@Test
	void aRenameKeepsThePast() {
		try (Store store = open(LABEL)) {
			insert(store, "cup");
			update(store, 1, "mug");
		}
		try (Store store = open(FieldSchema.required("title", FieldType.TEXT).withWas("label").asIndexed())) {
			assertThat(history(store, 1, 0)).containsExactly("cup", "mug");
			assertThat(count(store, 0, "mug")).isEqualTo(1);
			update(store, 1, "jug");
		}
		try (Store store = open(FieldSchema.required("title", FieldType.TEXT).withWas("label"))) {
			assertThat(history(store, 1, 0)).containsExactly("cup", "mug", "jug");
		}
	}

	@Test
	void newRulesAreCheckedOnce() {
		try (Store store = open(LABEL)) {
			insert(store, "twin");
			insert(store, "solo");
			insert(store, "twin");
		}
		assertThatThrownBy(() -> open(LABEL.asUnique())).isInstanceOf(StoreException.SchemaRefused.class)
			.hasMessage("1 record of Item with a repeated label: twin");
		FieldRule rule = new FieldRule("@maxLength(3)", (value) -> ((String) value).length() <= 3);
		assertThatThrownBy(() -> open(LABEL.withRules(rule))).isInstanceOf(StoreException.SchemaRefused.class)
			.hasMessage("3 values of Item.label break @maxLength(3): twin, solo");
		try (Store store = open(LABEL)) {
			update(store, 1, "other");
		}
		try (Store store = open(LABEL.asUnique())) {
			assertThatThrownBy(() -> insert(store, "solo")).isInstanceOf(StoreException.UniqueViolation.class);
		}
	}

}
