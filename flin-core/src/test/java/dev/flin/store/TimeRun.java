package dev.flin.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;

/**
 * Random work on a store and on the model, step by step, through restarts and crashes. A step has a seed of its own, so
 * that any of a failing run's steps can be left out to see whether it still fails.
 */
final class TimeRun {

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 24 << 10);

	/** A step. */
	record Step(Kind kind, long seed) {

		@Override
		public String toString() {
			return this.kind + "#" + this.seed;
		}

	}

	enum Kind {

		TRANSACTION, ADVANCE, PRUNE, CHECKPOINT, RESTART, CRASH, CHECK

	}

	private final @Nullable RetentionPolicy policy;

	private final ManualClock clock = new ManualClock();

	private final TimeModel model = new TimeModel();

	private SimulatedDisk disk;

	private Store store;

	private TimeRun(long seed, SimulatedDisk disk) {
		this.policy = policy(seed);
		this.disk = disk;
		this.store = open();
	}

	static EntitySchema entity(@Nullable RetentionPolicy policy) {
		return new EntitySchema(TimeCheck.ENTITY, List.of(), List.of(FieldSchema.required("name", FieldType.TEXT)
			.asIndexed(), FieldSchema.optional("sku", FieldType.TEXT).asUnique(),
				FieldSchema.required("price", FieldType.INT).asIndexed(),
				FieldSchema.optional("note", FieldType.TEXT).withRetention(TimeModel.NOTE_AGE)), List.of(), policy);
	}

	private static @Nullable RetentionPolicy policy(long seed) {
		Duration week = Duration.ofDays(7);
		return switch ((int) (seed % 6)) {
			case 0 -> null;
			case 1 -> RetentionPolicy.byAge(week);
			case 2 -> RetentionPolicy.byNumber(3);
			case 3 -> RetentionPolicy.compacting(Duration.ofDays(2), RetentionPolicy.CompactionPeriod.DAILY);
			case 4 -> RetentionPolicy.compacting(week, RetentionPolicy.CompactionPeriod.WEEKLY);
			default -> new RetentionPolicy(Duration.ofDays(20), 8, Duration.ofDays(1),
					RetentionPolicy.CompactionPeriod.HOURLY);
		};
	}

	private Store open() {
		return open(this.disk);
	}

	/** The steps of a seed. */
	static List<Step> steps(long seed, int count) {
		Random random = new Random(seed);
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int choice = random.nextInt(100);
			Kind kind = (choice < 62) ? Kind.TRANSACTION : (choice < 80) ? Kind.ADVANCE : (choice < 87) ? Kind.PRUNE
					: (choice < 89) ? Kind.CHECKPOINT : (choice < 91) ? Kind.RESTART : (choice < 94) ? Kind.CRASH
					: Kind.CHECK;
			steps.add(new Step(kind, random.nextInt(1_000_000)));
		}
		steps.add(new Step(Kind.CHECK, 1));
		return steps;
	}

	/** A store and what it should have, after a number of steps. */
	static TimeRun after(long seed, int count) {
		TimeRun run = new TimeRun(seed, new SimulatedDisk());
		steps(seed, count).forEach(run::take);
		return run;
	}

	/** One more transaction that stores something. */
	void transaction(long seed) {
		long before = this.store.health().commits();
		for (long next = seed; this.store.health().commits() == before; next++) {
			take(new Step(Kind.TRANSACTION, next));
		}
	}

	TimeModel model() {
		return this.model;
	}

	SimulatedDisk disk() {
		return this.disk;
	}

	Store store() {
		return this.store;
	}

	/** Another store with the same configuration and time. */
	Store open(FileSystem other) {
		return Stores.open(other, CONFIG, new StoreSchema(List.of(entity(this.policy))), this.clock);
	}

	/** Takes the steps and tells the first difference, or null. */
	static @Nullable String difference(long seed, List<Step> steps) {
		TimeRun run = new TimeRun(seed, new SimulatedDisk());
		String difference = Shrinking.firstDifference(steps, run::take);
		if (difference == null) {
			run.store.close();
		}
		return difference;
	}

	/** Runs a seed; a failure comes with the fewest steps that still fail. */
	static @Nullable String check(long seed, int count) {
		List<Step> steps = steps(seed, count);
		if (difference(seed, steps) == null) {
			return null;
		}
		List<Step> fewest = Shrinking.fewest(steps, (fewer) -> difference(seed, fewer) != null);
		return "seed " + seed + ", " + fewest + ": " + difference(seed, fewest);
	}

	private @Nullable String take(Step step) {
		Random random = new Random(step.seed());
		switch (step.kind()) {
			case TRANSACTION -> {
				return new Transaction(random).run();
			}
			case ADVANCE -> {
				this.clock.advance(Duration.ofMinutes(1 + random.nextInt((random.nextInt(4) == 0) ? 8000 : 600)));
				return null;
			}
			case PRUNE -> {
				this.store.prune(this.clock.instant());
				this.model.prune(this.policy, now());
			}
			case CHECKPOINT -> this.store.checkpoint();
			case RESTART -> {
				this.store.close();
				this.store = open();
			}
			case CRASH -> {
				this.disk = this.disk.crash(random);
				this.store = open();
			}
			case CHECK -> {
				return compare(random);
			}
		}
		return (step.kind() == Kind.PRUNE || step.kind() == Kind.RESTART || step.kind() == Kind.CRASH)
				? compare(random) : null;
	}

	private long now() {
		try (Snapshot snapshot = this.store.snapshot()) {
			return TimeModel.micros(snapshot.now());
		}
	}

	private @Nullable String compare(Random random) {
		try (Snapshot snapshot = this.store.snapshot()) {
			String difference = TimeCheck.difference(this.model, snapshot, random);
			return (difference != null) ? difference : this.store.verify().damages().stream().findFirst().orElse(null);
		}
	}

	/** One transaction, on the store and on a copy of the model. */
	private final class Transaction {

		private final Random random;

		private final TimeModel after = TimeRun.this.model.copy();

		private @Nullable String difference;

		Transaction(Random random) {
			this.random = random;
		}

		@Nullable String run() {
			try (WriteTransaction tx = TimeRun.this.store.begin("user")) {
				long provisional = TimeModel.micros(tx.provisionalTime());
				for (int left = 1 + this.random.nextInt(4); left > 0 && this.difference == null; left--) {
					if (this.random.nextInt(5) == 0) {
						takenBack(tx, provisional);
					}
					else {
						change(tx, provisional);
					}
				}
				if (this.difference == null && this.random.nextInt(6) == 0) {
					this.difference = TimeCheck.difference(this.after, tx, this.random);
				}
				if (this.difference == null && this.random.nextInt(10) > 0) {
					long time = TimeModel.micros(tx.commit().systemTime());
					this.after.stamp(provisional, time);
					TimeRun.this.model.become(this.after);
				}
			}
			return this.difference;
		}

		private void takenBack(WriteTransaction tx, long provisional) {
			TimeModel before = this.after.copy();
			WriteTransaction.Savepoint place = tx.savepoint();
			for (int left = 1 + this.random.nextInt(3); left > 0 && this.difference == null; left--) {
				change(tx, provisional);
			}
			tx.rollbackTo(place);
			this.after.become(before);
		}

		private void change(WriteTransaction tx, long now) {
			List<Long> ids = List.copyOf(this.after.items.keySet());
			int choice = ids.isEmpty() ? 0 : this.random.nextInt(20);
			long id = ids.isEmpty() ? 0 : ids.get(this.random.nextInt(ids.size()));
			if (choice < 4) {
				save(tx, 0, now);
			}
			else if (choice < 12) {
				save(tx, id, now);
			}
			else if (choice < 14) {
				delete(tx, id, now);
			}
			else if (choice < 17) {
				restore(tx, id, now);
			}
			else if (choice < 19) {
				hold(tx, id);
			}
			else {
				destroy(tx, id);
			}
		}

		private void save(WriteTransaction tx, long id, long now) {
			@Nullable Object[] values = { "n" + this.random.nextInt(5),
					(this.random.nextInt(3) == 0) ? "s" + this.random.nextInt(6) : null,
					(long) this.random.nextInt(10),
					(this.random.nextInt(2) == 0) ? "x" + this.random.nextInt(3) : null };
			ValidPeriod period = (this.random.nextInt(3) == 0) ? period(now) : null;
			Instant end = (period == null) ? null : period.to();
			long from = (period == null) ? TimeModel.OPEN : TimeModel.micros(period.from());
			long to = (end == null) ? TimeModel.OPEN : TimeModel.micros(end);
			boolean taken = this.after.isTaken(id, values[TimeModel.SKU], to, now);
			try {
				RecordVersion saved = (id == 0) ? tx.insert(TimeCheck.ENTITY, values.clone(), period)
						: tx.update(TimeCheck.ENTITY, id, values.clone(), period);
				this.after.write(saved.id(), values, false, now, from, to);
				expect(!taken, "a taken value was stored in #" + saved.id());
			}
			catch (StoreException.UniqueViolation ex) {
				expect(taken, "a free value was refused: " + ex.getMessage());
			}
		}

		private ValidPeriod period(long now) {
			long hour = 3_600_000_000L;
			long from = now / hour * hour + (this.random.nextInt(400) - 240) * hour;
			boolean open = this.random.nextInt(2) == 0;
			return new ValidPeriod(TimeModel.instant(from),
					open ? null : TimeModel.instant(from + (1 + this.random.nextInt(200)) * hour));
		}

		private void delete(WriteTransaction tx, long id, long now) {
			boolean deleted = this.after.item(id).newest().deleted();
			@Nullable Object[] values = this.after.valuesToDelete(id, now);
			tx.delete(TimeCheck.ENTITY, id, null);
			if (!deleted) {
				this.after.write(id, values, true, now, TimeModel.OPEN, TimeModel.OPEN);
			}
		}

		private void restore(WriteTransaction tx, long id, long now) {
			TimeModel.Version newest = this.after.item(id).newest();
			boolean taken = newest.deleted()
					&& this.after.isTaken(id, newest.values().get(TimeModel.SKU), TimeModel.OPEN, now);
			try {
				tx.restore(TimeCheck.ENTITY, id);
				if (newest.deleted()) {
					this.after.write(id, newest.values().toArray(), false, now, TimeModel.OPEN, TimeModel.OPEN);
				}
				expect(!taken, "a taken value was restored in #" + id);
			}
			catch (StoreException.UniqueViolation ex) {
				expect(taken, "a free value was refused: " + ex.getMessage());
			}
		}

		private void hold(WriteTransaction tx, long id) {
			if (this.random.nextBoolean()) {
				String reason = "r" + this.random.nextInt(3);
				tx.hold(TimeCheck.ENTITY, id, reason);
				this.after.item(id).hold = reason;
			}
			else {
				tx.release(TimeCheck.ENTITY, id);
				this.after.item(id).hold = null;
			}
		}

		private void destroy(WriteTransaction tx, long id) {
			boolean held = this.after.item(id).hold != null;
			try {
				tx.destroy(TimeCheck.ENTITY, id);
				this.after.items.remove(id);
				expect(!held, "held #" + id + " was destroyed");
			}
			catch (StoreException.Held ex) {
				expect(held, "#" + id + " is not held");
			}
		}

		private void expect(boolean right, String otherwise) {
			this.difference = right ? this.difference : Objects.requireNonNullElse(this.difference, otherwise);
		}

	}

}
