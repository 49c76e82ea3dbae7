package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** What a store should have, as simply as that can be said, and random work for both. */
public final class Model {

	/** A version. */
	record Version(String name, @Nullable String sku, long price, boolean deleted, Instant from) {
	}

	private TreeMap<Long, List<Version>> records = new TreeMap<>();

	private @Nullable Model attempt;

	/** What the model is if the last transaction that was tried was committed. */
	public @Nullable Model attempt() {
		return this.attempt;
	}

	public Model copy() {
		Model copy = new Model();
		this.records.forEach((id, versions) -> copy.records.put(id, new ArrayList<>(versions)));
		return copy;
	}

	public int size() {
		return this.records.size();
	}

	/** Does one transaction of one to three random things. Returns what the model is if it was committed. */
	public Model randomTransaction(Store store, Random random) {
		Model after = copy();
		try (WriteTransaction tx = store.begin("user")) {
			List<long[]> written = new ArrayList<>();
			for (int left = 1 + random.nextInt(3); left > 0; left--) {
				after.randomChange(tx, random, written);
			}
			this.attempt = after;
			WriteTransaction.CommitResult result = tx.commit();
			for (long[] version : written) {
				List<Version> versions = after.records.get(version[0]);
				if (versions != null && versions.size() >= version[1]) {
					Version old = versions.get((int) version[1] - 1);
					versions.set((int) version[1] - 1,
							new Version(old.name(), old.sku(), old.price(), old.deleted(), result.systemTime()));
				}
			}
		}
		return after;
	}

	private void randomChange(WriteTransaction tx, Random random, List<long[]> written) {
		List<Long> ids = new ArrayList<>(this.records.keySet());
		int choice = ids.isEmpty() ? 0 : random.nextInt(10);
		long id = ids.isEmpty() ? 0 : ids.get(random.nextInt(ids.size()));
		String sku = (random.nextInt(3) == 0) ? null : "s" + random.nextInt(40);
		String name = "n" + random.nextInt(10);
		long price = random.nextInt(20);
		try {
			RecordVersion saved;
			if (choice < 3) {
				saved = tx.insert("Product", Shop.product(name, sku, price, null), null);
				this.records.put(saved.id(), new ArrayList<>());
			}
			else if (choice < 8) {
				saved = tx.update("Product", id, Shop.product(name, sku, price, null), null);
			}
			else if (choice == 8) {
				Version last = this.records.get(id).getLast();
				if (last.deleted()) {
					sku = last.sku();
					name = last.name();
					price = last.price();
					saved = tx.restore("Product", id);
				}
				else {
					saved = tx.delete("Product", id, null);
					this.records.get(id).add(new Version(last.name(), last.sku(), last.price(), true, saved
							.systemFrom()));
					written.add(new long[] { id, saved.number() });
					return;
				}
			}
			else {
				tx.destroy("Product", id);
				this.records.remove(id);
				return;
			}
			this.records.get(saved.id()).add(new Version(name, sku, price, false, saved.systemFrom()));
			written.add(new long[] { saved.id(), saved.number() });
		}
		catch (StoreException.UniqueViolation ex) {
			String taken = sku;
			assertThat(this.records.values().stream().map(List::getLast).filter((version) -> !version.deleted()))
				.anyMatch((version) -> taken != null && taken.equals(version.sku()));
		}
	}

	/** Tells the first difference between the model and a store, or null. */
	public @Nullable String difference(Store store) {
		try (Snapshot snapshot = store.snapshot()) {
			List<Long> live = new ArrayList<>();
			for (var entry : this.records.entrySet()) {
				long id = entry.getKey();
				List<Version> versions = entry.getValue();
				if (!versions.getLast().deleted()) {
					live.add(id);
				}
				List<RecordVersion> stored = snapshot.history("Product", id).toList();
				if (stored.size() != versions.size()) {
					return "#%d has %d versions instead of %d".formatted(id, stored.size(), versions.size());
				}
				for (int i = 0; i < stored.size(); i++) {
					if (!same(stored.get(i), versions.get(i))) {
						return "#%d @ %d differs: %s".formatted(id, i + 1, versions.get(i));
					}
				}
				String past = pastDifference(snapshot, id, versions);
				if (past != null) {
					return past;
				}
			}
			List<Long> found = snapshot.query(Query.of("Product")).toList().stream().map(RecordVersion::id).toList();
			if (!found.equals(live)) {
				return "live records are %s instead of %s".formatted(found, live);
			}
			return queryDifference(snapshot);
		}
	}

	private static boolean same(RecordVersion stored, Version version) {
		return version.name().equals(stored.value(Shop.NAME))
				&& java.util.Objects.equals(version.sku(), stored.value(Shop.SKU))
				&& stored.value(Shop.PRICE).equals(version.price()) && stored.deleted() == version.deleted()
				&& stored.systemFrom().equals(version.from());
	}

	private static @Nullable String pastDifference(Snapshot snapshot, long id, List<Version> versions) {
		for (int i = 0; i < versions.size(); i++) {
			Instant moment = versions.get(i).from();
			Version expected = null;
			for (Version version : versions) {
				expected = version.from().isAfter(moment) ? expected : version;
			}
			RecordVersion stored = snapshot.findAsOf("Product", id, AsOf.at(moment));
			boolean none = expected == null || expected.deleted();
			if ((stored == null) != none || (stored != null && expected != null && !same(stored, expected))) {
				return "#%d at %s is %s instead of %s".formatted(id, moment, stored, expected);
			}
		}
		return null;
	}

	private @Nullable String queryDifference(Snapshot snapshot) {
		for (long price = 0; price < 20; price += 3) {
			long wanted = price;
			Condition.Compare compare = new Condition.Compare(new Column
					.Field(Shop.PRICE), Condition.Operator.LT, wanted);
			long expected = this.records.values()
				.stream()
				.map(List::getLast)
				.filter((version) -> !version.deleted() && version.price() < wanted)
				.count();
			long counted = snapshot.count(Query.of("Product").where(compare));
			if (counted != expected) {
				return "%d records below %d instead of %d".formatted(counted, wanted, expected);
			}
		}
		return null;
	}

}
