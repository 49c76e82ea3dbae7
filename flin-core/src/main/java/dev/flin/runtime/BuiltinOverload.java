package dev.flin.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.BuiltinSignature.Parameter;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinRange;
import dev.flin.value.ListView;

/**
 * One overload of a built-in, ready to be called with arguments whose types are known only now.
 */
final class BuiltinOverload {

	private static final Set<String> WORDS = Set.of("int", "number", "decimal", "bool", "text", "time", "duration",
			"money", "file", "html", "regex", "error", "none");

	private static final MethodType GENERIC = MethodType.methodType(Object.class, FlinContext.class, Object[].class);

	private static final MethodHandle CONVERT = find("convert", Object.class);

	private static final MethodHandle INSTANCE = find("instance", Object.class);

	private static final MethodHandle INT = find("toLong", long.class);

	private static final MethodHandle NUMBER = find("toDouble", double.class);

	/** How one parameter takes an argument. */
	private record Slot(String name, Class<?> type, boolean acceptsNone, @Nullable TypeDescriptor check,
			String what) {
	}

	private final BuiltinEntry entry;

	private final BuiltinSignature signature;

	private final List<Slot> slots;

	/** Takes the context, needed or not, and then the Java parameters. */
	private final MethodHandle target;

	private final MethodHandle spread;

	BuiltinOverload(BuiltinEntry entry) {
		this.entry = entry;
		this.signature = BuiltinSignature.parse(entry.signature());
		this.target = target(entry);
		MethodType type = this.target.type();
		if (type.parameterCount() - 1 != this.signature.parameters().size()) {
			throw new FlinBugException(
					"signature and Java parameters of built-in '" + entry.signature() + "' differ: " + type);
		}
		this.slots = slots(type);
		this.spread = this.target.asType(type.generic().changeParameterType(0, FlinContext.class))
			.asSpreader(Object[].class, this.slots.size())
			.asType(GENERIC);
	}

	BuiltinEntry entry() {
		return this.entry;
	}

	BuiltinSignature signature() {
		return this.signature;
	}

	boolean takesCount(int count) {
		return count >= this.signature.required() && count <= this.signature.most();
	}

	/** Whether it only looks at its receiver, and takes no others than such. */
	boolean asks(Class<?> type) {
		return takesReceiver(type) && this.slots.get(0).type() != Object.class && this.entry.pure()
				&& !this.entry.mutates();
	}

	boolean takesReceiver(Class<?> type) {
		return !this.slots.isEmpty() && !isRest(0) && accepts(this.slots.get(0), type);
	}

	/** Whether all arguments, whose number is right, have the right types. */
	boolean fits(@Nullable Object[] args) {
		for (int i = 0; i < args.length && !isRest(i); i++) {
			if (!accepts(this.slots.get(i), args[i])) {
				return false;
			}
		}
		return true;
	}

	/** Calls with arguments whose number is right. */
	@Nullable Object call(FlinContext context, @Nullable Object[] args) {
		@Nullable Object[] converted = new @Nullable Object[this.slots.size()];
		for (int i = 0; i < converted.length; i++) {
			if (isRest(i)) {
				FlinList rest = new FlinList();
				for (int k = i; k < args.length; k++) {
					rest.add(args[k]);
				}
				converted[i] = rest;
			}
			else {
				converted[i] = (i < args.length) ? convert(this.slots.get(i), args[i])
						: this.signature.parameters().get(i).defaultValue();
			}
		}
		return invoke(this.spread, context, converted);
	}

	/**
	 * A handle that takes the context and so many arguments as objects, converts them and calls.
	 * @param receiver the class of the first one, whose instances are not tested again
	 */
	MethodHandle handle(Class<?> receiver, int count) {
		MethodHandle handle = this.target.asType(this.target.type().changeReturnType(Object.class));
		if (this.signature.rest()) {
			throw new FlinBugException("rest parameters of '" + this.entry.name() + "' need a collector");
		}
		int parameters = this.slots.size();
		for (int i = parameters; i > count; i--) {
			Object value = this.signature.parameters().get(i - 1).defaultValue();
			handle = MethodHandles.insertArguments(handle, i, value);
		}
		for (int i = 0; i < count; i++) {
			Slot slot = this.slots.get(i);
			boolean known = i == 0 && slot.type().isAssignableFrom(receiver);
			if (slot.check() != null || !known && slot.type() != Object.class) {
				MethodHandle filter = converter(slot).bindTo(slot)
					.asType(MethodType.methodType(handle.type().parameterType(i + 1), Object.class));
				handle = MethodHandles.filterArguments(handle, i + 1, filter);
			}
		}
		return handle.asType(handle.type().generic().changeParameterType(0, FlinContext.class));
	}

	/** What a parameter's values go through: short methods for the common ones, which the JIT compiler inlines. */
	private static MethodHandle converter(Slot slot) {
		Class<?> type = slot.type();
		if (slot.check() != null) {
			return CONVERT;
		}
		if (type == long.class) {
			return INT;
		}
		return (type == double.class) ? NUMBER : type.isPrimitive() ? CONVERT : INSTANCE;
	}

