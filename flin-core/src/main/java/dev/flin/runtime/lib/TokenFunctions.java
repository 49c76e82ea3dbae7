package dev.flin.runtime.lib;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.port.TokenSigner;
import dev.flin.runtime.ApplicationSecret;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.OneTimeUses;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * JSON Web Tokens: what their claims mean. Signatures are made and checked by the host's {@link TokenSigner}.
 */
public final class TokenFunctions {

	/** What this host and the one that issued a token may be apart. */
	private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

	/** The longest that a token may be good. */
	public static final Duration LIFETIME_MAX = Duration.ofDays(3660);

	private static final Pattern LIFETIME = Pattern.compile("(\\d{1,9})\\s*([smhdw])");

	private static final String BEARER = "bearer ";

	private static final String USED = "token ";

	private static final String PURPOSE = "token";

	private static final int ID_BYTES = 16;

	/** What each token has of its own. */
	private static final Set<String> OWN_CLAIMS = Set.of("iat", "exp", "nbf", "jti");

	private TokenFunctions() {
	}

	@Builtin(value = "create_token(user: any, options: map? = none) -> text", serverOnly = true,
			service = TokenSigner.class,
			doc = "A signed token (JWT) for a user: a record, a map with an `id`, or an id, which becomes the claim "
					+ "`sub`. Options are `expires` (`\"7d\"` or a duration) and `claims`, a map of further claims.",
			example = "create_token(7, { expires: \"7d\" }).split(\".\").len // 3",
			errors = "create_token(7, { expires: \"soon\" }) // "
					+ "'expires' is a time such as \"15m\", \"12h\", \"7d\" or 7.days, not soon")
	public static String createToken(FlinContext context, @Nullable Object user, @Nullable FlinMap options) {
		FlinMap given = (options != null) ? options : new FlinMap();
		for (Object key : given.keySet()) {
			if (!"expires".equals(key) && !"claims".equals(key)) {
				throw new FlinError("create_token has the options expires and claims, not " + Printer.quoted(
						String.valueOf(key)));
			}
		}
		FlinMap claims = new FlinMap();
		if (given.get("claims") instanceof Map<?, ?> more) {
			more.forEach((name, value) -> claims.put(String.valueOf(name), value));
		}
		claims.put("sub", subject(user));
		claims.remove("entity");
		if (user instanceof EntityInstance entity) {
			claims.put("entity", entity.shape().name());
		}
		Object expires = given.get("expires");
		return sign(context, claims, (expires != null) ? lifetime(expires) : signer(context).lifetime());
	}

	@Builtin(value = "verify_token(token: text?) -> any", serverOnly = true, service = TokenSigner.class,
			doc = "The claims of a token that `create_token` made; none for a token that is expired, revoked, was "
					+ "refreshed, or is not from here. A leading `Bearer ` is passed over.",
			example = "verify_token(create_token(7)).sub // \"7\"")
	public static @Nullable Object verifyToken(FlinContext context, @Nullable String token) {
		FlinMap claims = claims(context, token);
		return (claims == null || uses(context).find(USED + claims.get("jti"), context.now()) != null) ? null : claims;
	}

	@Builtin(value = "refresh_token(token: text?) -> text?", serverOnly = true, service = TokenSigner.class,
			doc = "A new token with the claims and lifetime of one that is still good, which is used up by it: it "
					+ "cannot be refreshed again and is refused from now on. None when it was not good.",
			example = "verify_token(refresh_token(create_token(7))).sub // \"7\"")
	public static @Nullable String refreshToken(FlinContext context, @Nullable String token) {
		FlinMap claims = claims(context, token);
		if (claims == null || !useUp(context, claims)) {
			return null;
		}
		long lifetime = seconds(claims.get("exp")) - seconds(claims.get("iat"));
		FlinMap next = new FlinMap();
		claims.forEach((name, value) -> {
			if (!OWN_CLAIMS.contains(String.valueOf(name))) {
				next.put(String.valueOf(name), value);
			}
		});
		return sign(context, next, Duration.ofSeconds(Math.max(1, lifetime)));
	}

	@Builtin(value = "revoke_token(token: text?) -> bool", serverOnly = true, service = TokenSigner.class,
			doc = "Refuses a token from now on; `false` when it was not good.",
			example = "revoke_token(create_token(7)) // true")
	public static boolean revokeToken(FlinContext context, @Nullable String token) {
		FlinMap claims = claims(context, token);
		return claims != null && useUp(context, claims);
	}

	@Builtin(value = "jwt_encode(claims: map, key: text, algorithm: text = \"HS256\") -> text", serverOnly = true,
			service = TokenSigner.class,
			doc = "A token with these claims, signed by a key of the program: HS256 with a secret of at least 32 "
					+ "bytes, RS256 or ES256 with a private key in PEM format. No claims are added.",
			example = "jwt_encode({ sub: \"7\" }, \"a secret of at least thirty-two bytes\").split(\".\").len // 3",
			errors = "jwt_encode({}, \"short\") // a secret for HS256 needs at least 32 bytes")
	public static String jwtEncode(FlinContext context, FlinMap claims, String key, String algorithm) {
		try {
			return signer(context).sign(JsonWriter.write(plain(claims)), key, algorithm);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(String.valueOf(ex.getMessage()));
		}
	}

