package dev.flin.store.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.Layout;
import dev.flin.store.codec.ValueCodec;

/**
 * The stored schema. Numbers of entities, fields, layouts and indexes are never given to something
 * else; what is removed stays in it, hidden, so that it can come back.
 *
 * @param version how often the schema changed
 * @param entities all entities ever known
 */
public record Catalog(long version, List<Entity> entities) {

	private static final int FORMAT = 1;

	/** Stands before the type of an encrypted field in a layout. */
	private static final int ENCRYPTED = 6;

	/** The catalog of an empty store. */
	public static final Catalog EMPTY = new Catalog(0, List.of());

	/**
	 * An entity.
	 *
	 * @param id its number
	 * @param name its name
	 * @param hidden whether it is not declared today
	 * @param fields all fields it ever had
	 * @param layouts all layouts it ever had; the last is today's
	 * @param indexes today's indexes
	 * @param nextIndex the number of the next new index
	 */
	public record Entity(int id, String name, boolean hidden, List<Field> fields, List<Layout> layouts,
			List<Index> indexes, int nextIndex) {

		/** Copies the lists. */
		public Entity {
			fields = List.copyOf(fields);
			layouts = List.copyOf(layouts);
			indexes = List.copyOf(indexes);
		}

		/**
		 * A field by its number.
		 * @param fieldId the number
		 * @return the field
		 */
		public Field field(int fieldId) {
			for (Field field : this.fields) {
				if (field.id() == fieldId) {
					return field;
				}
			}
			throw new IllegalArgumentException("No field " + fieldId + " in " + this.name);
		}

	}

	/**
	 * A field.
	 *
	 * @param id its number within the entity
	 * @param name its name
	 * @param type its type
	 * @param nullable whether it may be none
	 * @param hidden whether it is not declared today
	 * @param initial what rows without it read
	 * @param rules the texts of the rules that stored values are known to keep to
	 * @param encrypted whether its values are encrypted
	 */
	public record Field(int id, String name, FieldType type, boolean nullable, boolean hidden,
			@Nullable Object initial, List<String> rules, boolean encrypted) {

		/** Copies the list. */
		public Field {
			rules = List.copyOf(rules);
		}

	}

	/**
	 * An index.
	 *
	 * @param id its number within the entity
	 * @param fieldIds its fields
	 * @param unique whether it is unique
	 */
	public record Index(int id, List<Integer> fieldIds, boolean unique) {

		/** Copies the list. */
		public Index {
			fieldIds = List.copyOf(fieldIds);
		}

	}

	/** Copies the list. */
	public Catalog {
		entities = List.copyOf(entities);
	}

	/**
	 * Whether anything is encrypted today.
	 * @return true when new values need a key
	 */
	public boolean hasEncrypted() {
		return this.entities.stream()
			.filter((entity) -> !entity.hidden())
			.anyMatch((entity) -> !entity.layouts().getLast().encrypted().isEmpty());
	}

	/**
	 * The catalog as bytes.
	 * @return the bytes
	 */
	public byte[] encode() {
		ByteWriter into = new ByteWriter(1024);
		into.putByte(FORMAT);
		into.putVar(this.version);
		into.putVar(this.entities.size());
		for (Entity entity : this.entities) {
			encodeEntity(into, entity);
		}
		return into.toBytes();
	}

	private static void encodeEntity(ByteWriter into, Entity entity) {
		into.putVar(entity.id());
		into.putText(entity.name());
		into.putByte(entity.hidden() ? 1 : 0);
		into.putVar(entity.fields().size());
		for (Field field : entity.fields()) {
			into.putVar(field.id());
			into.putText(field.name());
			encodeType(into, field.type());
			into.putByte((field.nullable() ? 1 : 0) | (field.hidden() ? 2 : 0) | (field.encrypted() ? 4 : 0));
			ValueCodec.write(into, field.initial());
			into.putVar(field.rules().size());
			field.rules().forEach(into::putText);
		}
		into.putVar(entity.layouts().size());
		for (Layout layout : entity.layouts()) {
			into.putVar(layout.id());
			encodeNumbers(into, layout.fieldIds());
			for (int i = 0; i < layout.types().size(); i++) {
				if (layout.isEncrypted(i)) {
					into.putByte(ENCRYPTED);
				}
				encodeType(into, layout.types().get(i));
			}
		}
		into.putVar(entity.indexes().size());
		for (Index index : entity.indexes()) {
			into.putVar(index.id());
			encodeNumbers(into, index.fieldIds());
			into.putByte(index.unique() ? 1 : 0);
		}
		into.putVar(entity.nextIndex());
	}

	private static void encodeNumbers(ByteWriter into, List<Integer> numbers) {
		into.putVar(numbers.size());
		numbers.forEach(into::putVar);
	}

