package dev.flin.runtime.entity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * Keys of programs that call the application. They are records of the built-in entity {@code ApiKey}, so they have a
 * history and are in backups; of a key itself only a digest is stored, which is enough because nobody can guess 256
 * bits.
 */
public final class ApiKeyFunctions {

	/** The entity; present in programs that speak of keys. */
	public static final String ENTITY = "ApiKey";

	private static final String PREFIX = "flin_";

	private static final int KEY_BYTES = 32;

	private static final int KEY_LENGTH_MAX = 256;

	private static final String HASH = "hash";

	private static final String EXPIRES = "expires_at";

	private ApiKeyFunctions() {
	}

	@Builtin(value = "create_api_key(name: text, owner: text? = none, lifetime: duration? = none) -> text",
			serverOnly = true,
			doc = "A new key for `guard api_key`. It is shown this once; what is stored is a record `ApiKey` with the "
					+ "name, the owner and when it expires. `delete` of the record revokes it.")
	public static String createApiKey(FlinContext context, String name, @Nullable String owner,
			@Nullable Duration lifetime) {
		if (lifetime != null && !lifetime.isPositive()) {
			throw new FlinError("the lifetime of a key must be positive");
		}
		byte[] bytes = new byte[KEY_BYTES];
		context.random().nextBytes(bytes);
		String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		FlinMap fields = FlinMap.of("name", name, HASH, digest(key));
		fields.put("owner", owner);
		fields.put(EXPIRES, (lifetime != null) ? context.now().plus(lifetime) : null);
		Entities.save(context, Entities.create(context, ENTITY, null, fields));
		return key;
	}

	/** The record of a key that is good now; null for any other. */
	public static @Nullable EntityInstance find(FlinContext context, String key) {
		if (key.length() > KEY_LENGTH_MAX) {
			return null;
		}
		EntityQuery all = Entities.query(context, ENTITY);
		Object found = Entities.operation(Entities.where(all, Entities.compare(all, HASH, "==", digest(key))), "first",
				null);
		if (!(found instanceof EntityInstance known)) {
			return null;
		}
		Object expires = known.get(known.shape().slotOf(EXPIRES));
		return (expires instanceof Instant end && !context.now().isBefore(end)) ? null : known;
	}

	private static String digest(String key) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new FlinBugException("SHA-256 is missing", ex);
		}
	}

}
