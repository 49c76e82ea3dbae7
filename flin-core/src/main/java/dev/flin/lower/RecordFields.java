package dev.flin.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrRecord;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Type;

/** The fields of entities in the classes of their instances: how they are held, read and assigned. */
final class RecordFields {

	/** As many fields as the class of an instance can have; later slots are read and assigned by number. */
	private static final int HELD_MAX = 63;

	private static final String INSTANCE = "dev/flin/value/EntityInstance";

	private final ProgramLowering program;

	/** Internal names. */
	private final Map<Symbol.Entity, String> classNames = new IdentityHashMap<>();

	RecordFields(ProgramLowering program) {
		this.program = program;
	}

	/** The class of an entity's instances; null for entities of the host, which have none. */
	@Nullable
	IrRecord shape(Symbol.Entity entity) {
		String className = className(entity);
		if (className == null) {
			return null;
		}
		List<IrRecord.Field> fields = new ArrayList<>();
		for (Part.Field field : entity.declaration().fields()) {
			fields.add(held(entity, field, fields.size()));
		}
		return new IrRecord(className.replace('/', '.'), entity.name(), fields);
	}

	private IrRecord.Field held(Symbol.Entity entity, Part.Field field, int slot) {
		Type type = checked().fieldType(entity, field.name());
		boolean none = field.computed() != null || slot >= HELD_MAX || className(entity) == null;
		return new IrRecord.Field(field.name(), Kinds.of(type), none ? "" : storage(type));
	}

	/** The place of a field among those that are declared. */
	static int slot(Symbol.Entity entity, Part.Field field) {
		List<Part.Field> fields = entity.declaration().fields();
		for (int i = 0; i < fields.size(); i++) {
			if (fields.get(i) == field) {
				return i;
			}
		}
		return fields.indexOf(field);
	}

	private CheckedProgram checked() {
		return this.program.checked();
	}

	/** The internal name of the class, or null. */
	@Nullable
	String className(Symbol.Entity entity) {
		String known = this.classNames.get(entity);
		if (known == null) {
			String unit = this.program.unitOf(entity);
			if (unit != null) {
				known = EntityParts.className(unit, entity.name()).replace('.', '/');
				this.classNames.put(entity, known);
			}
		}
		return known;
	}

	/** The internal name of the class of all values of a type but none, if they are instances of one entity. */
	@Nullable
	String className(Type type) {
		return (Kinds.present(type) instanceof Type.EntityOf entity) ? className(entity.symbol()) : null;
	}

	private String storage(Type type) {
		return switch (type) {
			case Type.Optional optional -> switch (Kinds.of(optional.inner())) {
				case LONG -> "Ljava/lang/Long;";
				case DOUBLE -> "Ljava/lang/Double;";
				case BOOL -> "Ljava/lang/Boolean;";
				default -> storage(optional.inner());
			};
			case Type.EntityOf target -> {
				String name = className(target.symbol());
				yield (name != null) ? "L" + name + ";" : RunSide.OBJ;
			}
			default -> descriptor(Kinds.of(type));
		};
	}

	/**
	 * Reads a declared field.
	 * @param what how the record is written, for the message when there is none
	 */
	IrExpr read(IrExpr target, Symbol.Entity entity, Part.Field field, String what, int line) {
		int slot = slot(entity, field);
		IrRecord.Field held = held(entity, field, slot);
		IrExpr record = present(target, "it has no '" + field.name() + "'", what, line);
		String owner = className(entity);
		if (!held.isHeld() || owner == null) {
			return RunSide.on(INSTANCE, "get", "(I)" + RunSide.OBJ, line, record, new IrExpr.Const(slot, Kind.INDEX));
		}
		return new IrExpr.Invoke(new JavaMethod(owner, IrRecord.reader(field.name()),
				"(L" + owner + ";)" + descriptor(held), List.of(Kind.ANY), held.kind(), false),
				List.of(record), line);
	}

	/**
	 * Assigns a declared field.
	 * @param value a value of the field's type
	 */
	IrExpr write(IrExpr target, Symbol.Entity entity, Part.Field field, IrExpr value, String what, int line) {
		int slot = slot(entity, field);
		IrRecord.Field held = held(entity, field, slot);
		IrExpr record = present(target, "cannot assign to its '" + field.name() + "'", what, line);
		String owner = className(entity);
		if (!held.isHeld() || owner == null || !isUnchecked(checked().fieldType(entity, field.name()))) {
			return RunSide.on(INSTANCE, "set", "(I" + RunSide.OBJ + ")V", line, record,
					new IrExpr.Const(slot, Kind.INDEX), Coercion.represent(value, Kind.ANY));
		}
		return assign(owner, IrRecord.writer(field.name()), held, record, value, line);
	}

	private static IrExpr assign(String owner, String method, IrRecord.Field held, IrExpr record, IrExpr value,
			int line) {
		return new IrExpr.Invoke(new JavaMethod(owner, method, "(L" + owner + ";" + descriptor(held) + ")V",
				List.of(Kind.ANY, held.kind()), Kind.VOID, false),
				List.of(record, Coercion.represent(value, held.kind())), line);
	}