	private static void encodeType(ByteWriter into, FieldType type) {
		switch (type) {
			case FieldType.Scalar scalar -> {
				into.putByte(1);
				into.putText(scalar.kind().name());
			}
			case FieldType.Choice choice -> {
				into.putByte(choice.earlier().isEmpty() ? 2 : 7);
				into.putText(choice.name());
				into.putVar(choice.members().size());
				choice.members().forEach(into::putText);
				if (!choice.earlier().isEmpty()) {
					into.putVar(choice.earlier().size());
					new TreeMap<>(choice.earlier()).forEach((earlier, today) -> {
						into.putText(earlier);
						into.putText(today);
					});
				}
			}
			case FieldType.Reference reference -> {
				into.putByte(3);
				into.putText(reference.entity());
			}
			case FieldType.References references -> {
				into.putByte(4);
				into.putText(references.entity());
			}
			case FieldType.Structure structure -> {
				into.putByte(5);
				into.putText(structure.description());
			}
		}
	}

	/**
	 * Reads a catalog.
	 * @param bytes its bytes
	 * @return the catalog
	 */
	public static Catalog decode(byte[] bytes) {
		ByteReader from = new ByteReader(bytes);
		int format = from.getByte();
		if (format != FORMAT) {
			throw new IndexOutOfBoundsException("No catalog has format " + format);
		}
		long version = from.getVar();
		int count = from.getCount();
		List<Entity> entities = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			entities.add(decodeEntity(from));
		}
		return new Catalog(version, entities);
	}

	private static Entity decodeEntity(ByteReader from) {
		int id = from.getCount();
		String name = from.getText();
		boolean hidden = from.getByte() != 0;
		List<Field> fields = new ArrayList<>();
		for (int left = from.getCount(); left > 0; left--) {
			fields.add(decodeField(from));
		}
		List<Layout> layouts = new ArrayList<>();
		for (int left = from.getCount(); left > 0; left--) {
			int layoutId = from.getCount();
			List<Integer> fieldIds = decodeNumbers(from);
			layouts.add(decodeLayout(from, layoutId, fieldIds));
		}
		List<Index> indexes = new ArrayList<>();
		for (int left = from.getCount(); left > 0; left--) {
			int indexId = from.getCount();
			List<Integer> fieldIds = decodeNumbers(from);
			indexes.add(new Index(indexId, fieldIds, from.getByte() != 0));
		}
		return new Entity(id, name, hidden, fields, layouts, indexes, from.getCount());
	}

	private static Layout decodeLayout(ByteReader from, int id, List<Integer> fieldIds) {
		List<FieldType> types = new ArrayList<>();
		Set<Integer> encrypted = new HashSet<>();
		for (int field : fieldIds) {
			int start = from.position();
			if (from.getByte() == ENCRYPTED) {
				encrypted.add(field);
			}
			else {
				from.position(start);
			}
			types.add(decodeType(from));
		}
		return new Layout(id, fieldIds, types, encrypted);
	}

	private static Field decodeField(ByteReader from) {
		int id = from.getCount();
		String name = from.getText();
		FieldType type = decodeType(from);
		int flags = from.getByte();
		Object initial = ValueCodec.read(from);
		List<String> rules = new ArrayList<>();
		for (int left = from.getCount(); left > 0; left--) {
			rules.add(from.getText());
		}
		return new Field(id, name, type, (flags & 1) != 0, (flags & 2) != 0, initial, rules, (flags & 4) != 0);
	}

	private static List<Integer> decodeNumbers(ByteReader from) {
		List<Integer> numbers = new ArrayList<>();
		for (int left = from.getCount(); left > 0; left--) {
			numbers.add(from.getCount());
		}
		return numbers;
	}

	private static FieldType decodeType(ByteReader from) {
		int tag = from.getByte();
		return switch (tag) {
			case 1 -> new FieldType.Scalar(FieldType.Kind.valueOf(from.getText()));
			case 2, 7 -> {
				String name = from.getText();
				List<String> members = new ArrayList<>();
				for (int left = from.getCount(); left > 0; left--) {
					members.add(from.getText());
				}
				Map<String, String> earlier = new HashMap<>();
				for (int left = (tag == 7) ? from.getCount() : 0; left > 0; left--) {
					String old = from.getText();
					earlier.put(old, from.getText());
				}
				yield new FieldType.Choice(name, members, earlier);
			}
			case 3 -> new FieldType.Reference(from.getText());
			case 4 -> new FieldType.References(from.getText());
			case 5 -> new FieldType.Structure(from.getText());
			default -> throw new IndexOutOfBoundsException("No type starts with " + tag);
		};
	}

}
