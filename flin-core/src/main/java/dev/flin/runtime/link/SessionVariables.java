package dev.flin.runtime.link;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;

/** The variables of an interactive session. Code that was compiled at different times shares them. */
public final class SessionVariables {

	private final Map<String, @Nullable Object> values = new HashMap<>();

	/** Reads a variable; generated code calls it. */
	public static @Nullable Object get(FlinContext context, String name) {
		Map<String, @Nullable Object> values = context.require(SessionVariables.class, "'" + name + "'").values;
		Object value = values.get(name);
		if (value == null && !values.containsKey(name)) {
			throw new FlinError("'" + name + "' has no value yet");
		}
		return value;
	}

	/** Assigns a variable; generated code calls it. */
	public static void set(FlinContext context, String name, @Nullable Object value) {
		context.require(SessionVariables.class, "'" + name + "'").values.put(name, value);
	}

	/** The variables that have a value, which may be none. */
	public Set<String> names() {
		return Set.copyOf(this.values.keySet());
	}

}
