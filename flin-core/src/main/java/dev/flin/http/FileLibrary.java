package dev.flin.http;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;

/**
 * The built-ins of files that are kept outside of records.
 */
public final class FileLibrary {

	/** Keeps files and gives them addresses; a service of contexts. */
	public interface Files {

		/** Keeps a file below a directory; the result has its address. */
		FileValue save(FileValue file, String directory);

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
