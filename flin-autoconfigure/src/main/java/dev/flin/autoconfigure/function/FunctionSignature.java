package dev.flin.autoconfigure.function;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The signature that a Java method has in FLIN.
 *
 * @param text as FLIN writes it
 * @param resultMayBeNone whether the method may give null
 */
record FunctionSignature(String text, boolean resultMayBeNone) {

	private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]*(\\.[a-z][A-Za-z0-9_]*)?");

	private static final Pattern HIDDEN_NAME = Pattern.compile("arg\\d+");

	private static final boolean REACTIVE = ClassUtils.isPresent("org.reactivestreams.Publisher",
			FunctionSignature.class.getClassLoader());

	/**
	 * Reads a method.
	 * @throws InvalidFlinFunctionException when FLIN cannot call it
	 */
	static FunctionSignature of(Method method, String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidFlinFunctionException(method, "'" + name + "' is not a name of a function",
					"Name it like 'tax.rate' or 'rate': words that begin with a small letter, and at most one dot.");
		}
		StringJoiner parameters = new StringJoiner(", ", name + "(", ")");
		for (int i = 0; i < method.getParameterCount(); i++) {
			parameters.add(parameter(method, i));
		}
		Result result = result(method);
		return new FunctionSignature(parameters + " -> " + result.type(), result.mayBeNone());
	}

	/** What FLIN takes, without what it gives: no two functions may have the same. */
	String parameters() {
		return this.text.substring(0, this.text.lastIndexOf(" -> "));
	}

	private static String parameter(Method method, int index) {
		Parameter parameter = method.getParameters()[index];
		String name = parameter.getName();
		if (!parameter.isNamePresent() && HIDDEN_NAME.matcher(name).matches()) {
			throw new InvalidFlinFunctionException(method, "the names of its parameters are not in the class file",
					"Compile with the option -parameters, as Spring Boot's build plugins do.");
		}
		ResolvableType type = ResolvableType.forMethodParameter(method, index);
		if (parameter.isVarArgs()) {
			return "..." + name + ": " + type(method, type.getComponentType(), name);
		}
		boolean optional = type.resolve() == Optional.class;
		String flin = type(method, optional ? type.getGeneric(0) : type, name);
		return name + ": " + ((optional || isNullable(parameter, parameter.getAnnotatedType()))
				? optional(flin) + " = none" : flin);
	}

	private record Result(String type, boolean mayBeNone) {
	}

	private static Result result(Method method) {
		ResolvableType type = ResolvableType.forMethodReturnType(method);
		Class<?> raw = type.toClass();
		if (raw == void.class || raw == Void.class) {
			return new Result("none", true);
		}
		boolean none = isNullable(method, method.getAnnotatedReturnType());
		if (raw == Optional.class) {
			return new Result(optional(type(method, type.getGeneric(0), "the result")), true);
		}
		if (CompletionStage.class.isAssignableFrom(raw)) {
			return later(method, type.as(CompletionStage.class).getGeneric(0), none);
		}
		if (REACTIVE && Publisher.class.isAssignableFrom(raw)) {
			ResolvableType element = type.as(Publisher.class).getGeneric(0);
			return raw.getSimpleName().equals("Mono") ? later(method, element, true)
					: new Result("[" + type(method, element, "the result") + "]", false);
		}
		String flin = type(method, type, "the result");
		return new Result(none ? optional(flin) : flin, none || flin.equals("any"));
	}

	private static Result later(Method method, ResolvableType value, boolean none) {
		if (value.toClass() == Void.class) {
			return new Result("none", true);
		}
		String flin = type(method, value, "the result");
		return new Result(none ? optional(flin) : flin, none || flin.equals("any"));
	}

	private static String optional(String type) {
		return type.equals("any") ? type : type + "?";
	}

	private static String type(Method method, ResolvableType type, String of) {
		String found = FunctionTypes.of(type);
		if (found == null) {
			throw new InvalidFlinFunctionException(method,
					"the type of " + of + ", " + type + ", has no type of FLIN that it could be",
					"Use a number, boolean, String, BigDecimal, Instant, Duration, Money, an enum, a record, a List or "
							+ "Map of those, or Object.");
		}
		return found;
	}

	private static boolean isNullable(AnnotatedElement element, AnnotatedElement type) {
		List<Annotation> all = new ArrayList<>(List.of(element.getAnnotations()));
		all.addAll(List.of(type.getAnnotations()));
		return all.stream().anyMatch((each) -> each.annotationType().getSimpleName().equals("Nullable"));
	}

}
