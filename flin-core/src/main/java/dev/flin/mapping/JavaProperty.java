package dev.flin.mapping;

import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.FieldOutline;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/**
 * A component of a Java record, or a getter of an interface, and the field that it is.
 *
 * @param name the name of the component's or getter's method
 * @param field the name of the field
 * @param outline the field; null for what says which version it is
 * @param type the Java type, boxed
 * @param primitive whether it cannot be null
 * @param meta reads what says which version it is; null for a field
 * @param getter reads it of a Java value: an object of an object
 * @param nested the mapping of what a reference, or a list of them, leads to; null when it is no Java type of its own
 */
record JavaProperty(String name, String field, @Nullable FieldOutline outline, Class<?> type, boolean primitive,
		@Nullable Function<EntityInstance, @Nullable Object> meta, MethodHandle getter,
		@Nullable TypedMapping<?> nested) {

	boolean isMeta(String what) {
		return this.meta != null && this.field.equals(what);
	}

	boolean isWritten() {
		return this.outline != null && !this.outline.computed();
	}

	boolean isOptional() {
		return this.outline != null && this.outline.optional();
	}

	int slot(EntityInstance record) {
		int slot = record.shape().slotOf(this.field);
		if (slot < 0) {
			throw new FlinError(record.shape().name() + " has no field '" + this.field + "' any more");
		}
		return slot;
	}

	/** The value of a record, as the Java type. */
	@Nullable Object read(EntityInstance record) {
		Function<EntityInstance, @Nullable Object> known = this.meta;
		Object value = (known != null) ? known.apply(record) : record.get(slot(record));
		if (value == null) {
			if (this.primitive) {
				throw new FlinError(describe(record) + " is none, which '" + this.name
						+ "' cannot be; declare it as " + this.type.getSimpleName());
			}
			return null;
		}
		Object converted = convert(value);
		if (!this.type.isInstance(converted)) {
			throw new FlinError(describe(record) + " is " + value + ", which is no " + this.type.getSimpleName());
		}
		return converted;
	}

	private String describe(EntityInstance record) {
		return record.shape().name() + " " + record.id() + "." + this.field;
	}

	private Object convert(Object value) {
		if (value instanceof Long number && this.type == Integer.class) {
			return (number == number.intValue()) ? (Object) number.intValue() : number;
		}
		TypedMapping<?> part = this.nested;
		if (part != null) {
			return (value instanceof EntityInstance target) ? part.toJava(target)
					: ((List<?>) value).stream().map((target) -> part.toJava((EntityInstance) target)).toList();
		}
		if (value instanceof EntityInstance target && this.type == Long.class) {
			return target.id();
		}
		if (value instanceof String text && this.type.isEnum()) {
			for (Object constant : this.type.getEnumConstants()) {
				if (((Enum<?>) constant).name().equals(text)) {
					return constant;
				}
			}
		}
		return value;
	}

	/** The value that the Java value has. */
	@Nullable Object get(Object value) {
		try {
			return (Object) this.getter.invokeExact(value);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new FlinError(FlinError.ERROR, "'" + this.name + "' could not be read: " + ex, ex);
		}
	}

	/** The value that the Java value has, as one of FLIN. */
	@Nullable Object write(Object value, FlinContext context) {
		TypedMapping<?> part = this.nested;
		return switch (get(value)) {
			case null -> null;
			case Collection<?> many when part != null ->
				FlinList.copyOf(many.stream().map((one) -> target(part.idOf(one, this.name), context)).toList());
			case Object one when part != null -> target(part.idOf(one, this.name), context);
			case Long id when isReference() -> target(id, context);
			case Object other -> HostValues.toFlin(other);
		};
	}

	private boolean isReference() {
		return this.outline != null && this.outline.javaType() == EntityInstance.class;
	}

	private Object target(long id, FlinContext context) {
		return GivenValues.target(id, Objects.requireNonNull(this.outline), context);
	}

}
