package dev.flin.http.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * Sessions in a cookie that is encrypted and authenticated with AES-256-GCM. The server keeps nothing: a session
 * outlives a restart as long as the key stays. Where the host keeps sessions, the cookie holds the key to one of them.
 */
public final class SessionCookies {

	private static final String NAME = "flin-session";

	/** Browsers take a cookie of such a name from this very host over HTTPS alone, and not from its neighbours. */
	private static final String HOST_NAME = "__Host-" + NAME;

	/** Browsers drop a cookie over 4096 bytes, attributes included. */
	private static final int COOKIE_CHARS_MAX = 3900;

	/** A cookie is renewed when it is older, so that visitors who come back stay known. */
	private static final Duration REFRESH_MAX = Duration.ofDays(1);

	/** Of an idle time that is short, a part as long as this is what visitors may lose. */
	private static final int REFRESH_PART = 20;

	private static final int KEPT_CHARS_MAX = 1024 * 1024;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final int ID_BYTES = 16;

	/** The cookie holds the values. */
	private static final byte WHOLE = 1;

	/** The cookie holds the key of the values in the store. */
	private static final byte KEPT = 2;

	/** What was opened. */
	private record Opened(byte version, byte[] plain) {
	}

	private final SecretKey cipherKey;

	private final SecretKey macKey;

	private final RandomGenerator random;

	private final InstantSource clock;

	private final Duration idle;

	private final Duration refresh;

	private final @Nullable SessionStore store;

	/**
	 * @param secret at least 32 random bytes
	 * @param random a cryptographically strong generator
	 * @param idle how long a session lives without a request
	 * @param store where the host keeps sessions; null when cookies hold them
	 */
	public SessionCookies(byte[] secret, RandomGenerator random, InstantSource clock, Duration idle,
			@Nullable SessionStore store) {
		this.cipherKey = new SecretKeySpec(derive(secret, "session cipher"), "AES");
		this.macKey = new SecretKeySpec(derive(secret, "csrf token"), "HmacSHA256");
		this.random = random;
		this.clock = clock;
		this.idle = idle;
		Duration part = idle.dividedBy(REFRESH_PART);
		this.refresh = (part.compareTo(REFRESH_MAX) < 0) ? part : REFRESH_MAX;
		this.store = store;
	}

	/** What the cookie is called over HTTPS, and without it. */
	public static String name(boolean secure) {
		return secure ? HOST_NAME : NAME;
	}

	/** The session of a cookie; a new one when there is none, or it is too old, or not ours. */
	public Session load(@Nullable String cookie, Session.UserSource users) {
		Opened opened = (cookie != null) ? open(cookie) : null;
		if (opened == null) {
			return fresh();
		}
		ByteBuffer buffer = ByteBuffer.wrap(opened.plain());
		Instant lastUse = Instant.ofEpochSecond(buffer.getLong());
		byte[] id = new byte[ID_BYTES];
		buffer.get(id);
		byte[] rest = Arrays.copyOfRange(opened.plain(), buffer.position(), opened.plain().length);
		Instant now = this.clock.instant();
		if (lastUse.plus(this.idle).isBefore(now)) {
			return fresh();
		}
		boolean stale = lastUse.plus(this.refresh).isBefore(now);
		if (opened.version() == WHOLE) {
			return decoded(base64(id), rest, stale, users);
		}
		String key = new String(rest, StandardCharsets.UTF_8);
		String kept = (this.store != null) ? this.store.find(key) : null;
		return (kept != null) ? decoded(base64(id), Base64.getDecoder().decode(kept), stale, users).keptUnder(key)
				: fresh();
	}

	private Session decoded(String id, byte[] values, boolean stale, Session.UserSource users) {
		try {
			if (SessionCodec.decode(values, users) instanceof FlinMap both && both.get("v") instanceof FlinMap kept
					&& both.get("f") instanceof FlinMap flash) {
				return new Session(id, kept, flash, values, stale);
			}
			return fresh();
		}
		catch (IOException ex) {
			return fresh();
		}
	}

	private Session fresh() {
		return new Session(newId(), new FlinMap(), new FlinMap(), new byte[0], false);
	}

	public String newId() {
		return base64(randomBytes(ID_BYTES));
	}

