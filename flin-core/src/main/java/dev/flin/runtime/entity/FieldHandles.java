package dev.flin.runtime.entity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/** Reads and assigns fields of records for call sites that know the class of a record only when they run. */
final class FieldHandles {

	private static final MethodType READER = MethodType.methodType(Object.class, Object.class);

	private static final MethodType WRITER = MethodType.methodType(void.class, Object.class, Object.class);

	private static final MethodHandle IS_CLEAR = find("isClear",
			MethodType.methodType(boolean.class, long.class, Object.class));

	private static final MethodHandle MAY_ASSIGN = find("mayAssign",
			MethodType.methodType(boolean.class, long.class, Class.class, Object.class, Object.class));

	private static final MethodHandle MAY_ASSIGN_NONE = find("mayAssignOrNone",
			MethodType.methodType(boolean.class, long.class, Class.class, Object.class, Object.class));

	private static final MethodHandle GET = find("get",
			MethodType.methodType(Object.class, int.class, Object.class));

	private static final MethodHandle SET = find("set",
			MethodType.methodType(void.class, int.class, Object.class, Object.class));

	private FieldHandles() {
	}

	/** @param marks those of all fields: when none is set, all fields may just be read */
	static MethodHandle reader(MethodHandle getter, int slot, long marks) {
		return MethodHandles.guardWithTest(MethodHandles.insertArguments(IS_CLEAR, 0, marks),
				getter.asType(READER), MethodHandles.insertArguments(GET, 0, slot));
	}

	/** Null when every value has to be looked at before it is assigned. */
	static @Nullable MethodHandle writer(MethodHandle setter, int slot, long marks, ValueType type) {
		if (!acceptsAllOfItsClass(type)) {
			return null;
		}
		MethodType assigns = setter.type();
		Class<?> held = assigns.wrap().parameterType(1);
		MethodHandle test = assigns.parameterType(1).isPrimitive() ? MAY_ASSIGN : MAY_ASSIGN_NONE;
		return MethodHandles.guardWithTest(MethodHandles.insertArguments(test, 0, marks, held),
				setter.asType(WRITER), MethodHandles.insertArguments(SET, 0, slot));
	}

	private static boolean acceptsAllOfItsClass(ValueType type) {
		return switch (type) {
			case ValueType.Scalar scalar -> true;
			case ValueType.Reference reference -> true;
			case ValueType.Maybe maybe -> acceptsAllOfItsClass(maybe.inner());
			case ValueType.Choice choice -> false;
			case ValueType.References references -> false;
			case ValueType.Variants variants -> false;
			case ValueType.ListOf list -> false;
			case ValueType.RecordOf map -> false;
			case ValueType.TupleOf tuple -> false;
			case ValueType.MapOf map -> false;
			case ValueType.OneOf union -> false;
			case ValueType.Markup markup -> false;
			case ValueType.Anything anything -> false;
		};
	}

	private static boolean isClear(long marks, Object record) {
		return ((RecordInstance) record).isClear(marks);
	}

	private static boolean mayAssign(long marks, Class<?> held, Object record, @Nullable Object value) {
		return held.isInstance(value) && ((RecordInstance) record).mayAssign(marks);
	}

	private static boolean mayAssignOrNone(long marks, Class<?> held, Object record, @Nullable Object value) {
		return (value == null || held.isInstance(value)) && ((RecordInstance) record).mayAssign(marks);
	}

	private static @Nullable Object get(int slot, Object record) {
		return ((RecordInstance) record).get(slot);
	}

	private static void set(int slot, Object record, @Nullable Object value) {
		((RecordInstance) record).set(slot, value);
	}

	private static MethodHandle find(String name, MethodType type) {
		try {
			return MethodHandles.lookup().findStatic(FieldHandles.class, name, type);
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("no " + name, ex);
		}
	}

}
