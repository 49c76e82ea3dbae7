package dev.flin.autoconfigure.function;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.core.JacksonException;

import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.autoconfigure.values.Mismatch;
import dev.flin.autoconfigure.values.Results;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.HostFunction;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/** Calls a method of a bean as a function of FLIN. */
final class FunctionMethod implements HostFunction.Code {

	private final String name;

	private final Method method;

	private final FunctionSignature signature;

	private final Supplier<Object> bean;

	private final Supplier<JavaValues> values;

	/**
	 * @param bean gives the bean when the function is called first
	 * @param values converts, also only then
	 */
	FunctionMethod(String name, Method method, FunctionSignature signature, Supplier<Object> bean,
			Supplier<JavaValues> values) {
		this.name = name;
		this.method = method;
		this.signature = signature;
		this.bean = bean;
		this.values = values;
		method.trySetAccessible();
	}

	@Override
	public @Nullable Object call(FlinContext context, @Nullable Object[] arguments) {
		@Nullable Object[] converted = new @Nullable Object[arguments.length];
		for (int i = 0; i < converted.length; i++) {
			converted[i] = checked(i, arguments[i]);
		}
		Object result = this.values.get().toFlin(call(converted));
		if (result == null && !this.signature.resultMayBeNone()) {
			throw new FlinError("'" + this.name + "' gave none, which its type does not allow");
		}
		return result;
	}

	private @Nullable Object call(@Nullable Object[] arguments) {
		try {
			return Results.call(this.method, this.bean.get(), arguments);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new FlinError(FlinError.ERROR, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** A text need be no constant of an enum, and an int of FLIN may be too large for one of Java. */
	private @Nullable Object checked(int index, @Nullable Object value) {
		try {
			return argument(index, value);
		}
		catch (JacksonException ex) {
			String parameter = this.method.getParameters()[index].getName();
			Mismatch mismatch = Mismatch.of(parameter, ex);
			String place = mismatch.place().equals(parameter) ? "" : " (" + mismatch.place() + ")";
			throw new FlinError(FlinError.ERROR,
					"'" + this.name + "': " + parameter + place + " " + mismatch.message(), ex);
		}
	}

	private @Nullable Object argument(int index, @Nullable Object value) {
		ResolvableType type = ResolvableType.forMethodParameter(this.method, index);
		if (type.resolve() == Optional.class) {
			return Optional.ofNullable(convert(value, type.getGeneric(0).getType()));
		}
		if (this.method.getParameters()[index].isVarArgs() && value instanceof FlinList rest) {
			Class<?> element = type.getComponentType().toClass();
			Object array = Array.newInstance(element, rest.size());
			for (int i = 0; i < rest.size(); i++) {
				Array.set(array, i, convert(rest.get(i), element));
			}
			return array;
		}
		return convert(value, type.getType());
	}

	private @Nullable Object convert(@Nullable Object value, Type type) {
		return this.values.get().toJava((value instanceof FlinList list) ? List.of(list.toArray()) : value, type);
	}

}
