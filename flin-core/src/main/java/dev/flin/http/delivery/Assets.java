package dev.flin.http.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.Digests;
import dev.flin.http.Percent;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;

/**
 * The files of {@code public/} with what is known about their contents, found when first asked for. A file is there
 * under its own name and under one that holds a digest of its content, which caches may keep for ever.
 */
public final class Assets {

	/** A file of this deployment. */
	public record Asset(FileValue file, String digest, boolean immutable, Instant since) {
	}

	private static final int DIGEST_CHARS = 16;

	private static final Pattern HASHED = Pattern.compile("(.+)-([0-9a-f]{" + DIGEST_CHARS + "})((?:\\.[^./]+)?)");

	private static final long COMPRESSED_BYTES_MAX = 32L * 1024 * 1024;

	private static final long COMPRESSIBLE_BYTES_MAX = 4L * 1024 * 1024;

	private final StaticFiles files;

	/** Since when the files are in service: they have not changed after it. */
	private final Instant since;

	private final Map<FileValue, String> digests = new ConcurrentHashMap<>();

	private final Map<FileValue, String> paths = new ConcurrentHashMap<>();

	private final Map<FileValue, byte[]> compressed = new ConcurrentHashMap<>();

	private final AtomicLong compressedBytes = new AtomicLong();

	public Assets(StaticFiles files, Instant since) {
		this.files = (path) -> isHidden(path) ? null : files.find(path);
		this.since = since;
	}

	/** Names that start with a dot are of tools ({@code .env}, {@code .git}); one is meant for everybody. */
	private static boolean isHidden(String path) {
		return (path.startsWith(".") || path.contains("/.")) && !path.startsWith(".well-known/");
	}

	public boolean has(String path) {
		return this.files.find(path) != null || original(path) != null;
	}

	/** The file at a path without its first slash, or null. */
	public @Nullable Asset find(String path) {
		FileValue file = this.files.find(path);
		if (file != null) {
			this.paths.putIfAbsent(file, path);
			return new Asset(file, digest(file), false, this.since);
		}
		FileValue original = original(path);
		if (original == null) {
			return null;
		}
		String digest = digest(original);
		Matcher matcher = HASHED.matcher(path);
		if (matcher.matches()) {
			this.paths.putIfAbsent(original, matcher.group(1) + matcher.group(3));
		}
		return new Asset(original, digest, matcher.matches() && matcher.group(2).equals(digest),
				this.since);
	}

	private @Nullable FileValue original(String path) {
		if (path.indexOf('-') < 0) {
			return null;
		}
		Matcher matcher = HASHED.matcher(path);
		return matcher.matches() ? this.files.find(matcher.group(1) + matcher.group(3)) : null;
	}

	/** The address of a file with the digest of its content: {@code /css/app-0123456789abcdef.css}. */
	public String url(String path) {
		String name = path.startsWith("/") ? path.substring(1) : path;
		FileValue file = this.files.find(name);
		if (file == null) {
			throw new FlinError("there is no file public/" + name);
		}
		int dot = name.lastIndexOf('.');
		int end = (dot > name.lastIndexOf('/') + 1) ? dot : name.length();
		return Percent.encodePath("/" + name.substring(0, end) + "-" + digest(file) + name.substring(end));
	}

	private String digest(FileValue file) {
		return this.digests.computeIfAbsent(file, (unknown) -> {
			MessageDigest digest = Digests.sha256();
			try (InputStream in = new DigestInputStream(unknown.open(), digest)) {
				in.transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARS);
		});
	}

	/** The file whose name is that of another one and a suffix; null without any. */
	@Nullable FileValue beside(FileValue file, String suffix) {
		String path = this.paths.get(file);
		return (path != null) ? this.files.find(path + suffix) : null;
	}

	/** The compressed content of a file; null when that is not worth it or would hold too much memory. */
	byte @Nullable [] compressed(FileValue file) {
		if (file.size() > COMPRESSIBLE_BYTES_MAX || file.size() < Compression.BYTES_MIN) {
			return null;
		}
		byte[] known = this.compressed.get(file);
		if (known != null || this.compressedBytes.get() > COMPRESSED_BYTES_MAX) {
			return known;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (InputStream in = file.open()) {
			in.transferTo(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		byte[] made = Compression.gzip(bytes.toByteArray(), bytes.size());
		if (this.compressed.putIfAbsent(file, made) == null) {
			this.compressedBytes.addAndGet(made.length);
		}
		return made;
	}

}
