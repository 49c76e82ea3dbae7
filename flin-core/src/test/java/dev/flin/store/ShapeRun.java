package dev.flin.store;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.ShapeModel.Shape;
import dev.flin.store.ShapeModel.Type;
import dev.flin.store.TimeModel.Version;
import dev.flin.store.engine.Stores;

/**
 * Random work on a store whose schema changes, and on the model, through restarts, crashes and migrations that are cut
 * off. As in {@link TimeRun} each step has a seed of its own, so that steps can be left out.
 */
final class ShapeRun {

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 24 << 10);

	private static final long HOUR = 3_600_000_000L;

	/** A step. */
	record Step(Kind kind, long seed) {

		@Override
		public String toString() {
			return this.kind + "#" + this.seed;
		}

	}

	enum Kind {

		TRANSACTION, ADVANCE, SCHEMA, CODE, CUT_OFF, CHECKPOINT, RESTART, CRASH, CHECK

	}

	private final ManualClock clock = new ManualClock();

	private ShapeModel model = new ShapeModel();

	private SimulatedDisk disk = new SimulatedDisk();

	private Store store;

	private int migrations;

	private long unused = 1000;

	private ShapeRun() {
		this.store = open();
	}

	private Store open() {
		return Stores.open(this.disk, CONFIG, this.model.schema(), this.clock);
	}

	private static List<Step> steps(long seed, int count) {
		Random random = new Random(seed);
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int choice = random.nextInt(100);
			Kind kind = (choice < 50) ? Kind.TRANSACTION : (choice < 64) ? Kind.ADVANCE : (choice < 76) ? Kind.SCHEMA
					: (choice < 84) ? Kind.CODE : (choice < 88) ? Kind.CUT_OFF : (choice < 91) ? Kind.CHECKPOINT
					: (choice < 94) ? Kind.RESTART : (choice < 97) ? Kind.CRASH : Kind.CHECK;
			steps.add(new Step(kind, random.nextInt(1_000_000)));
		}
		steps.add(new Step(Kind.CHECK, 1));
		return steps;
	}

	/** Runs a seed and tells the first difference, with the fewest steps that still differ, or null. */
	static @Nullable String check(long seed, int count) {
		List<Step> steps = steps(seed, count);
		if (difference(steps) == null) {
			return null;
		}
		List<Step> fewest = Shrinking.fewest(steps, (fewer) -> difference(fewer) != null);
		return "seed " + seed + ", " + fewest + ": " + difference(fewest);
	}

	private static @Nullable String difference(List<Step> steps) {
		ShapeRun run = new ShapeRun();
		String difference = Shrinking.firstDifference(steps, run::take);
		if (difference == null) {
			run.store.close();
		}
		return difference;
	}

	private @Nullable String take(Step step) {
		Random random = new Random(step.seed());
		switch (step.kind()) {
			case TRANSACTION -> {
				return transaction(random);
			}
			case ADVANCE -> {
				this.clock.advance(Duration.ofMinutes(1 + random.nextInt((random.nextInt(4) == 0) ? 8000 : 600)));
				return null;
			}
			case SCHEMA, CODE -> {
				String difference = migrate(step.kind() == Kind.CODE, random);
				return (difference != null) ? difference : compare(random);
			}
			case CUT_OFF -> cutOff(random);
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
			}
		}
		return compare(random);
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

	private @Nullable String migrate(boolean withCode, Random random) {
		List<Shape> before = this.model.shapes;
		ShapeModel after = this.model.shaped(changed(before, random));
		boolean reopened = !withCode && random.nextInt(3) == 0;
		String planned = withCode ? null : this.store.plan(after.schema()).problems().toString();
		List<MigrationStep> code = withCode ? List.of(step(after, random)) : List.of();
		String refusal = null;
		try {
			if (reopened) {
				this.store.close();
				this.store = Stores.open(this.disk, CONFIG, after.schema(), this.clock);
			}
			else {
				this.store.migrate(after.schema(), code);
			}
		}
		catch (StoreException.SchemaRefused ex) {
			refusal = ex.plan().problems().toString();
			this.store = reopened ? open() : this.store;
		}
		String expected = after.refusal(before, now());
		if ((expected == null) != (refusal == null)) {
			return "refused because " + refusal + " instead of " + expected;
		}
		if (planned != null && !planned.equals(Objects.requireNonNullElse(refusal, "[]"))) {
			return "refused because " + refusal + ", but planned " + planned;
		}
		this.model = (refusal == null) ? after : this.model;
		return null;
	}

	/** A migration that fails somewhere, or not, and the power fails; it happened as a whole or not at all. */
	private void cutOff(Random random) {
		ShapeModel after = this.model.shaped(changed(this.model.shapes, random));
		MigrationStep step = step(after, random);
		this.disk.failAt(1 + random.nextInt(random.nextBoolean() ? 4 : 30), true);
		try {
			this.store.migrate(after.schema(), List.of(step));
			this.store.checkpoint();
		}
		catch (StoreException | UncheckedIOException ex) {
			// what became of it is seen below
		}
		this.disk.heal();
		this.disk = this.disk.crash(random);
		try (Store found = Stores.openUnchanged(this.disk, CONFIG, this.clock)) {
			this.model = found.migrationsRun().contains(step.name()) ? after : this.model;
		}
		this.store = open();
	}

	/** Code that changes records, new and old versions of them; what it does is done to the model too. */
	private MigrationStep step(ShapeModel after, Random random) {
		return new MigrationStep("m" + ++this.migrations, (old) -> {
			for (int left = random.nextInt(3); left >= 0; left--) {
				try (WriteTransaction tx = this.store.begin("migration")) {
					long provisional = TimeModel.micros(tx.provisionalTime());
					for (int i = random.nextInt(6); i >= 0; i--) {
						rework(tx, after, random, provisional);
					}
					after.stamp(provisional, TimeModel.micros(tx.commit().systemTime()));
				}
			}
		});
	}

	private void rework(WriteTransaction tx, ShapeModel after, Random random, long now) {
		List<Long> ids = after.ids();
		int choice = ids.isEmpty() ? 0 : random.nextInt(12);
		@Nullable Object[] values = after.shown()
			.stream()
			.map((shape) -> shape.unique() ? shape.type().fresh(this.unused++) : shape.type().value(random))
			.toArray();
		if (choice == 0) {
			long id = tx.insert(TimeCheck.ENTITY, values.clone(), null).id();
			after.write(id, values, false, now, TimeModel.OPEN, TimeModel.OPEN);
			return;
		}
		long id = ids.get(random.nextInt(ids.size()));
		List<Version> versions = after.item(id).versions;
		if (choice == 1) {
			tx.destroy(TimeCheck.ENTITY, id);
			after.destroy(id);
		}
		else if (choice < 4) {
			String difference = (choice == 2) ? delete(tx, after, id, now) : restore(tx, after, id, now);
			if (difference != null) {
				throw new AssertionError(difference);
			}
		}
		else if (choice < 8) {
			tx.update(TimeCheck.ENTITY, id, values.clone(), null);
			after.amend(id, versions.size() - 1, values);
		}
		else {
			int index = random.nextInt(versions.size());
			tx.amend(TimeCheck.ENTITY, id, versions.get(index).number(), values.clone());
			after.amend(id, index, values);
		}
	}

	/** Another schema: one or two things are different. */
	private static List<Shape> changed(List<Shape> shapes, Random random) {
		List<Shape> changed = new ArrayList<>(shapes);
		changed.replaceAll((shape) -> with(shape, shape.type(), shape.nullable(), shape.shown(), random));
		Set<Integer> done = new HashSet<>();
		for (int left = random.nextInt(2); left >= 0; left--) {
			int at = random.nextInt(changed.size());
			Shape shape = changed.get(at);
			if (!done.add(shape.number())) {
				continue;
			}
			if (!shape.shown()) {
				Type type = random.nextBoolean() ? shape.type() : Type.values()[random.nextInt(4)];
				changed.set(at, with(shape, type, shape.nullable() ^ (random.nextInt(3) == 0), true, random));
				continue;
			}
			switch (random.nextInt(8)) {
				case 0, 1 -> changed.set(at, with(shape, Type.values()[random.nextInt(4)], shape.nullable(),
						shape.shown(), random));
				case 2 -> changed.set(at, with(shape, shape.type(), !shape.nullable(), shape.shown(), random));
				case 3 -> changed.set(at, new Shape(shape.number(), shape.name(), null, shape.type(),
						shape.nullable(), !shape.unique(), shape.indexed(), shape.shown(), shape.initial()));
				case 4 -> changed.set(at, new Shape(shape.number(), shape.name(), null, shape.type(),
						shape.nullable(), shape.unique(), !shape.indexed(), shape.shown(), shape.initial()));
				case 5 -> changed.set(at, with(shape, shape.type(), shape.nullable(),
						changed.stream().filter(Shape::shown).count() == 1, random));
				case 6 -> Collections.shuffle(changed, random);
				default -> add(changed, random);
			}
		}
		int at = random.nextInt(shapes.size());
		changed.replaceAll((shape) -> (shape.number() == at) ? renamed(shape, shapes, random) : shape);
		return changed;
	}

	/** Only what is shown before and after can be given another name. */
	private static Shape renamed(Shape shape, List<Shape> before, Random random) {
		String name = "g" + shape.number() + random.nextInt(9);
		boolean shown = shape.shown()
				&& before.stream().anyMatch((old) -> old.number() == shape.number() && old.shown());
		return (!shown || name.equals(shape.name()) || random.nextInt(4) > 0) ? shape
				: new Shape(shape.number(), name, shape.name(), shape.type(), shape.nullable(), shape.unique(),
						shape.indexed(), true, shape.initial());
	}

	private static void add(List<Shape> shapes, Random random) {
		Type type = Type.values()[random.nextInt(4)];
		int number = shapes.size();
		if (number < ShapeModel.FIELDS_MAX) {
			shapes.add(new Shape(number, "f" + number, null, type, random.nextBoolean(), random.nextInt(4) == 0,
					random.nextBoolean(), true, (random.nextInt(3) == 0) ? null : type.value(random)));
		}
	}

	/** A field in another type; what stood for it where nothing was written is of that type, or another one. */
	private static Shape with(Shape shape, Type type, boolean nullable, boolean shown, Random random) {
		Object initial = shape.initial();
		initial = (initial == null) ? null : type.read(initial);
		if (initial == null && type != shape.type() && random.nextBoolean()) {
			initial = type.value(random);
		}
		return new Shape(shape.number(), shape.name(), null, type, nullable, shape.unique(), shape.indexed(), shown,
				initial);
	}

	private @Nullable String transaction(Random random) {
		ShapeModel after = this.model.copy();
		try (WriteTransaction tx = this.store.begin("user")) {
			long provisional = TimeModel.micros(tx.provisionalTime());
			for (int left = 1 + random.nextInt(3); left > 0; left--) {
				String difference = change(tx, after, random, provisional);
				if (difference != null) {
					return difference;
				}
			}
			after.stamp(provisional, TimeModel.micros(tx.commit().systemTime()));
		}
		this.model = after;
		return null;
	}

	private static @Nullable String change(WriteTransaction tx, ShapeModel after, Random random, long now) {
		List<Long> ids = after.ids();
		int choice = ids.isEmpty() ? 0 : random.nextInt(20);
		long id = ids.isEmpty() ? 0 : ids.get(random.nextInt(ids.size()));
		if (choice < 14) {
			return save(tx, after, (choice < 5) ? 0 : id, random, now);
		}
		if (choice < 17) {
			return delete(tx, after, id, now);
		}
		if (choice < 19) {
			return restore(tx, after, id, now);
		}
		tx.destroy(TimeCheck.ENTITY, id);
		after.destroy(id);
		return null;
	}

	private static @Nullable String delete(WriteTransaction tx, ShapeModel after, long id, long now) {
		boolean deleted = after.item(id).newest().deleted();
		@Nullable Object[] values = after.valuesToDelete(id, now);
		tx.delete(TimeCheck.ENTITY, id, null);
		if (!deleted) {
			after.write(id, values, true, now, TimeModel.OPEN, TimeModel.OPEN);
		}
		return null;
	}

	private static @Nullable String restore(WriteTransaction tx, ShapeModel after, long id, long now) {
		boolean deleted = after.item(id).newest().deleted();
		@Nullable Object[] values = after.newest(id);
		return judged(deleted && after.isTaken(id, values, TimeModel.OPEN, now), () -> {
			tx.restore(TimeCheck.ENTITY, id);
			if (deleted) {
				after.write(id, values, false, now, TimeModel.OPEN, TimeModel.OPEN);
			}
		});
	}

	private static @Nullable String save(WriteTransaction tx, ShapeModel after, long id, Random random, long now) {
		@Nullable Object[] values = after.shown()
			.stream()
			.<@Nullable Object>map((shape) -> (shape.nullable() && random.nextInt(3) == 0) ? null
					: shape.type().value(random))
			.toArray();
		long from = now / HOUR * HOUR + (random.nextInt(400) - 240) * HOUR;
		long to = random.nextBoolean() ? TimeModel.OPEN : from + (1 + random.nextInt(200)) * HOUR;
		Instant end = (to == TimeModel.OPEN) ? null : TimeModel.instant(to);
		ValidPeriod period = (random.nextInt(2) == 0) ? null : new ValidPeriod(TimeModel.instant(from), end);
		long last = (period == null) ? TimeModel.OPEN : to;
		return judged(after.isTaken(id, values, last, now), () -> {
			RecordVersion saved = (id == 0) ? tx.insert(TimeCheck.ENTITY, values.clone(), period)
					: tx.update(TimeCheck.ENTITY, id, values.clone(), period);
			after.write(saved.id(), values, false, now, (period == null) ? TimeModel.OPEN : from, last);
		});
	}

	private static @Nullable String judged(boolean taken, Runnable write) {
		try {
			write.run();
			return taken ? "a taken value was stored" : null;
		}
		catch (StoreException.UniqueViolation ex) {
			return taken ? null : "a free value was refused: " + ex.getMessage();
		}
	}

}
