package dev.flin.autoconfigure.function;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.runtime.HostFunction;

/**
 * Gives the engine the {@link FlinFunction} methods of all beans. It looks at types alone: a bean is made when one of
 * its functions is called first, so that it may itself use the engine.
 */
final class FlinFunctionScanner implements FlinEngineCustomizer {

	private final ListableBeanFactory beans;

	private final Supplier<JavaValues> values;

	FlinFunctionScanner(ListableBeanFactory beans, Supplier<JavaValues> values) {
		this.beans = beans;
		this.values = values;
	}

	@Override
	public void customize(FlinEngine.Builder builder) {
		List<Found> all = new ArrayList<>();
		for (String name : this.beans.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = this.beans.getType(name, false);
			if (type != null && !ClassUtils.getUserClass(type).getName().startsWith("org.springframework.")) {
				all.addAll(find(name, ClassUtils.getUserClass(type)));
			}
		}
		if (!all.isEmpty()) {
			check(all);
			all.forEach((found) -> builder.function(found.function()));
		}
	}

	private record Found(Method method, FunctionSignature signature, HostFunction function) {
	}

	private static void check(List<Found> all) {
		Set<String> builtins = Set.copyOf(FlinEngine.builtinNames());
		Set<String> known = new HashSet<>();
		for (Found found : all) {
			if (builtins.contains(found.function().name())) {
				throw new InvalidFlinFunctionException(found.method(),
						"'" + found.function().name() + "' is a built-in of FLIN already",
						"Give it another name, for example with a group in front of it: 'shop."
								+ found.function().name() + "'.");
			}
			if (!known.add(found.signature().parameters())) {
				throw new InvalidFlinFunctionException(found.method(),
						"there is another function " + found.signature().parameters(),
						"Give one of them another name or other parameters.");
			}
		}
	}

	private List<Found> find(String bean, Class<?> type) {
		Map<Method, FlinFunction> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<FlinFunction>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, FlinFunction.class));
		List<Found> functions = new ArrayList<>();
		methods.forEach((method, annotation) -> {
			FunctionSignature signature = FunctionSignature.of(method, annotation.value());
			FunctionMethod code = new FunctionMethod(annotation.value(), method, signature,
					() -> this.beans.getBean(bean), this.values);
			functions.add(new Found(method, signature,
					new HostFunction(annotation.value(), signature.text(), annotation.doc(), code)));
		});
		return functions;
	}

}
