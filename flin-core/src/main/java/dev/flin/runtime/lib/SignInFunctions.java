package dev.flin.runtime.lib;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.flin.port.ForeignTokens;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.Fakes;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.OneTimeUses;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Signing in by what another service says of somebody.
 */
public final class SignInFunctions {

	/** How old a sign-in may be when it arrives. */
	private static final Duration AGE_MAX = Duration.ofMinutes(15);

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

	private static final String FIREBASE_KEYS =
			"https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com";

	private static final String FIREBASE_ISSUER = "https://securetoken.google.com/";

	private static final Pattern FIELD = Pattern.compile("[a-z_]{1,64}");

	private static final Pattern PROJECT = Pattern.compile("[a-z0-9-]{4,64}");

	private static final String MAC = "HmacSHA256";

	private SignInFunctions() {
	}

	@Builtin(value = "verify_telegram_login(data: map, bot_token: text) -> any", serverOnly = true,
			doc = "What Telegram's login widget has sent (`query` of its redirect): `id`, `first_name`, `username` and "
					+ "so on. None when it is not from Telegram, older than 15 minutes, or was used before.",
			example = "verify_telegram_login({ id: \"7\", hash: \"00\" }, \"123:token\") // none",
			errors = "verify_telegram_login({ id: \"7\" }, \"\") // verify_telegram_login needs the token of the bot")
	public static @Nullable Object verifyTelegramLogin(FlinContext context, FlinMap data, String botToken) {
		if (botToken.isEmpty()) {
			throw new FlinError("verify_telegram_login needs the token of the bot");
		}
		Map<String, String> fields = new TreeMap<>();
		data.forEach((name, value) -> {
			if (value != null) {
				fields.put(String.valueOf(name), Printer.interpolate(value));
			}
		});
		if (!fields.entrySet().stream().allMatch(SignInFunctions::isOneLine)) {
			return null;
		}
		String hash = fields.remove("hash");
		String checked = fields.entrySet()
			.stream()
			.map((each) -> each.getKey() + "=" + each.getValue())
			.collect(Collectors.joining("\n"));
		if (hash == null || !CryptoFunctions.constantTimeEquals(hash, mac(checked, botToken))) {
			return null;
		}
		long now = context.now().getEpochSecond();
		String date = fields.getOrDefault("auth_date", "");
		long signedIn = date.matches("[0-9]{1,12}") ? Long.parseLong(date) : 0;
		boolean fresh = signedIn <= now + CLOCK_SKEW.toSeconds() && signedIn > now - AGE_MAX.toSeconds();
		boolean first = fresh && context.require(OneTimeUses.class, "a sign-in")
			.claim("telegram " + hash, context.now().plus(AGE_MAX).plus(CLOCK_SKEW), context.now());
		return first ? FlinMap.copyOf(fields) : null;
	}

	/** Lines are what the digest is over: a name with a line break in it must not pass for two fields. */
	private static boolean isOneLine(Map.Entry<String, String> field) {
		return FIELD.matcher(field.getKey()).matches() && field.getValue().indexOf('\n') < 0;
	}

	@Builtin(value = "verify_firebase_token(token: text?, project: text) -> any", serverOnly = true,
			service = ForeignTokens.class,
			doc = "The claims of an id token of Firebase Authentication for a project (`sub` is the user); none "
					+ "for one "
					+ "that is not good now.",
			example = "verify_firebase_token(none, \"shop-1\") // none")
	public static @Nullable Object verifyFirebaseToken(FlinContext context, @Nullable String token, String project) {
		if (!PROJECT.matcher(project).matches()) {
			throw new FlinError("verify_firebase_token needs the id of a project, not " + Printer.quoted(project));
		}
		FlinFunction fake = Fakes.of(context, "verify_firebase_token");
		if (fake != null) {
			return Fakes.call(fake, token, project);
		}
		FlinMap claims = foreign(context, token, FIREBASE_KEYS);
		boolean good = claims != null && (FIREBASE_ISSUER + project).equals(claims.get("iss"))
				&& project.equals(claims.get("aud"))
				&& claims.get("sub") instanceof String user && !user.isEmpty()
				&& claims.get("auth_time") instanceof Long since
				&& since <= context.now().getEpochSecond() + CLOCK_SKEW.toSeconds();
		return good ? claims : null;
	}

	@Builtin(value = "verify_clerk_token(token: text?, issuer: text, parties: [text]? = none) -> any",
			serverOnly = true, service = ForeignTokens.class,
			doc = "The claims of a session token of Clerk (`sub` is the user); none for one that is not good now, or "
					+ "whose sign-in is not complete. The issuer is the address of the frontend API, such as "
					+ "`https://clerk.shop.example`; parties are the origins that may have asked for it (`azp`).",
			example = "verify_clerk_token(none, \"https://clerk.shop.example\") // none",
			errors = "verify_clerk_token(\"a\", \"clerk\") // "
					+ "verify_clerk_token needs the https address of the frontend API, not \"clerk\"")
	public static @Nullable Object verifyClerkToken(FlinContext context, @Nullable String token, String issuer,
			@Nullable FlinList parties) {
		if (!issuer.startsWith("https://") || issuer.endsWith("/")) {
			throw new FlinError("verify_clerk_token needs the https address of the frontend API, not "
					+ Printer.quoted(issuer));
		}
		FlinFunction fake = Fakes.of(context, "verify_clerk_token");
		if (fake != null) {
			return Fakes.call(fake, token, issuer, parties);
		}
		FlinMap claims = foreign(context, token, issuer + "/.well-known/jwks.json");
		boolean good = claims != null && issuer.equals(claims.get("iss"))
				&& claims.get("sub") instanceof String user && !user.isEmpty()
				&& !"pending".equals(claims.get("sts"))
				&& (parties == null || claims.get("azp") == null || parties.contains(claims.get("azp")));
		return good ? claims : null;
	}

	private static @Nullable FlinMap foreign(FlinContext context, @Nullable String token, String keySet) {
		String bare = TokenFunctions.bare(token);
		if (bare == null) {
			return null;
		}
		try {
			String payload = context.require(ForeignTokens.class, "a token").verify(bare, keySet);
			return TokenFunctions.valid(context, payload, true);
		}
		catch (IllegalStateException ex) {
			throw new FlinError(FlinError.ERROR, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static String mac(String text, String botToken) {
		try {
			byte[] key = MessageDigest.getInstance("SHA-256").digest(botToken.getBytes(StandardCharsets.UTF_8));
			Mac mac = Mac.getInstance(MAC);
			mac.init(new SecretKeySpec(key, MAC));
			return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("every JDK has SHA-256", ex);
		}
	}

}
