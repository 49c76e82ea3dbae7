package dev.flin.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinFunction;

/**
 * What tests let stand in for built-ins that reach outside of the application. Safe for any number of threads.
 */
public final class Fakes {

	private static final Set<String> OUTSIDE = Set.of("http_get", "http_post", "http_put", "http_patch", "http_delete",
			"whatsapp_send_otp", "verify_firebase_token", "verify_clerk_token");

	private static final String SIGN_IN = "auth_[a-z]+_(login|callback)";

	private final Map<String, FlinFunction> byName = new ConcurrentHashMap<>();

	/** Whether a built-in reaches outside. */
	public static boolean areFor(String name) {
		return OUTSIDE.contains(name) || name.matches(SIGN_IN);
	}

	/** From now on a function is called in the place of a built-in. */
	public void put(String name, FlinFunction function) {
		this.byName.put(name, function);
	}

	/** What is called in the place of a built-in; null when that itself is. */
	public static @Nullable FlinFunction of(FlinContext context, String name) {
		Fakes known = context.service(Fakes.class);
		return (known != null) ? known.byName.get(name) : null;
	}

	/** Calls a fake with as many of the arguments as it takes. */
	public static @Nullable Object call(FlinFunction fake, @Nullable Object... arguments) {
		int taken = fake.takesRest() ? arguments.length : Math.min(fake.arity(), arguments.length);
		return fake.callN(Arrays.copyOf(arguments, taken));
	}

}
