package dev.flin.autoconfigure.route;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.validation.Validator;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.http.route.GuardSpec;
import dev.flin.http.route.RoutePath;
import dev.flin.http.route.RouteSpec;
import dev.flin.http.route.RouteTable;

/**
 * Puts {@link FlinRoute} methods of all beans into the route table once the beans are there.
 */
final class FlinRouteRegistrar implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(FlinRouteRegistrar.class);

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	private static final String VALIDATOR = "webFluxValidator";

	private final ListableBeanFactory beans;

	private final FlinEngine engine;

	private final ConversionService conversions;

	private final JavaValues values;

	FlinRouteRegistrar(ListableBeanFactory beans, FlinEngine engine, ConversionService conversions,
			JavaValues values) {
		this.beans = beans;
		this.engine = engine;
		this.conversions = conversions;
		this.values = values;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<RouteSpec> routes = new ArrayList<>();
		for (String name : this.beans.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = this.beans.getType(name, false);
			if (type != null && !ClassUtils.getUserClass(type).getName().startsWith("org.springframework.")) {
				find(name, ClassUtils.getUserClass(type), routes);
			}
		}
		if (!routes.isEmpty()) {
			this.engine.addRoutes(routes);
		}
		for (RouteTable.Conflict hidden : this.engine.routes().conflicts()) {
			logger.warn("{} {} of {} is never reached: {} has its path", hidden.second().method(),
					hidden.second().path(), hidden.second().origin(), hidden.first().origin());
		}
	}

	private void find(String bean, Class<?> type, List<RouteSpec> routes) {
		Map<Method, FlinRoute> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<FlinRoute>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, FlinRoute.class));
		methods.forEach((method, route) -> routes.add(spec(bean, method, route)));
	}

	private RouteSpec spec(String bean, Method method, FlinRoute route) {
		try {
			RoutePath path = RoutePath.of(route.path());
			String httpMethod = route.method().toUpperCase(Locale.ROOT);
			if (!METHODS.contains(httpMethod)) {
				throw new IllegalArgumentException("'" + route.method() + "' is not a method such as GET or POST");
			}
			List<ParameterPlace> places = ParameterPlace.of(method, httpMethod, path.names());
			RouteDescriber.checkResult(ResolvableType.forMethodReturnType(method));
			RouteParameters parameters = new RouteParameters(method, places, this.conversions, this.values,
					this::validator);
			RouteMethod handler = new RouteMethod(method, () -> this.beans.getBean(bean), parameters, this.values);
			String origin = ClassUtils.getQualifiedMethodName(method);
			List<GuardSpec> guards = Stream.of(route.guards()).map((guard) -> GuardText.parse(guard, origin)).toList();
			return new RouteSpec(RouteSpec.Kind.ROUTE, httpMethod, path,
					origin, guards, null, null, handler,
					RouteSpec.Traits.described(RouteDescriber.of(method, places)));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFlinRouteException(method, ex);
		}
	}

	/** What the application's controllers are validated by: Bean Validation where that is on the class path. */
	private @Nullable Validator validator() {
		return this.beans.containsBean(VALIDATOR) ? this.beans.getBean(VALIDATOR, Validator.class) : null;
	}

}
