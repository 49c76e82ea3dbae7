package dev.flin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;

/**
 * The secret that sessions are encrypted with: of a property, else of a file beside the records, else made for this
 * run.
 */
final class SessionSecret {

	private static final String FILE = "session.key";

	private static final int BYTES = 32;

	private SessionSecret() {
	}

	static byte[] of(@Nullable String property, @Nullable Path directory, RandomGenerator random) {
		if (property != null) {
			byte[] given = property.getBytes(StandardCharsets.UTF_8);
			if (given.length < BYTES) {
				throw new IllegalArgumentException("flin.session.secret must be at least " + BYTES + " characters");
			}
			return given;
		}
		byte[] made = new byte[BYTES];
		random.nextBytes(made);
		if (directory == null) {
			return made;
		}
		try {
			return kept(directory, made);
		}
		catch (IOException ex) {
			throw StoreException.CannotOpen.notWritable(directory.toString(), ex);
		}
	}

	private static byte[] kept(Path directory, byte[] made) throws IOException {
		Path file = directory.resolve(FILE);
		if (Files.isReadable(file)) {
			byte[] known = Files.readAllBytes(file);
			if (known.length == BYTES) {
				return known;
			}
		}
		Files.createDirectories(directory);
		Files.deleteIfExists(file);
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] ownerOnly = posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
		Files.createFile(file, ownerOnly);
		Files.write(file, made);
		return made;
	}

}
