package dev.flin.runtime;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * A function of the host that programs call like a built-in.
 *
 * @param name its name, with one dot where it belongs to a group
 * @param signature its FLIN signature, such as {@code tax.rate(country: text, year: int? = none) -> number}
 * @param doc Markdown
 * @param code what it does
 */
public record HostFunction(String name, String signature, String doc, Code code) {

	/** What stands in the place of a Java class that has the method. */
	static final String OWNER = "";

	private static final Map<String, String> JAVA_TYPES = Map.ofEntries(Map.entry("int", "J"),
			Map.entry("number", "D"), Map.entry("bool", "Z"), Map.entry("int?", "Ljava/lang/Long;"),
			Map.entry("number?", "Ljava/lang/Double;"), Map.entry("bool?", "Ljava/lang/Boolean;"),
			Map.entry("text", "Ljava/lang/String;"), Map.entry("decimal", "Ljava/math/BigDecimal;"),
			Map.entry("time", "Ljava/time/Instant;"), Map.entry("duration", "Ljava/time/Duration;"),
			Map.entry("money", "Ldev/flin/value/Money;"));

	/** Called on the thread of the run, which may wait. */
	@FunctionalInterface
	public interface Code {

		/**
		 * Gives the result.
		 * @param arguments one for each parameter, of the types that the signature says; null for none
		 */
		@Nullable Object call(FlinContext context, @Nullable Object[] arguments);

	}

	public HostFunction {
		if (!signature.startsWith(name + "(")) {
			throw new IllegalArgumentException("The signature '" + signature + "' is not one of " + name);
		}
		try {
			BuiltinSignature.parse(signature);
		}
		catch (FlinBugException ex) {
			throw new IllegalArgumentException("'" + signature + "' is not a signature", ex);
		}
	}

	/** What the compile side and dynamic calls know of it. */
	BuiltinEntry entry() {
		StringBuilder descriptor = new StringBuilder("(");
		for (BuiltinSignature.Parameter parameter : BuiltinSignature.parse(this.signature).parameters()) {
			descriptor.append(javaType(parameter.type()));
		}
		descriptor.append(")Ljava/lang/Object;");
		return new BuiltinEntry(this.name, List.of(), this.signature, false, OWNER, this.signature,
				descriptor.toString(), true, List.of(), false, false, true, false, null, this.doc, "", "");
	}

	private static String javaType(String type) {
		String known = JAVA_TYPES.get(type);
		if (known == null && type.endsWith("?")) {
			known = JAVA_TYPES.get(type.substring(0, type.length() - 1));
		}
		return (known != null) ? known : type.startsWith("[") && type.indexOf(':') < 0 ? "Ldev/flin/value/FlinList;"
				: "Ljava/lang/Object;";
	}

}
