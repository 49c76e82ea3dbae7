package dev.flin.runtime.lib;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import dev.flin.port.SignInProviders;
import dev.flin.port.SignInProviders.Attempt;
import dev.flin.runtime.Fakes;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.OneTimeUses;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;

/**
 * The two halves of a sign-in by another service. What the first has to remember for the second is a map that the
 * browser must not be able to read or change: that of a session, or a sealed cookie.
 */
final class OAuthFlow {

	/** How long somebody may take to sign in at the provider. */
	public static final Duration TIME = Duration.ofMinutes(10);

	private static final int RANDOM_BYTES = 32;

	private OAuthFlow() {
	}

	/** {@code url} and {@code saved} of a sign-in that begins. */
	public static FlinMap start(FlinContext context, String provider, String base) {
		FlinFunction fake = Fakes.of(context, "auth_" + provider + "_login");
		if (fake != null && Fakes.call(fake, base) instanceof FlinMap made) {
			return made;
		}
		String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
		if (!root.startsWith("https://") && !root.startsWith("http://")) {
			throw new FlinError("a sign-in needs the address of this application, such as https://shop.example");
		}
		Attempt attempt = new Attempt(root + "/auth/" + provider + "/callback", random(context), random(context),
				random(context));
		try {
			String address = providers(context).address(provider, attempt);
			FlinMap saved = FlinMap.of("provider", provider, "redirect", attempt.redirect(), "state", attempt.state(),
					"nonce", attempt.nonce(), "verifier", attempt.verifier());
			saved.put("until", context.now().plus(TIME));
			return FlinMap.of("url", address, "saved", saved);
		}
		catch (SignInProviders.Refused ex) {
			throw new FlinError(FlinError.ERROR, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** The profile of who came back; null when it is not who went, or came too late or twice. */
	public static @Nullable FlinMap finish(FlinContext context, String provider, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved, @Nullable String user) {
		FlinFunction fake = Fakes.of(context, "auth_" + provider + "_callback");
		if (fake != null) {
			return (Fakes.call(fake, code, state, saved) instanceof FlinMap made) ? made : null;
		}
		if (!(saved instanceof FlinMap kept) || !(code instanceof String given) || !(state instanceof String sent)
				|| given.isEmpty() || !provider.equals(kept.get("provider"))
				|| !CryptoFunctions.constantTimeEquals(text(kept, "state"), sent)) {
			return null;
		}
		Instant until = moment(kept.get("until"));
		Instant now = context.now();
		boolean first = until != null && now.isBefore(until)
				&& context.require(OneTimeUses.class, "a sign-in").claim("oauth " + sent, until, now);
		if (!first) {
			return null;
		}
		Attempt attempt = new Attempt(text(kept, "redirect"), sent, text(kept, "nonce"), text(kept, "verifier"));
		try {
			FlinMap profile = new FlinMap();
			providers(context).profile(provider, given, user, attempt, now).forEach(profile::put);
			return profile;
		}
		catch (SignInProviders.Refused ex) {
			throw new FlinError(FlinError.ERROR, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** A moment, also as it comes back from a text. */
	private static @Nullable Instant moment(@Nullable Object value) {
		return (value instanceof Instant time) ? time : (value instanceof Long seconds)
				? Instant.ofEpochSecond(seconds) : null;
	}

	private static String text(FlinMap map, String key) {
		return (map.get(key) instanceof String text && !text.isEmpty()) ? text : "none";
	}

	private static String random(FlinContext context) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(CryptoFunctions.randomBytes(context,
				RANDOM_BYTES));
	}

	private static SignInProviders providers(FlinContext context) {
		return context.require(SignInProviders.class, "a sign-in");
	}

}
