package dev.flin.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.flin.store.TimeModel.Item;
import dev.flin.store.TimeModel.Segment;
import dev.flin.store.TimeModel.Version;
import dev.flin.value.Equality;
import dev.flin.value.Printer;

/**
 * Records with valid time under a schema that changes, said naively: each version has what was written for each field
 * there ever was, and what it reads is found out anew each time. Times are microseconds.
 */
final class ShapeModel {

	/** How many fields there may ever be. */
	static final int FIELDS_MAX = 5;

	/** In a version: the field was not there, or not shown, when it was written. */
	private static final Object ABSENT = new Object();

	/** A type of fields; values are told apart by their classes. */
	enum Type {

		INT(FieldType.INT), NUMBER(FieldType.NUMBER), TEXT(FieldType.TEXT), DECIMAL(FieldType.DECIMAL);

		private final FieldType declared;

		Type(FieldType declared) {
			this.declared = declared;
		}

		/** One of few values, so that some are equal, and some are those of other types too. */
		Object value(Random random) {
			int number = random.nextInt(8);
			return switch (this) {
				case INT -> (Object) (long) number;
				case NUMBER -> number / 2.0;
				case TEXT -> (random.nextInt(3) == 0) ? "n" + number : String.valueOf(number);
				case DECIMAL -> BigDecimal.valueOf(number * 5L, random.nextInt(2));
			};
		}

		/** A value that no other record has. */
		Object fresh(long number) {
			return switch (this) {
				case INT -> (Object) number;
				case NUMBER -> (double) number;
				case TEXT -> String.valueOf(number);
				case DECIMAL -> BigDecimal.valueOf(number);
			};
		}

		@Nullable Object read(Object written) {
			String text = (written instanceof String own) ? own : Printer.print(written);
			boolean numeric = text.matches("-?[0-9]+([.][0-9]+)?");
			return switch (this) {
				case TEXT -> text;
				case INT -> (numeric && new BigDecimal(text).stripTrailingZeros().scale() <= 0
						&& !(written instanceof String && text.contains(".")))
						? (Object) new BigDecimal(text).longValueExact() : null;
				case NUMBER -> numeric ? (Object) Double.valueOf(text) : null;
				case DECIMAL -> (written instanceof BigDecimal) ? written
						: !numeric ? null : (written instanceof Double number) ? BigDecimal.valueOf(number)
						: (Object) new BigDecimal(text);
			};
		}

	}

	/**
	 * A field as it is declared, or was when it was last.
	 *
	 * @param number which of all fields it is, whatever its name
	 * @param initial what stands for it where nothing was written
	 */
	record Shape(int number, String name, @Nullable String was, Type type, boolean nullable, boolean unique,
			boolean indexed, boolean shown, @Nullable Object initial) {

		FieldSchema declared() {
			FieldSchema field = this.nullable ? FieldSchema.optional(this.name, this.type.declared)
					: FieldSchema.required(this.name, this.type.declared);
			field = this.unique ? field.asUnique() : this.indexed ? field.asIndexed() : field;
			return ((this.was == null) ? field : field.withWas(this.was)).withInitial(this.initial);
		}

		@Nullable Object read(Version version) {
			Object written = version.values().get(this.number);
			return (written == ABSENT || (written == null && !this.nullable)) ? this.initial
					: (written == null) ? null : this.type.read(written);
		}

	}

	private final TimeModel written;

	final List<Shape> shapes;

	ShapeModel() {
		this(new TimeModel(), List.of(new Shape(0, "f0", null, Type.INT, false, false, true, true, null),
				new Shape(1, "f1", null, Type.TEXT, true, true, false, true, null)));
	}

	private ShapeModel(TimeModel written, List<Shape> shapes) {
		this.written = written;
		this.shapes = shapes;
	}

	ShapeModel copy() {
		return new ShapeModel(this.written.copy(), this.shapes);
	}

	/** The same records under another schema. */
	ShapeModel shaped(List<Shape> other) {
		return new ShapeModel(this.written.copy(), List.copyOf(other));
	}

	List<Shape> shown() {
		return this.shapes.stream().filter(Shape::shown).toList();
	}

	StoreSchema schema() {
		return new StoreSchema(List.of(new EntitySchema(TimeCheck.ENTITY, List.of(),
				shown().stream().map(Shape::declared).toList(), List.of(), null)));
	}

	/** What can be read. */
	TimeModel today() {
		TimeModel today = new TimeModel();
		this.written.items.forEach((id, item) -> {
			Item seen = new Item();
			item.versions.forEach((version) -> seen.versions.add(today(version)));
			today.items.put(id, seen);
		});
		return today;
	}

	private Version today(Version version) {
		List<@Nullable Object> values = new ArrayList<>();
		List<String> changed = new ArrayList<>();
		for (Shape shape : shown()) {
			values.add(shape.read(version));
			if (version.changed().contains(String.valueOf(shape.number()))) {
				changed.add(shape.name());
			}
		}
		return new Version(version.number(), values, changed, version.deleted(), version.from(), version.validFrom(),
				version.validTo(), version.pruned());
	}