	/** Reads what every record has without declaring it, where that is a plain value; null for other names. */
	@Nullable
	IrExpr metadata(IrExpr target, String name, String what, int line) {
		String method = switch (name) {
			case "id" -> "id:()J";
			case "version", "version_number" -> "version:()J";
			case "is_new" -> "isNew:()Z";
			default -> "";
		};
		if (method.isEmpty()) {
			return null;
		}
		int colon = method.indexOf(':');
		IrExpr record = present(target, "it has no '" + name + "'", what, line);
		return RunSide.on(INSTANCE, method.substring(0, colon), method.substring(colon + 1), line, record);
	}

	/** Gives a field of a new instance its first value. */
	IrExpr initialize(IrExpr record, Symbol.Entity entity, Part.Field field, IrExpr value) {
		IrRecord.Field held = held(entity, field, slot(entity, field));
		return assign(requireClass(entity), IrRecord.initializer(field.name()), held, record, value, 0);
	}

	/** The internal name of the class of an entity that has one. */
	String requireClass(Symbol.Entity entity) {
		String owner = className(entity);
		if (owner == null) {
			throw new IllegalStateException(entity + " has no class");
		}
		return owner;
	}

	/** Whether instances can be made by giving each field of the class its value. */
	boolean areHeld(Symbol.Entity entity) {
		return className(entity) != null && entity.declaration().fields().size() <= HELD_MAX;
	}

	/**
	 * Whether this is what a field holds that has to have a value: in a record that is not saved yet it may still be
	 * missing.
	 */
	static boolean mayLack(IrExpr value) {
		if (value.kind().isPrimitive() || value.kind() == Kind.ANY) {
			return false;
		}
		return switch (value) {
			case IrExpr.Invoke read -> IrRecord.isReader(read.target().name());
			case IrExpr.Convert(IrExpr.Dynamic metadata, Kind kind) -> metadata.operation().equals("getMember");
			default -> false;
		};
	}

	/** A value where it is used: that of a field which is missing is an error which names it. */
	static IrExpr needed(IrExpr value, Type wanted, String what, int line) {
		return (mayLack(value) && !(wanted instanceof Type.Optional))
				? Coercion.represent(Coercion.present(value, what, line), value.kind()) : value;
	}

	/** The record, as it is before a change of representation; an error where the checker is not sure of it. */
	private static IrExpr present(IrExpr target, String use, String what, int line) {
		if (target instanceof IrExpr.Convert convert && convert.kind() == Kind.ENTITY) {
			return convert.value();
		}
		if (target.kind() == Kind.ENTITY) {
			return target;
		}
		return RunSide.call(RunSide.MEMBERS, "record",
				"(" + RunSide.OBJ + RunSide.STR + RunSide.STR + ")" + RunSide.OBJ, line,
				Coercion.represent(target, Kind.ANY), new IrExpr.Const(use, Kind.TEXT),
				new IrExpr.Const(what, Kind.TEXT));
	}

	private static String descriptor(IrRecord.Field held) {
		return held.isRecord() ? held.storage() : descriptor(held.kind());
	}

	private static String descriptor(Kind kind) {
		return switch (kind) {
			case LONG -> "J";
			case DOUBLE -> "D";
			case BOOL -> "Z";
			case TEXT -> RunSide.STR;
			case LIST -> "L" + RunSide.LIST + ";";
			case MAP -> "L" + RunSide.MAP + ";";
			case RANGE -> "L" + RunSide.RANGE + ";";
			case TUPLE -> "L" + RunSide.TUPLE + ";";
			case ENUM -> "L" + RunSide.ENUM + ";";
			case DECIMAL -> "Ljava/math/BigDecimal;";
			case MONEY -> "Ldev/flin/value/Money;";
			case TIME -> "Ljava/time/Instant;";
			case DURATION -> "Ljava/time/Duration;";
			case FILE -> "Ldev/flin/value/FileValue;";
			case HTML -> "Ldev/flin/value/Html;";
			case FUNCTION -> "Ldev/flin/value/FlinFunction;";
			case ERROR -> "Ldev/flin/value/FlinError;";
			case ATTEMPT -> "L" + RunSide.ATTEMPT + ";";
			default -> RunSide.OBJ;
		};
	}

	/** Whether whatever has this static type may be stored as it is: nothing in it is widened or refused. */
	static boolean isUnchecked(Type type) {
		return switch (type) {
			case Type.Basic basic -> switch (basic) {
				case INT, NUMBER, DECIMAL, BOOL, TEXT, TIME, DURATION, MONEY, FILE, HTML, ANY -> true;
				case RANGE, REGEX, FAILURE, NONE, NEVER, BROKEN -> false;
			};
			case Type.EntityOf entity -> true;
			case Type.Optional optional -> isUnchecked(optional.inner());
			case Type.ListOf list -> isUnchecked(list.element());
			case Type.MapOf map -> isUnchecked(map.key()) && isUnchecked(map.value());
			default -> false;
		};
	}

}
