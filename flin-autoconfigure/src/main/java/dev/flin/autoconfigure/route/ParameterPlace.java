package dev.flin.autoconfigure.route;

import java.lang.reflect.Method;
import java.security.Principal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;

/** Where the value of a parameter of a {@link FlinRoute} method comes from. */
enum ParameterPlace {

	/** It is the request itself. */
	REQUEST,

	PATH,

	/** All values of a key, or the last one. */
	QUERY,

	BODY;

	private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

	private static final List<String> OF_SPRING = List.of("org.springframework.web.", "org.springframework.http.",
			"org.springframework.security.");

	/**
	 * The places of all parameters.
	 * @param httpMethod the method of requests
	 * @param pathNames the names of the parameters of the path
	 * @throws IllegalArgumentException for a parameter that no request has a value for
	 */
	static List<ParameterPlace> of(Method method, String httpMethod, List<String> pathNames) {
		List<ParameterPlace> places = new ArrayList<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			String name = method.getParameters()[i].getName();
			ResolvableType type = ResolvableType.forMethodParameter(method, i);
			boolean hasBody = !WITHOUT_BODY.contains(httpMethod);
			ParameterPlace place = (type.toClass() == FlinRequest.class) ? REQUEST
					: pathNames.contains(name) ? PATH : isOfQuery(type, name, hasBody) ? QUERY : BODY;
			if (place == BODY && (!hasBody || isOfSpring(type.toClass()) || places.contains(BODY))) {
				throw new IllegalArgumentException("the parameter '" + name
						+ "' is neither in the path nor of the query, "
						+ (!hasBody ? "and " + httpMethod + " has no body"
								: places.contains(BODY) ? "and another one is the body" : "and no body either")
						+ "; the rest of the request is in a FlinRequest");
			}
			places.add(place);
		}
		return places;
	}

	private static boolean isOfQuery(ResolvableType type, String name, boolean hasBody) {
		if (name.equals("body")) {
			return false;
		}
		Class<?> raw = type.toClass();
		if (raw == Optional.class) {
			return isText(type.getGeneric().toClass());
		}
		if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
			return !hasBody && isText(raw.isArray() ? type.getComponentType().toClass()
					: type.as(Collection.class).getGeneric().toClass());
		}
		return isText(raw);
	}

	private static boolean isText(Class<?> type) {
		return BeanUtils.isSimpleValueType(type) || TemporalAmount.class.isAssignableFrom(type);
	}

	private static boolean isOfSpring(Class<?> type) {
		return Principal.class.isAssignableFrom(type) || OF_SPRING.stream().anyMatch(type.getName()::startsWith);
	}

}