	/**
	 * The cookie that an answer sets, or null when nothing changed.
	 * @param secure whether the cookie is for HTTPS only
	 */
	public @Nullable String store(Session session, boolean secure) {
		if (session.isEmpty()) {
			forget(session);
			return session.isNew() ? null : cookie(name(secure), "", 0, true, secure);
		}
		if (session.rotateIfUserChanged(newId())) {
			forget(session);
		}
		byte[] values = SessionCodec
			.encode(FlinMap.of("v", withoutNone(session.values()), "f", session.nextFlash()));
		if (!session.needsCookie(values)) {
			return null;
		}
		byte[] rest = (this.store != null) ? keep(this.store, session, values) : values;
		ByteBuffer plain = ByteBuffer.allocate(Long.BYTES + ID_BYTES + rest.length);
		plain.putLong(this.clock.instant().getEpochSecond());
		plain.put(Base64.getUrlDecoder().decode(session.id()));
		plain.put(rest);
		String sealed = seal((this.store != null) ? KEPT : WHOLE, plain.array());
		if (sealed.length() > COOKIE_CHARS_MAX) {
			throw new FlinError("the session holds more than a cookie of " + COOKIE_CHARS_MAX + " characters can");
		}
		return cookie(name(secure), sealed, this.idle.toSeconds(), true, secure);
	}

	/** Keeps the values; gives their key. */
	private static byte[] keep(SessionStore store, Session session, byte[] values) {
		String text = Base64.getEncoder().encodeToString(values);
		if (text.length() > KEPT_CHARS_MAX) {
			throw new FlinError("the session holds more than " + KEPT_CHARS_MAX + " characters");
		}
		String key = store.save(session.key(), text);
		session.keptUnder(key);
		return key.getBytes(StandardCharsets.UTF_8);
	}

	/** What was kept of a session counts no more, whoever has its cookie. */
	private void forget(Session session) {
		String key = session.key();
		if (this.store != null && key != null) {
			this.store.remove(key);
			session.forgetKey();
		}
	}

	private static FlinMap withoutNone(FlinMap values) {
		FlinMap kept = new FlinMap();
		for (FlinMap.Cursor cursor = values.cursor(); cursor.advance();) {
			if (cursor.value() != null) {
				kept.put(cursor.key(), cursor.value());
			}
		}
		return kept;
	}

	/** The token that proves that a request comes from a page of this session. */
	public String csrfToken(Session session) {
		return mac(Base64.getUrlDecoder().decode(session.id()));
	}

	/** The token for what the host knows a visitor by. */
	public String csrfToken(String binding) {
		return mac(("host " + binding).getBytes(StandardCharsets.UTF_8));
	}

	/** A token that says the same as another one and looks different each time. */
	public String mask(String token) {
		byte[] plain = Base64.getUrlDecoder().decode(token);
		byte[] whole = new byte[plain.length * 2];
		byte[] pad = randomBytes(plain.length);
		for (int i = 0; i < plain.length; i++) {
			whole[i] = pad[i];
			whole[plain.length + i] = (byte) (plain[i] ^ pad[i]);
		}
		return base64(whole);
	}

	private String mac(byte[] message) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.macKey);
			return base64(mac.doFinal(message));
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("HMAC-SHA256 is missing", ex);
		}
	}

	public static String cookie(String name, String value, long maxAgeSeconds, boolean httpOnly, boolean secure) {
		return name + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; SameSite=Lax"
				+ (httpOnly ? "; HttpOnly" : "") + (secure ? "; Secure" : "");
	}

	private String seal(byte version, byte[] plain) {
		byte[] nonce = randomBytes(NONCE_BYTES);
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, this.cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
			byte[] encrypted = cipher.doFinal(plain);
			ByteBuffer whole = ByteBuffer.allocate(1 + NONCE_BYTES + encrypted.length);
			return base64(whole.put(version).put(nonce).put(encrypted).array());
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("AES-GCM failed to encrypt", ex);
		}
	}

	/** The plain bytes, or null when the cookie was not made with our key. */
	private @Nullable Opened open(String cookie) {
		try {
			byte[] whole = Base64.getUrlDecoder().decode(cookie);
			if (whole.length <= 1 + NONCE_BYTES || whole[0] != WHOLE && whole[0] != KEPT) {
				return null;
			}
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(Cipher.DECRYPT_MODE, this.cipherKey,
					new GCMParameterSpec(TAG_BITS, whole, 1, NONCE_BYTES));
			byte[] plain = cipher.doFinal(whole, 1 + NONCE_BYTES, whole.length - 1 - NONCE_BYTES);
			return (plain.length > Long.BYTES + ID_BYTES) ? new Opened(whole[0], plain) : null;
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return null;
		}
	}

	private byte[] randomBytes(int count) {
		byte[] bytes = new byte[count];
		this.random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] derive(byte[] secret, String purpose) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret, "HmacSHA256"));
			return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
		}
		catch (GeneralSecurityException ex) {
			throw new FlinBugException("HMAC-SHA256 is missing", ex);
		}
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
