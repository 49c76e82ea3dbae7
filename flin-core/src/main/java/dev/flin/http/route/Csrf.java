package dev.flin.http.route;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpProblem;

/**
 * Refuses unsafe requests of a session that do not carry its token.
 */
public final class Csrf {

	static final String HEADER = "X-CSRF-Token";

	/** The hidden field of forms. */
	static final String FIELD = "_csrf";

	/** A cookie that scripts of our own pages may read, to send its value as the header field. */
	public static final String COOKIE = "flin-csrf";

	/** What a request without the token is told. */
	static final String REFUSED = "Missing or wrong CSRF token";

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

	static boolean isUnsafe(String method) {
		return !SAFE.contains(method);
	}

	/**
	 * Checks a request.
	 * @throws HttpProblem 403 without the token
	 */
	void check(Exchange exchange) {
		if (!passes(exchange, false)) {
			throw new HttpProblem(403, REFUSED);
		}
	}

	/**
	 * Whether a request is safe, or carries its token.
	 * @param always also when the session is empty
	 */
	boolean passes(Exchange exchange, boolean always) {
		if (!isUnsafe(exchange.raw().method())) {
			return true;
		}
		String expected = exchange.csrfToken();
		if (expected == null) {
			return !always;
		}
		String sent = exchange.header(HEADER);
		return same(expected, (sent != null) ? sent : formField(exchange));
	}

	private static @Nullable String formField(Exchange exchange) {
		List<Object> pairs = exchange.readBody().pairs();
		if (pairs != null) {
			for (int i = 0; i < pairs.size(); i += 2) {
				if (FIELD.equals(pairs.get(i)) && pairs.get(i + 1) instanceof String token) {
					return token;
				}
			}
		}
		return null;
	}

	/** Scripts send the token as it is, forms send it masked. */
	private static boolean same(String expected, @Nullable String sent) {
		if (sent == null) {
			return false;
		}
		try {
			byte[] wanted = Base64.getUrlDecoder().decode(expected);
			byte[] given = Base64.getUrlDecoder().decode(sent);
			return MessageDigest.isEqual(wanted, (given.length == wanted.length * 2) ? unmask(given) : given);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static byte[] unmask(byte[] masked) {
		byte[] plain = new byte[masked.length / 2];
		for (int i = 0; i < plain.length; i++) {
			plain[i] = (byte) (masked[i] ^ masked[plain.length + i]);
		}
		return plain;
	}

}
