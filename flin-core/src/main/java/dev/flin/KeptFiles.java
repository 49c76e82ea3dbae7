package dev.flin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.http.FileStorage;
import dev.flin.http.lib.Ambient;
import dev.flin.http.lib.FileLibrary;
import dev.flin.http.lib.Previews;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.RouteSpec;
import dev.flin.store.crypt.AesGcm;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/** What {@code save_file} keeps: unguessable names, signed addresses, and what answers them. */
final class KeptFiles implements FileLibrary.Files {

	private static final String PATH = "/_flin/storage/";

	private static final String STORAGE_ERROR = "StorageError";

	/** Between a moment and the signature that ends then; keys never have it. */
	private static final String UNTIL = "~";

	private static final int SIGNATURE_BYTES = 16;

	/** What the key of a file has before its name: random bytes in Base64, and a hyphen. */
	private static final int UNIQUE_CHARS = 23;

	private static final int NAME_CHARS_MAX = 80;

	private final FileStorage storage;

	private final InstantSource clock;

	private final RandomGenerator random;

	private final byte[] key;

	private final Previews previews;

	private final String base;

	/**
	 * @param base the path that the host has the application under
	 */
	KeptFiles(FileStorage storage, InstantSource clock, RandomGenerator random, byte[] secret, Previews previews,
			String base) {
		this.base = base;
		this.previews = previews;
		this.clock = clock;
		this.storage = storage;
		this.random = random;
		this.key = AesGcm.derive(secret, "flin storage links");
	}

	RouteSpec route() {
		return RouteSpec.system("GET", PATH + "{signature}/[...key]", (context, exchange) -> answer(exchange));
	}

	@Override
	public FileValue save(FileValue file, String directory) {
		String folder = directory.strip().replaceAll("^/+|(?<!/)/+$", "");
		if (!folder.isEmpty() && !folder.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")) {
			throw new FlinError("a directory of 'save_file' has letters, digits, points, hyphens and slashes, unlike '"
					+ directory + "'");
		}
		byte[] unique = new byte[SIGNATURE_BYTES];
		this.random.nextBytes(unique);
		String name = base64(unique) + "-" + clean(file.name());
		String kept = folder.isEmpty() ? name : folder + "/" + name;
		try {
			this.storage.put(kept, file);
		}
		catch (IOException | UncheckedIOException ex) {
			throw failure(ex);
		}
		return new FileValue(file.name(), file.contentType(), file.size(), this.base + PATH + signature(kept) + "/"
				+ kept,
				() -> {
					FileValue found = this.storage.find(kept);
					if (found == null) {
						throw new IOException(kept + " is gone");
					}
					return found.open();
				});
	}

	@Override
	public @Nullable String signed(FileValue file, Instant now, Duration lifetime) {
		String kept = keyOf(file.url());
		if (kept == null) {
			return null;
		}
		String address = this.storage.address(kept, disposition(file), lifetime);
		String until = Long.toString(now.plus(lifetime).getEpochSecond());
		return (address != null) ? address : this.base + PATH + until + UNTIL + signature(until + " " + kept) + "/"
				+ kept;
	}

	private static String disposition(FileValue file) {
		return (StoredFiles.isShown(file.contentType()) ? "inline" : "attachment") + "; filename=\""
				+ file.name().replaceAll("[^A-Za-z0-9 ._-]", "_") + "\"";
	}

	/** The key of an address that is good for ever; null for any other. */
	private @Nullable String keyOf(@Nullable String url) {
		String path = (url != null && url.startsWith(this.base)) ? url.substring(this.base.length()) : "";
		if (!path.startsWith(PATH)) {
			return null;
		}
		String rest = path.substring(PATH.length());
		int slash = rest.indexOf('/');
		String kept = rest.substring(slash + 1);
		return (slash >= 0 && isSigned(kept, rest.substring(0, slash))) ? kept : null;
	}

	@Override
	public boolean delete(String url) {
		String kept = keyOf(url);
		try {
			if (kept == null || this.storage.find(kept) == null) {
				return false;
			}
			this.storage.delete(kept);
			return true;
		}
		catch (IOException | UncheckedIOException ex) {
			throw failure(ex);
		}
	}

	private static String clean(String name) {
		String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^\\.+", "");
		return safe.substring(Math.max(0, safe.length() - NAME_CHARS_MAX));
	}

	private Object answer(Exchange exchange) {
		String kept = String.valueOf(exchange.params().get("key"));
		String signature = String.valueOf(exchange.params().get("signature"));
		FileValue file = find(kept, signature);
		if (file == null) {
			return Ambient.reply(FlinMap.of("status", 404L, "body", FlinMap.of("error", "Not found", "status", 404L)));
		}
		boolean limited = until(signature) != null;
		FlinMap headers = FlinMap.of("Cache-Control",
				limited ? "private, no-store" : "private, max-age=31536000, immutable", "ETag",
				Previews.tag(exchange, kept));
		if (StoredFiles.isShown(file.contentType())) {
			headers.put("Content-Disposition", "inline");
		}
		return Ambient.reply(FlinMap.of("status", 200L, "body", this.previews.answer(named(file, kept), exchange),
				"headers", headers));
	}

	/** With the name that it was saved with, for downloads. */
	private static FileValue named(FileValue file, String kept) {
		String name = kept.substring(kept.lastIndexOf('/') + 1 + UNIQUE_CHARS);
		return name.isEmpty() ? file
				: new FileValue(name, file.contentType(), file.size(), file.url(), file.content());
	}

	private @Nullable FileValue find(String kept, String signature) {
		try {
			return isSigned(kept, signature) ? this.storage.find(kept) : null;
		}
		catch (IOException | UncheckedIOException ex) {
			throw failure(ex);
		}
	}

	/** What programs may catch: a storage is a service that may be away or refuse. */
	private static FlinError failure(Exception cause) {
		return new FlinError(STORAGE_ERROR, "the file could not be reached: " + cause.getMessage(), cause);
	}

	/** The moment after which a signature is not good any more, in seconds; null for those that always are. */
	private static @Nullable String until(String signature) {
		int at = signature.indexOf(UNTIL);
		return (at > 0 && signature.substring(0, at).matches("[0-9]{1,12}")) ? signature.substring(0, at) : null;
	}

	private boolean isSigned(String kept, String signature) {
		String until = until(signature);
		if (until != null) {
			return this.clock.instant().getEpochSecond() < Long.parseLong(until)
					&& isEqual(signature(until + " " + kept), signature.substring(until.length() + 1));
		}
		return isEqual(signature(kept), signature);
	}

	private static boolean isEqual(String signature, String sent) {
		return MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII),
				sent.getBytes(StandardCharsets.UTF_8));
	}

	private String signature(String kept) {
		return base64(Arrays.copyOf(AesGcm.hmac(this.key, kept.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