	List<Long> ids() {
		return List.copyOf(this.written.items.keySet());
	}

	Item item(long id) {
		return this.written.item(id);
	}

	/** The values that the newest version has today. */
	@Nullable Object[] newest(long id) {
		return today(item(id).newest()).values().toArray();
	}

	/** What a deletion keeps: the values that are true now, or else the last ones. */
	@Nullable Object[] valuesToDelete(long id, long now) {
		Version valid = item(id).at(now, TimeModel.OPEN);
		return today((valid != null) ? valid : item(id).newest()).values().toArray();
	}

	/** Adds a version; fields that are not shown keep what the newest one has. */
	void write(long id, @Nullable Object[] values, boolean deleted, long time, long validFrom, long validTo) {
		Item item = this.written.items.computeIfAbsent(id, (key) -> new Item());
		Version newest = item.versions.isEmpty() ? null : item.newest();
		List<String> changed = new ArrayList<>();
		List<Shape> shown = shown();
		for (int i = 0; newest != null && i < values.length; i++) {
			if (!Equality.equal(shown.get(i).read(newest), values[i])) {
				changed.add(String.valueOf(shown.get(i).number()));
			}
		}
		item.versions.add(new Version((newest == null) ? 1 : newest.number() + 1, all(newest, values), changed, deleted,
				time, validFrom, validTo, false));
	}

	/** Changes a version in its place, as a migration does. */
	void amend(long id, int index, @Nullable Object[] values) {
		Version old = item(id).versions.get(index);
		item(id).versions.set(index, new Version(old.number(), all(old, values), old.changed(), old.deleted(),
				old.from(), old.validFrom(), old.validTo(), old.pruned()));
	}

	private List<@Nullable Object> all(@Nullable Version other, @Nullable Object[] values) {
		List<@Nullable Object> all = new ArrayList<>();
		for (int i = 0; i < FIELDS_MAX; i++) {
			all.add((other == null) ? ABSENT : other.values().get(i));
		}
		List<Shape> shown = shown();
		for (int i = 0; i < values.length; i++) {
			all.set(shown.get(i).number(), values[i]);
		}
		return all;
	}

	void destroy(long id) {
		this.written.items.remove(id);
	}

	/** Gives what was written at one time another. */
	void stamp(long provisional, long time) {
		this.written.stamp(provisional, time);
	}

	/** Whether another record has one of these unique values now or later. */
	boolean isTaken(long id, @Nullable Object[] values, long validTo, long now) {
		List<Shape> shown = shown();
		for (int i = 0; i < values.length && validTo > now; i++) {
			Shape shape = shown.get(i);
			Object value = values[i];
			if (shape.unique() && value != null && ids().stream().anyMatch((other) -> other != id && item(other)
				.standing(now)
				.stream()
				.anyMatch((segment) -> Equality.equal(value, shape.read(segment.version()))))) {
				return true;
			}
		}
		return false;
	}

	/** What of a record a schema must fit: what is true now or later, and the newest version. */
	private static List<Segment> standing(Item item, long now) {
		Version newest = item.newest();
		if (newest.validFrom() == TimeModel.OPEN) {
			return List.of(new Segment(newest.from(), TimeModel.OPEN, newest));
		}
		List<Segment> standing = new ArrayList<>(item.standing(now));
		if (standing.stream().noneMatch((segment) -> segment.version() == newest)) {
			standing.add(new Segment(TimeModel.OPEN, TimeModel.OPEN, newest));
		}
		return standing;
	}

	/**
	 * Why these records cannot have this schema, or null.
	 * @param before the schema they had
	 */
	@Nullable String refusal(List<Shape> before, long now) {
		for (Shape shape : shown()) {
			Shape old = before.stream().filter((other) -> other.number() == shape.number()).findFirst().orElse(null);
			List<Segment> unique = new ArrayList<>();
			List<Long> owners = new ArrayList<>();
			for (long id : ids()) {
				for (Segment segment : standing(item(id), now)) {
					Object value = shape.read(segment.version());
					boolean had = old != null && old.type() != shape.type() && old.read(segment.version()) != null;
					if (value == null && (had || !shape.nullable())) {
						return "#%d has no %s".formatted(id, shape.name());
					}
					if (shape.unique() && value != null && !segment.version().deleted()) {
						unique.add(segment);
						owners.add(id);
					}
				}
			}
			for (int i = 0; i < unique.size(); i++) {
				for (int j = 0; j < i; j++) {
					Segment one = unique.get(i);
					Segment other = unique.get(j);
					if (!Objects.equals(owners.get(i), owners.get(j)) && one.from() < other.to()
							&& other.from() < one.to()
							&& Equality.equal(shape.read(one.version()), shape.read(other.version()))) {
						return "#%d and #%d have one %s".formatted(owners.get(j), owners.get(i), shape.name());
					}
				}
			}
		}
		return null;
	}

}
