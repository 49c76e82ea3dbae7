package dev.flin.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * Where generated code calls functions of the host: by their signature, because no class of the host is known to it.
 */
public final class HostCalls {

	private static final MethodHandle CALL;

	static {
		try {
			CALL = MethodHandles.lookup()
				.findStatic(HostCalls.class, "call", MethodType.methodType(Object.class, FlinContext.class,
						String.class, Object[].class));
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("functions of the host cannot be reached", ex);
		}
	}

	private HostCalls() {
	}

	public static @Nullable Object call(FlinContext context, String signature, @Nullable Object[] arguments) {
		return context.builtins().host(signature).call(context, arguments);
	}

	/** Takes the context and the parameters that the entry's descriptor says. */
	static MethodHandle handle(BuiltinEntry entry) {
		MethodType type = MethodType.fromMethodDescriptorString(entry.descriptor(), HostCalls.class.getClassLoader());
		return MethodHandles.insertArguments(CALL, 1, entry.method())
			.asCollector(Object[].class, type.parameterCount())
			.asType(type.insertParameterTypes(0, FlinContext.class));
	}

}
