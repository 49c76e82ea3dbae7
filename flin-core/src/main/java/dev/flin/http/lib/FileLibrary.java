package dev.flin.http.lib;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;

/**
 * The built-ins of files that are kept outside of records.
 */
public final class FileLibrary {

	/** What services of buckets allow. */
	private static final Duration LIFETIME_MAX = Duration.ofDays(7);

	/** Keeps files and gives them addresses; a service of contexts. */
	public interface Files {

		/** Keeps a file below a directory; the result has its address. */
		FileValue save(FileValue file, String directory);

		/** An address of a kept file that is good for a time; null when it is none of ours. */
		@Nullable String signed(FileValue file, Instant now, Duration lifetime);

		/** Removes the file of an address; false when it is none of ours or gone. */
		boolean delete(String url);

	}

	private FileLibrary() {
	}

	@Builtin(value = "save_file(file: file, directory: text = \"\") -> file", serverOnly = true,
			doc = "Keeps a file in the storage of the application; `url` of the result is its address.")
	public static FileValue saveFile(FlinContext context, FileValue file, String directory) {
		return context.require(Files.class, "'save_file'").save(file, directory);
	}

	@Builtin(value = "preview_url(file: file, size: int = 256) -> text", serverOnly = true,
			doc = "The address of a smaller picture of a stored picture (PNG, JPEG, GIF): its longer side has 64, 128, "
					+ "256, 512 or 1024 pixels, at least so many as asked for. Of any other file its own address.")
	public static String previewUrl(FileValue file, long size) {
		String url = file.url();
		if (url == null) {
			throw new FlinError("'preview_url' takes a file that is stored");
		}
		return Previews.address(url, file.contentType(), size);
	}

	/** An address of a kept file that is good for a time. */
	static String signedUrl(FlinContext context, FileValue file, Duration lifetime) {
		if (!lifetime.isPositive() || lifetime.compareTo(LIFETIME_MAX) > 0) {
			throw new FlinError("the time must be positive, and 7 days at most");
		}
		String address = context.require(Files.class, "'signed_url'").signed(file, context.now(), lifetime);
		if (address == null) {
			throw new FlinError("'signed_url' takes a file of 'save_file', or a path");
		}
		return address;
	}

	@Builtin(value = "delete_file(file: any) -> bool", serverOnly = true,
			doc = "Removes a file that `save_file` has kept, by itself or by its address.")
	public static boolean deleteFile(FlinContext context, @Nullable Object file) {
		String url = (file instanceof FileValue value) ? value.url() : (file instanceof String text) ? text : null;
		if (url == null) {
			throw new FlinError("'delete_file' takes a file of 'save_file', or its address");
		}
		return context.require(Files.class, "'delete_file'").delete(url);
	}

}
