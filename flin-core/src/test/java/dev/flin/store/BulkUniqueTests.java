package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.flin.store.fs.MemoryFileSystem;

/** Unique values of many records that one transaction writes. */
class BulkUniqueTests {

	/** Compared with each other these would take minutes. */
	private static final int MANY = 50_000;

	@Test
	@Timeout(60)
	void manyRecordsAreSavedInOneTransaction() {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock())) {
			try (WriteTransaction tx = store.begin(null)) {
				for (int i = 0; i < MANY; i++) {
					tx.insert("Product", Shop.product("n", "sku " + i, 1, null), null);
				}
				assertTaken(tx, "sku " + (MANY - 1));
				tx.commit();
			}
			try (Snapshot snapshot = store.snapshot()) {
				assertThat(snapshot.count(Query.of("Product"))).isEqualTo(MANY);
			}
		}
	}

	@Test
	void aValueIsFreeWhenItsRecordChangesAndTakenAgainWhenThatIsTakenBack() {
		try (Store store = Shop.open(new MemoryFileSystem(), new ManualClock())) {
			long stored = Shop.insert(store, "stored", "a", 1).id();
			try (WriteTransaction tx = store.begin(null)) {
				assertTaken(tx, "a");
				WriteTransaction.Savepoint before = tx.savepoint();
				tx.update("Product", stored, Shop.product("stored", "b", 1, null), null);
				assertTaken(tx, "b");
				WriteTransaction.Savepoint between = tx.savepoint();
				tx.insert("Product", Shop.product("other", "a", 1, null), null);
				assertTaken(tx, "a");
				tx.rollbackTo(between);
				tx.delete("Product", stored, null);
				tx.insert("Product", Shop.product("other", "b", 1, null), null);
				tx.rollbackTo(between);
				assertTaken(tx, "b");
				tx.rollbackTo(before);
				assertTaken(tx, "a");
				tx.hold("Product", stored, "reason");
				assertTaken(tx, "a");
				tx.release("Product", stored);
				WriteTransaction.Savepoint held = tx.savepoint();
				tx.destroy("Product", stored);
				tx.rollbackTo(held);
				assertTaken(tx, "a");
				tx.insert("Product", Shop.product("other", "b", 1, null), null);
				tx.commit();
			}
		}
	}

	private static void assertTaken(WriteTransaction tx, String sku) {
		assertThatExceptionOfType(StoreException.UniqueViolation.class)
			.isThrownBy(() -> tx.insert("Product", Shop.product("new", sku, 1, null), null));
	}

}
