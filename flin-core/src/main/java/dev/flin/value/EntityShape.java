package dev.flin.value;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the fields of an entity are called and where they lie in its instances.
 */
public final class EntityShape {

	/**
	 * One field.
	 *
	 * @param name the name in the program
	 * @param type the type as it is written in the program
	 * @param hidden whether answers to the outside leave it out
	 */
	public record Field(String name, String type, boolean hidden) {
	}

	private final String name;

	private final List<Field> fields;

	private final Map<String, Integer> slots;

	public EntityShape(String name, List<Field> fields) {
		this.name = name;
		this.fields = List.copyOf(fields);
		this.slots = new HashMap<>();
		for (int i = 0; i < fields.size(); i++) {
			this.slots.put(fields.get(i).name(), i);
		}
	}

	public String name() {
		return this.name;
	}

	/** The declared fields; the index is the slot. */
	public List<Field> fields() {
		return this.fields;
	}

	/** The slot of a field, or -1. */
	public int slotOf(String field) {
		Integer slot = this.slots.get(field);
		return (slot != null) ? slot : -1;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
