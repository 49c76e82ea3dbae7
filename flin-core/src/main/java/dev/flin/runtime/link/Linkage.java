package dev.flin.runtime.link;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Members;
import dev.flin.value.FlinBugException;
import org.jspecify.annotations.Nullable;

/** Links the call sites of operations that are chosen by their operands. */
public final class Linkage {

	private Linkage() {
	}

	/**
	 * Links one call site.
	 * @param operation what is done
	 * @param name the member
	 * @param what how the receiver is written, for messages
	 */
	public static CallSite bootstrap(MethodHandles.Lookup lookup, String operation, MethodType type, String name,
			String what) {
		try {
			MethodHandles.Lookup own = MethodHandles.lookup();
			MethodHandle target = switch (operation) {
				case "getMember" -> own.findStatic(Linkage.class, "getMember", MethodType.methodType(Object.class,
						String.class, String.class, FlinContext.class, Object.class));
				case "callMethod" -> own.findStatic(Linkage.class, "callMethod",
						MethodType.methodType(Object.class, String.class, String.class, FlinContext.class, Object.class,
								Object[].class));
				default -> throw new FlinBugException("unknown operation " + operation);
			};
			return new ConstantCallSite(MethodHandles.insertArguments(target, 0, name, what).asType(type));
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("operation " + operation + " cannot be linked", ex);
		}
	}

	private static @Nullable Object getMember(String name, String what, FlinContext context, @Nullable Object value) {
		return Members.getMember(context, value, name, what);
	}

	private static @Nullable Object callMethod(String name, String what, FlinContext context, @Nullable Object value,
			@Nullable Object[] args) {
		return Members.callMethod(context, value, name, args, what);
	}

}
