package dev.flin.runtime;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.flin.value.FlinBugException;
import dev.flin.value.FlinFunction;

/**
 * All built-ins of an engine. The one reader of {@link Builtin}: everybody else works with its entries.
 */
public final class BuiltinCatalog {

	private final List<BuiltinEntry> entries;

	private final Map<String, List<BuiltinEntry>> byName;

	/** The Java methods in the order of the entries, for dynamic dispatch. */
	private final Map<BuiltinEntry, Method> methods;

	private BuiltinCatalog(Map<BuiltinEntry, Method> methods) {
		this.methods = methods;
		this.entries = List.copyOf(methods.keySet());
		this.byName = new HashMap<>();
		for (BuiltinEntry entry : this.entries) {
			name(entry.name(), entry);
			entry.aliases().forEach(alias -> name(alias, entry));
		}
		this.byName.values().forEach(overloads -> overloads.sort(Comparator.comparing(this::rank)));
	}

	/** Reads library classes, in this order. */
	public static BuiltinCatalog of(List<Class<?>> libraries) {
		Map<BuiltinEntry, Method> methods = new LinkedHashMap<>();
		for (Class<?> library : libraries) {
			read(library, methods);
		}
		return new BuiltinCatalog(methods);
	}

	public List<BuiltinEntry> entries() {
		return this.entries;
	}

	/** The overloads of a name or alias, in the order in which they are tried; empty for an unknown name. */
	public List<BuiltinEntry> named(String name) {
		return this.byName.getOrDefault(name, List.of());
	}

	/** All names and aliases. */
	public List<String> names() {
		List<String> names = new ArrayList<>(this.byName.keySet());
		Collections.sort(names);
		return names;
	}

	Method method(BuiltinEntry entry) {
		Method method = this.methods.get(entry);
		if (method == null) {
			throw new FlinBugException("built-in '" + entry.name() + "' is of another catalog");
		}
		return method;
	}

	private void name(String name, BuiltinEntry entry) {
		List<BuiltinEntry> overloads = this.byName.computeIfAbsent(name, unused -> new ArrayList<>(1));
		if (!overloads.contains(entry)) {
			overloads.add(entry);
		}
	}

	private static void read(Class<?> library, Map<BuiltinEntry, Method> methods) {
		Method[] declared = library.getDeclaredMethods();
		// The JVM gives methods in no particular order.
		Arrays.sort(declared, Comparator.comparing(Method::getName).thenComparing(BuiltinCatalog::descriptor));
		for (Method method : declared) {
			Builtin builtin = method.getAnnotation(Builtin.class);
			if (builtin != null) {
				methods.put(entry(library, method, builtin, declared), method);
			}
		}
	}

	/** Overloads are tried in a fixed order: those with special parameter types before those that take anything. */
	private String rank(BuiltinEntry entry) {
		StringBuilder rank = new StringBuilder();
		for (Class<?> type : method(entry).getParameterTypes()) {
			if (type != FlinContext.class) {
				rank.append((type == Object.class) ? 'z' : (type == long.class) ? 'a' : (type == double.class) ? 'b' : 'c');
			}
		}
		boolean generic = entry.signature().indexOf('<') >= 0;
		return rank + (generic ? "z" : "a") + entry.owner() + entry.descriptor();
	}

	private static BuiltinEntry entry(Class<?> library, Method method, Builtin builtin, Method[] declared) {
		int modifiers = method.getModifiers();
		if (!Modifier.isPublic(modifiers) || !Modifier.isStatic(modifiers)
				|| !Modifier.isPublic(library.getModifiers())) {
			throw new FlinBugException("built-in method " + method + " is not public static in a public class");
		}
		String signature = builtin.value();
		int end = 0;
		while (end < signature.length() && "(<:".indexOf(signature.charAt(end)) < 0) {
			end++;
		}
		boolean isValue = end < signature.length() && signature.charAt(end) == ':';
		Class<?>[] parameters = method.getParameterTypes();
		boolean takesContext = parameters.length > 0 && parameters[0] == FlinContext.class;
		boolean pure = !takesContext && !builtin.mutates() && !Arrays.asList(parameters).contains(FlinFunction.class);
		return new BuiltinEntry(signature.substring(0, end).trim(), List.of(builtin.aliases()), signature, isValue,
				library.getName().replace('.', '/'), method.getName(), descriptor(method), takesContext,
				specializations(method, declared), builtin.mutates(), builtin.browserOnly(), builtin.serverOnly(), pure,
				builtin.doc(), builtin.example());
	}

	private static List<String> specializations(Method method, Method[] declared) {
		List<String> found = new ArrayList<>(0);
		for (Method other : declared) {
			if (other.getName().equals(method.getName()) && other.getParameterCount() == method.getParameterCount()
					&& other.isAnnotationPresent(Specialized.class)) {
				found.add(descriptor(other));
			}
		}
		return found;
	}

	private static String descriptor(Method method) {
		return MethodType.methodType(method.getReturnType(), method.getParameterTypes()).toMethodDescriptorString();
	}

}
