package dev.flin.runtime;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.port.ServicePort;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinFunction;

/**
 * Reads {@link Builtin} methods by reflection: the only reader of the annotation.
 */
final class BuiltinReader {

	private BuiltinReader() {
	}

	static List<BuiltinEntry> read(List<Class<?>> libraries) {
		List<BuiltinEntry> entries = new ArrayList<>();
		for (Class<?> library : libraries) {
			Method[] declared = library.getDeclaredMethods();
			// The JVM gives methods in no particular order.
			Arrays.sort(declared, Comparator.comparing(Method::getName).thenComparing(BuiltinReader::descriptor));
			for (Method method : declared) {
				Builtin builtin = method.getAnnotation(Builtin.class);
				if (builtin != null) {
					entries.add(entry(library, method, builtin, declared));
				}
			}
		}
		return entries;
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
				service(builtin.service()), builtin.doc(), builtin.example(), builtin.errors());
	}

	private static BuiltinEntry.@Nullable Service service(Class<?> port) {
		if (port == void.class) {
			return null;
		}
		ServicePort service = port.getAnnotation(ServicePort.class);
		if (service == null) {
			throw new FlinBugException(port + " is no port of a service");
		}
		return new BuiltinEntry.Service(port.getName(), service.value(), List.of(service.dependencies()));
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