	@Builtin(value = "jwt_decode(token: text?, key: text, algorithm: text = \"HS256\") -> any", serverOnly = true,
			service = TokenSigner.class,
			doc = "The claims of a token that the key has signed by this algorithm; none for any other, and for one "
					+ "outside of its times (`exp`, `nbf`). What the token says of its algorithm does not count.",
			example = "jwt_decode(\"a.b.c\", \"a secret of at least thirty-two bytes\") // none")
	public static @Nullable Object jwtDecode(FlinContext context, @Nullable String token, String key,
			String algorithm) {
		try {
			String bare = bare(token);
			return (bare == null) ? null : valid(context, signer(context).verify(bare, key, algorithm), false);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(String.valueOf(ex.getMessage()));
		}
	}

	private static @Nullable FlinMap claims(FlinContext context, @Nullable String token) {
		String bare = bare(token);
		if (bare == null) {
			return null;
		}
		TokenSigner signer = signer(context);
		FlinMap claims = valid(context, signer.verify(bare, secret(context)), true);
		boolean own = claims != null && (signer.issuer() == null || signer.issuer().equals(claims.get("iss")));
		return own ? claims : null;
	}

	/**
	 * The claims of a payload that is good now.
	 * @param ends whether it must end
	 */
	static @Nullable FlinMap valid(FlinContext context, @Nullable String payload, boolean ends) {
		FlinMap claims = (payload != null) ? map(payload) : null;
		if (claims == null) {
			return null;
		}
		long now = context.now().getEpochSecond();
		long skew = CLOCK_SKEW.toSeconds();
		Object end = claims.get("exp");
		Object start = claims.get("nbf");
		boolean over = (end == null) ? ends : !(end instanceof Number) || now >= seconds(end) + (ends ? 0 : skew);
		boolean early = start != null && (!(start instanceof Number) || now < seconds(start) - skew);
		return (over || early) ? null : claims;
	}

	/** Null for what is signed and no claims, as others may send. */
	private static @Nullable FlinMap map(String payload) {
		try {
			return (JsonParser.parse(payload) instanceof FlinMap claims) ? claims : null;
		}
		catch (FlinError noJson) {
			return null;
		}
	}

	private static boolean useUp(FlinContext context, FlinMap claims) {
		return uses(context).claim(USED + claims.get("jti"), Instant.ofEpochSecond(seconds(claims.get("exp"))),
				context.now());
	}

	private static String sign(FlinContext context, FlinMap claims, Duration lifetime) {
		TokenSigner signer = signer(context);
		long now = context.now().getEpochSecond();
		String issuer = signer.issuer();
		if (issuer != null) {
			claims.put("iss", issuer);
		}
		claims.put("iat", now);
		claims.put("exp", now + lifetime.toSeconds());
		claims.put("jti", HexFormat.of().formatHex(CryptoFunctions.randomBytes(context, ID_BYTES)));
		return signer.sign(JsonWriter.write(plain(claims)), secret(context));
	}

	/** Moments as seconds since 1970, as claims have them. */
	private static FlinMap plain(FlinMap claims) {
		FlinMap plain = new FlinMap();
		claims.forEach((name, value) -> plain.put(String.valueOf(name),
				(value instanceof Instant time) ? (Object) time.getEpochSecond() : value));
		return plain;
	}

	private static String subject(@Nullable Object user) {
		Object id = (user instanceof EntityInstance entity) ? (Object) entity.id()
				: (user instanceof FlinMap map) ? map.get("id") : user;
		if (id instanceof Long || id instanceof String) {
			return id.toString();
		}
		throw new FlinError("create_token needs a record that was saved, a map with an id, or an id");
	}

	private static Duration lifetime(Object expires) {
		Duration lifetime = null;
		if (expires instanceof Duration duration) {
			lifetime = duration;
		}
		else if (expires instanceof String text) {
			Matcher matcher = LIFETIME.matcher(text.trim().toLowerCase(Locale.ROOT));
			lifetime = matcher.matches() ? lifetime(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
		}
		if (lifetime == null || lifetime.toSeconds() < 1 || lifetime.compareTo(LIFETIME_MAX) > 0) {
			throw new FlinError("'expires' is a time such as \"15m\", \"12h\", \"7d\" or 7.days, not "
					+ Printer.interpolate(expires));
		}
		return lifetime;
	}

	private static Duration lifetime(long count, String unit) {
		return switch (unit) {
			case "s" -> Duration.ofSeconds(count);
			case "m" -> Duration.ofMinutes(count);
			case "h" -> Duration.ofHours(count);
			case "d" -> Duration.ofDays(count);
			default -> Duration.ofDays(7 * count);
		};
	}

	private static long seconds(@Nullable Object claim) {
		return (claim instanceof Number number) ? number.longValue() : 0;
	}

	/** A token without the name of its scheme in front. */
	static @Nullable String bare(@Nullable String token) {
		return (token != null && token.regionMatches(true, 0, BEARER, 0, BEARER.length()))
				? token.substring(BEARER.length()).trim() : token;
	}

	private static TokenSigner signer(FlinContext context) {
		return context.require(TokenSigner.class, "a token");
	}

	private static byte[] secret(FlinContext context) {
		return context.require(ApplicationSecret.class, "a token").derive(PURPOSE);
	}

	private static OneTimeUses uses(FlinContext context) {
		return context.require(OneTimeUses.class, "a token");
	}

}
