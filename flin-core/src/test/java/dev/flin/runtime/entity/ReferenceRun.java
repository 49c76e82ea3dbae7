package dev.flin.runtime.entity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.ReferenceModel.Key;
import dev.flin.runtime.entity.ReferenceModel.Node;
import dev.flin.runtime.entity.ReferenceModel.Reference;
import dev.flin.store.ManualClock;
import dev.flin.store.RecordVersion;
import dev.flin.store.Shrinking;
import dev.flin.store.SimulatedDisk;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.engine.Stores;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/** Random work on records that refer to each other, compared with the model, through restarts and crashes. */
final class ReferenceRun {

	private static final List<String> ENTITIES = List.of("A", "B", "C", "D");

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 24 << 10);

	private final EntityCatalog catalog = new EntityCatalog(ENTITIES.stream().map(ReferenceRun::definition).toList(),
			Map.of());

	private final UnaryOperator<Store> wrapping;

	private final ReferenceModel model = new ReferenceModel();

	private final ManualClock clock = new ManualClock();

	private SimulatedDisk disk = new SimulatedDisk();

	private Store store;

	private FlinContext context;

	private ReferenceRun(UnaryOperator<Store> wrapping) {
		this.wrapping = wrapping;
		this.context = context(this.clock);
		this.store = open();
	}

	private static FlinContext context(InstantSource clock) {
		return FlinContext.builder(new BuiltinDispatch(BuiltinCatalog.of(List.of(TemporalFunctions.class))), clock,
				new Random(7))
			.build();
	}

	private static EntityDefinition definition(String entity) {
		EntityDefinition.Builder builder = EntityDefinition.named(entity).field("name", "text");
		for (Reference reference : ReferenceModel.referencesOf(entity)) {
			String type = reference.many() ? "[" + reference.target() + "]" : reference.target() + "?";
			builder.field(reference.field(), type, (field) -> field
				.onDelete(reference.rule().name().toLowerCase(java.util.Locale.ROOT))
				.inverse(entity.toLowerCase(java.util.Locale.ROOT) + "_" + reference.field()));
		}
		return builder.build();
	}

	private Store open() {
		Store opened = Stores.open(this.disk, CONFIG, this.catalog.schema((type, field) -> null, (type, field) ->
				List.of()), this.clock);
		this.context = context(this.clock);
		new EntityDatabase(this.wrapping.apply(opened), this.catalog, FileLinks.NONE).open(this.context, () -> "ama");
		return opened;
	}

	/**
	 * Runs a seed; a failure comes with the fewest steps that still fail.
	 * @param wrapping what stands between the records and their store
	 */
	static @Nullable String check(long seed, int count, UnaryOperator<Store> wrapping) {
		List<Long> steps = new Random(seed).longs(count, 0, 1_000_000).boxed().toList();
		if (difference(steps, wrapping) == null) {
			return null;
		}
		List<Long> fewest = Shrinking.fewest(steps, (fewer) -> difference(fewer, wrapping) != null);
		return "seed " + seed + ", steps " + fewest + ": " + difference(fewest, wrapping);
	}

	private static @Nullable String difference(List<Long> steps, UnaryOperator<Store> wrapping) {
		ReferenceRun run = new ReferenceRun(wrapping);
		List<String> done = new ArrayList<>();
		for (long step : steps) {
			String difference = run.take(new Random(step), done);
			difference = (difference != null) ? difference : run.compare();
			if (difference != null) {
				return done + ": " + difference;
			}
		}
		EntitySession.of(run.context).close();
		run.store.close();
		return null;
	}

	private @Nullable String take(Random random, List<String> done) {
		switch (random.nextInt(40)) {
			case 0 -> {
				EntitySession.of(this.context).close();
				this.store.close();
				this.store = open();
				done.add("restart");
				return null;
			}
			case 1 -> {
				EntitySession.of(this.context).close();
				this.disk = this.disk.crash(random);
				this.store = open();
				done.add("crash");
				return null;
			}
			case 2, 3, 4 -> {
				return takenBack(random, done);
			}
			default -> {
				return change(random, done);
			}
		}
	}

	/** Some changes in a transaction that fails at its end. */
	private @Nullable String takenBack(Random random, List<String> done) {
		ReferenceModel before = this.model.copy();
		List<String> differences = new ArrayList<>();
		done.add("begin");
		try {
			EntitySession.of(this.context).inTransaction(() -> {
				for (int left = 1 + random.nextInt(4); left > 0 && differences.isEmpty(); left--) {
					String difference = change(random, done);
					if (difference != null) {
						differences.add(difference);
					}
				}
				throw new FlinError("back");
			});
		}
		catch (FlinError ex) {
			done.add("back");
		}
		this.model.become(before);
		return differences.isEmpty() ? null : differences.getFirst();
	}

	private @Nullable String change(Random random, List<String> done) {
		List<Key> keys = List.copyOf(this.model.nodes.keySet());
		int choice = keys.isEmpty() ? 0 : random.nextInt(20);
		Key key = keys.isEmpty() ? new Key("A", 0) : keys.get(random.nextInt(keys.size()));
		if (choice < 7) {
			return create(ENTITIES.get(random.nextInt(4)), random, done);
		}
		RecordInstance instance = find(key);
		if (instance == null) {
			return key + " is missing";
		}
		if (choice < 10 && !this.model.node(key).deleted) {
			return save(instance, random, done);
		}
		if (choice < 11) {
			boolean held = random.nextBoolean();
			done.add((held ? "hold " : "release ") + key);
			Object result = held ? Entities.hold(this.context, instance, "why") : Entities.release(this.context,
					instance);
			this.model.node(key).held = held;
			return (result == null) ? "nothing was held" : null;
		}
		if (choice < 15) {
			done.add("delete " + key);
			return same(this.model.remove(key, false), () -> Entities.delete(this.context, instance));
		}
		if (choice < 18) {
			done.add("restore " + key);
			return same(this.model.restore(key), () -> Entities.restore(this.context, instance));
		}
		done.add("destroy " + key);
		return same(this.model.remove(key, true), () -> Entities.destroy(this.context, instance));
	}

	private static @Nullable String same(boolean allowed, Runnable action) {
		try {
			action.run();
			return allowed ? null : "it was not refused";
		}
		catch (FlinError ex) {
			return allowed ? "it was refused: " + ex.getMessage() : null;
		}
	}

	private @Nullable String create(String entity, Random random, List<String> done) {
		RecordInstance made = (RecordInstance) Entities.create(this.context, entity, "name", "x");
		return save(made, random, done);
	}

	private @Nullable String save(RecordInstance instance, Random random, List<String> done) {
		String entity = instance.type().name();
		Map<String, List<Long>> references = new LinkedHashMap<>();
		for (Reference reference : ReferenceModel.referencesOf(entity)) {
			List<Key> targets = this.model.live(reference.target());
			List<Long> ids = new ArrayList<>();
			for (int left = random.nextInt(reference.many() ? 4 : 2); left > 0 && !targets.isEmpty(); left--) {
				ids.add(targets.get(random.nextInt(targets.size())).id());
			}
			references.put(reference.field(), ids);
			List<RecordInstance> records = ids.stream().map((id) -> find(new Key(reference.target(), id))).toList();
			instance.set(instance.shape().slotOf(reference.field()), reference.many() ? FlinList.copyOf(records)
					: records.isEmpty() ? null : records.getFirst());
		}
		boolean later = instance.isNew() && random.nextInt(4) == 0;
		done.add((later ? "save for later " : "save ") + entity + "#" + instance.id() + references);
		if (later) {
			Entities.saveValid(this.context, instance, this.clock.instant().plus(Duration.ofDays(9)), null);
		}
		else {
			Entities.save(this.context, instance);
		}
		Node node = this.model.nodes.computeIfAbsent(new Key(entity, instance.id()), (key) -> new Node());
		node.references.putAll(references);
		node.later = later;
		return null;
	}

	private @Nullable RecordInstance find(Key key) {
		if (this.model.node(key).later) {
			EntitySession session = EntitySession.of(this.context);
			RecordVersion newest = session.view().newest(key.entity(), key.id());
			return (newest == null) ? null : session.instance(session.type(key.entity()), newest, null);
		}
		EntityQuery all = Entities.query(this.context, key.entity()).withDeleted();
		return (RecordInstance) Entities.operation(all, "find", null, key.id());
	}

	private @Nullable String compare() {
		for (String entity : ENTITIES) {
			List<String> expected = new ArrayList<>();
			this.model.nodes.forEach((key, node) -> {
				if (key.entity().equals(entity) && !node.later) {
					expected.add(key + (node.deleted ? "-" : "") + ids(entity, node));
				}
			});
			List<String> found = new ArrayList<>();
			for (RecordInstance instance : Entities.query(this.context, entity).withDeleted().instances()) {
				found.add(entity + "#" + instance.id() + ((instance.deletedAt() != null) ? "-" : "")
						+ ids(instance));
			}
			if (!expected.equals(found)) {
				return found + " instead of " + expected;
			}
		}
		for (Key key : this.model.nodes.keySet()) {
			Node node = this.model.node(key);
			RecordInstance instance = node.later ? find(key) : null;
			if (node.later && (instance == null || !ids(instance).equals(ids(key.entity(), node)))) {
				return key + ", valid later, is " + instance + " instead of " + ids(key.entity(), node);
			}
		}
		String wrong = inverses();
		return (wrong != null) ? wrong : this.store.verify().damages().stream().findFirst().orElse(null);
	}

	private static String ids(String entity, Node node) {
		List<List<Long>> all = new ArrayList<>();
		ReferenceModel.referencesOf(entity).forEach((reference) -> all.add(node.references.get(reference.field())));
		return all.toString();
	}

	/** The ids that a record has stored. */
	private static String ids(RecordInstance instance) {
		List<List<Long>> all = new ArrayList<>();
		for (Reference reference : ReferenceModel.referencesOf(instance.type().name())) {
			Object value = instance.raw(instance.shape().slotOf(reference.field()));
			List<Long> ids = new ArrayList<>();
			if (value instanceof Link link) {
				ids.add(link.id());
			}
			else if (value instanceof FlinList list) {
				for (int i = 0; i < list.size(); i++) {
					ids.add(list.getLong(i));
				}
			}
			all.add(ids);
		}
		return all.toString();
	}

	private @Nullable String inverses() {
		for (Reference reference : ReferenceModel.REFERENCES) {
			for (Key target : this.model.live(reference.target())) {
				List<Long> expected = this.model.live(reference.entity())
					.stream()
					.filter((key) -> this.model.node(key).references.get(reference.field()).contains(target.id()))
					.map(Key::id)
					.toList();
				RecordInstance instance = find(target);
				EntityQuery inverse = (instance == null) ? null : (EntityQuery) instance.member(
						reference.entity().toLowerCase(java.util.Locale.ROOT) + "_" + reference.field());
				List<Long> found = (inverse == null) ? List.of()
						: inverse.instances().stream().map(RecordInstance::id).toList();
				if (!expected.equals(found)) {
					return target + " is referred to by " + found + " instead of " + expected + " through " + reference;
				}
			}
		}
		return null;
	}

}
