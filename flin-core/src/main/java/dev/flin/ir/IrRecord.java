package dev.flin.ir;

import java.util.List;

/**
 * The class of an entity's instances.
 *
 * @param className its dotted name
 * @param entity the name of the entity
 * @param fields the fields; the index is the slot
 */
public record IrRecord(String className, String entity, List<Field> fields) {

	public IrRecord {
		fields = List.copyOf(fields);
	}

	/**
	 * A field.
	 *
	 * @param kind what reading it gives
	 * @param storage the JVM descriptor of what holds plain values; empty when nothing does
	 */
	public record Field(String name, Kind kind, String storage) {

		public boolean isHeld() {
			return !this.storage.isEmpty();
		}

		/** Whether it holds instances of one entity, or none. */
		public boolean isRecord() {
			return (this.kind == Kind.ENTITY || this.kind == Kind.ANY) && this.storage.startsWith("Lflin/");
		}

	}

	/** The name of the method that makes a new instance, whose fields its caller gives their values. */
	public static final String MAKER = "make$";

	/** The name of the method that tells whether a value is an instance; it takes the context first. */
	public static final String TESTER = "is$";

	/** How names of methods that read a field begin. */
	static final String READER = "read$";

	/** How names of methods that assign a field begin. */
	static final String WRITER = "write$";

	/** The name of the method that reads a field. */
	public static String reader(String field) {
		return READER + field;
	}

	/** Whether a method of this name reads a field. */
	public static boolean isReader(String method) {
		return method.startsWith(READER);
	}

	/** The name of the method that assigns a field. */
	public static String writer(String field) {
		return WRITER + field;
	}

	/** The name of the method that gives a field of a new instance its first value. */
	public static String initializer(String field) {
		return "init$" + field;
	}

}
