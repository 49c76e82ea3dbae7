package dev.flin.lower;

import java.util.List;

import dev.flin.types.BuiltinSignatures;

/** Where built-ins are implemented. */
public interface BuiltinTargets {

	/**
	 * A public static Java method.
	 *
	 * @param owner internal name of the class; empty for a function of the host, whose method is its signature
	 * @param takesContext whether the context is the first Java parameter
	 * @param specializations descriptors of overloads on unboxed values, without the context
	 */
	record Target(String owner, String method, String descriptor, boolean takesContext, List<String> specializations) {

		public Target {
			specializations = List.copyOf(specializations);
		}

	}

	Target target(BuiltinSignatures.Row row);

}
