package dev.flin.http.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;

import dev.flin.http.Digests;
import dev.flin.http.HttpRequest;
import dev.flin.http.delivery.Assets;
import dev.flin.value.FlinError;

/**
 * Makes addresses of this application: those of files with the digest of their content, and those that hold a promise
 * until a moment. A service of contexts.
 */
public final class Links {

	private static final String EXPIRES = "expires=";

	private static final String SIGNATURE = "&signature=";

	private final byte[] key;

	private final Supplier<Assets> assets;

	private final String base;

	/**
	 * @param base the path that the host has the application under, for addresses that are made outside of requests
	 */
	Links(byte[] secret, Supplier<Assets> assets, String base) {
		this.base = base;
		this.key = Digests.hmac(secret, "signed address".getBytes(StandardCharsets.US_ASCII));
		this.assets = assets;
	}

	/** The path that the host has the application under. */
	public String base() {
		return this.base;
	}

	/** The address of a file of {@code public/} that caches may keep for ever. */
	public String asset(String path) {
		return this.assets.get().url(path);
	}

	/** An own path with a signature that is good until a moment. */
	public String sign(String path, Instant now, Duration lifetime) {
		boolean own = path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0 && path.indexOf('#') < 0
				&& path.chars().allMatch((c) -> c > ' ' && c < 127);
		if (!own) {
			throw new FlinError("signed_url takes a path of this application, such as /files/7, with everything else "
					+ "percent-encoded, not '" + path + "'");
		}
		if (path.contains(SIGNATURE) || lifetime.isNegative() || lifetime.isZero()) {
			throw new FlinError(lifetime.isPositive() ? "the path has a signature already"
					: "the time must be positive");
		}
		String text = path + ((path.indexOf('?') < 0) ? "?" : "&") + EXPIRES + now.plus(lifetime).getEpochSecond();
		return text + SIGNATURE + signature(text);
	}

	/** Whether the address of a request was signed as it is and is still good. */
	boolean isGood(HttpRequest request, Instant now) {
		String whole = request.path() + "?" + request.query();
		int at = whole.lastIndexOf(SIGNATURE);
		int expires = (at < 0) ? -1 : whole.lastIndexOf(EXPIRES, at);
		if (expires <= 0 || (whole.charAt(expires - 1) != '?' && whole.charAt(expires - 1) != '&')) {
			return false;
		}
		String moment = whole.substring(expires + EXPIRES.length(), at);
		String signed = whole.substring(0, at);
		byte[] sent = whole.substring(at + SIGNATURE.length()).getBytes(StandardCharsets.UTF_8);
		return moment.matches("[0-9]{1,12}")
				&& MessageDigest.isEqual(signature(signed).getBytes(StandardCharsets.US_ASCII), sent)
				&& now.getEpochSecond() < Long.parseLong(moment);
	}

	private String signature(String text) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(Digests.hmac(this.key, text.getBytes(StandardCharsets.UTF_8)));
	}

}
