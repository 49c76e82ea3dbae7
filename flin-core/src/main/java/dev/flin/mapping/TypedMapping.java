package dev.flin.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.Entities;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;

/**
 * The mapping of a hand-written record or interface. Found once; the fields are looked up by their names,
 * so that it outlives a reload that moves them.
 *
 * @param <T> the type
 */
final class TypedMapping<T> implements RecordMapping<T> {

	private final Class<T> type;

	private final List<JavaProperty> properties;

	/** Takes the values of all properties; null for an interface. */
	private final @Nullable MethodHandle constructor;

	TypedMapping(Class<T> type, List<JavaProperty> properties, @Nullable MethodHandle constructor) {
		this.type = type;
		this.properties = properties;
		this.constructor = constructor;
	}

	@Override
	public T toJava(EntityInstance record) {
		@Nullable Object[] values = new @Nullable Object[this.properties.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.properties.get(i).read(record);
		}
		MethodHandle maker = this.constructor;
		return (maker != null) ? this.type.cast(call(maker, values)) : proxy(values);
	}

	private static Object call(MethodHandle maker, @Nullable Object[] values) {
		try {
			return (Object) maker.invokeExact(values);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new FlinError(FlinError.ERROR, "a record could not be made: " + ex, ex);
		}
	}

	private T proxy(@Nullable Object[] values) {
		Map<String, @Nullable Object> byMethod = new LinkedHashMap<>();
		for (int i = 0; i < values.length; i++) {
			byMethod.put(this.properties.get(i).name(), values[i]);
		}
		return this.type.cast(Proxy.newProxyInstance(this.type.getClassLoader(), new Class<?>[] { this.type },
				new Values(this.type, byMethod)));
	}

	@Override
	public long id(T value) {
		return number(value, "id");
	}

	@Override
	public long version(T value) {
		return number(value, "version");
	}

	/**
	 * The id in a value that stands for a reference.
	 * @param what where it stands, for the message
	 */
	long idOf(@Nullable Object value, String what) {
		long id = (value != null) ? number(value, "id") : 0;
		if (id == 0) {
			throw new FlinError("'" + what + "' refers to a " + this.type.getSimpleName()
					+ " without an id: save it first");
		}
		return id;
	}

	private long number(Object value, String what) {
		for (JavaProperty property : this.properties) {
			if (property.isMeta(what)) {
				return (property.get(value) instanceof Number number) ? number.longValue() : 0;
			}
		}
		return 0;
	}

	private @Nullable Object[] entries(T value, FlinContext context) {
		List<@Nullable Object> entries = new ArrayList<>();
		for (JavaProperty property : this.properties) {
			Object given = property.isWritten() ? property.write(value, context) : null;
			if (property.isWritten() && (given != null || property.isOptional())) {
				entries.add(property.field());
				entries.add(given);
			}
		}
		return entries.toArray();
	}

	@Override
	public EntityInstance make(T value, String entity, FlinContext context) {
		return Entities.create(context, entity, entries(value, context));
	}

	@Override
	public EntityInstance assign(T value, EntityInstance record, FlinContext context) {
		for (JavaProperty property : this.properties) {
			if (property.isWritten()) {
				record.set(property.slot(record), property.write(value, context));
			}
		}
		return record;
	}

	/** The values of an interface's getters. Equal to those of the same interface with the same values. */
	private record Values(Class<?> type, Map<String, @Nullable Object> byMethod) implements InvocationHandler {

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
				throws Throwable {
			if (method.getDeclaringClass() == Object.class) {
				return switch (method.getName()) {
					case "equals" -> arguments != null && isSame(arguments[0]);
					case "hashCode" -> hashCode();
					default -> this.type.getSimpleName() + this.byMethod;
				};
			}
			if (this.byMethod.containsKey(method.getName()) && method.getParameterCount() == 0) {
				return this.byMethod.get(method.getName());
			}
			if (method.isDefault()) {
				return Modifier.isPublic(method.getDeclaringClass().getModifiers())
						? InvocationHandler.invokeDefault(proxy, method, arguments) : hidden(proxy, method, arguments);
			}
			throw new FlinBugException(method + " was not mapped");
		}

		/** A default method of an interface that only its own package sees. */
		private static @Nullable Object hidden(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
				throws Throwable {
			Class<?> type = method.getDeclaringClass();
			MethodHandle handle = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.unreflectSpecial(method, type)
				.bindTo(proxy);
			return (arguments != null) ? handle.invokeWithArguments(arguments) : handle.invokeWithArguments();
		}

		private boolean isSame(@Nullable Object other) {
			return other != null && Proxy.isProxyClass(other.getClass())
					&& Proxy.getInvocationHandler(other) instanceof Values values && equals(values);
		}

	}

}