	private static long toLong(Slot slot, @Nullable Object value) {
		return (value instanceof Long number) ? number : Convert.toLong(value, slot.what());
	}

	private static double toDouble(Slot slot, @Nullable Object value) {
		return (value instanceof Double number) ? number : Convert.toDouble(value, slot.what());
	}

	private static @Nullable Object instance(Slot slot, @Nullable Object value) {
		return slot.type().isInstance(value) ? value : convert(slot, value);
	}

	private static MethodHandle find(String name, Class<?> result) {
		try {
			return MethodHandles.lookup()
				.findStatic(BuiltinOverload.class, name, MethodType.methodType(result, Slot.class, Object.class));
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("the converter of built-in arguments cannot be reached", ex);
		}
	}

	static @Nullable Object invoke(MethodHandle handle, FlinContext context, @Nullable Object[] args) {
		try {
			return (Object) handle.invokeExact(context, args);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new FlinError(FlinError.ERROR, String.valueOf(ex.getMessage()), ex);
		}
	}

	private boolean isRest(int parameter) {
		return this.signature.rest() && parameter == this.slots.size() - 1;
	}

	private List<Slot> slots(MethodType type) {
		List<Parameter> parameters = this.signature.parameters();
		Slot[] made = new Slot[parameters.size()];
		for (int i = 0; i < made.length; i++) {
			Parameter parameter = parameters.get(i);
			Class<?> javaType = type.parameterType(i + 1);
			boolean none = parameter.type().endsWith("?") || javaType == Object.class;
			made[i] = new Slot(parameter.name(), javaType, none, check(parameter.type(), javaType),
					this.entry.name() + "(" + parameter.name() + ")");
		}
		return List.of(made);
	}

	/** Objects and lists are checked when the signature names only plain types, as in {@code text | regex}. */
	private static @Nullable TypeDescriptor check(String type, Class<?> javaType) {
		if (javaType != Object.class && javaType != FlinList.class) {
			return null;
		}
		for (String word : type.split("[^A-Za-z]+")) {
			if (!word.isEmpty() && !WORDS.contains(word)) {
				return null;
			}
		}
		return TypeDescriptor.parse(type);
	}

	private static boolean accepts(Slot slot, @Nullable Object value) {
		if (value == null) {
			return slot.acceptsNone() && (slot.check() == null || slot.check().matches(null));
		}
		if (slot.check() == null) {
			return accepts(slot, value.getClass());
		}
		// An empty list says nothing about its elements: the overload for any elements takes it.
		return !(value instanceof FlinList list && list.isEmpty()) && slot.check().matches(value);
	}

	private static boolean accepts(Slot slot, Class<?> argument) {
		Class<?> type = slot.type();
		if (slot.check() != null && type == Object.class) {
			return true;
		}
		if (type == long.class || type == Long.class) {
			return argument == Long.class;
		}
		if (type == double.class || type == Double.class) {
			return argument == Double.class || argument == Long.class;
		}
		if (type == boolean.class || type == Boolean.class) {
			return argument == Boolean.class;
		}
		if (type == BigDecimal.class) {
			return argument == BigDecimal.class || argument == Long.class;
		}
		if (type == FlinList.class) {
			return argument == FlinList.class || argument == FlinRange.class
					|| ListView.class.isAssignableFrom(argument);
		}
		return type.isAssignableFrom(argument);
	}

	private static @Nullable Object convert(Slot slot, @Nullable Object value) {
		Class<?> type = slot.type();
		if (slot.check() != null) {
			return slot.check().check(value, slot.what());
		}
		if (type == Object.class || (value == null && slot.acceptsNone())) {
			return value;
		}
		if (type == long.class || type == Long.class) {
			return Convert.toLong(value, slot.what());
		}
		if (type == double.class || type == Double.class) {
			return Convert.toDouble(value, slot.what());
		}
		if (type == FlinList.class) {
			return Convert.toList(value, slot.what());
		}
		if (type == BigDecimal.class) {
			return Convert.toDecimal(value, slot.what());
		}
		if (type == boolean.class) {
			return Convert.toBoolean(value, slot.what());
		}
		return Convert.to(type, word(type), value, slot.what());
	}

	private static String word(Class<?> type) {
		return switch (type.getSimpleName()) {
			case "String" -> "text";
			case "Boolean" -> "bool";
			case "Instant" -> "time";
			case "FlinMap" -> "map";
			case "FlinFunction" -> "function";
			case "FlinTuple" -> "tuple";
			case "FileValue" -> "file";
			case "EntityInstance" -> "entity";
			default -> type.getSimpleName().toLowerCase(Locale.ROOT);
		};
	}

	private static MethodHandle target(BuiltinEntry entry) {
		if (entry.owner().equals(HostFunction.OWNER)) {
			return HostCalls.handle(entry);
		}
		MethodHandle handle = BuiltinCatalog.method(entry);
		return entry.takesContext() ? handle : MethodHandles.dropArguments(handle, 0, FlinContext.class);
	}

}
