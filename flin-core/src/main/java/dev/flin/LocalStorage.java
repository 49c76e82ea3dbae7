package dev.flin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.http.FileStorage;
import dev.flin.value.FileValue;

/** Files in a directory. A file is there as a whole or not at all. */
final class LocalStorage implements FileStorage {

	private final Path directory;

	LocalStorage(Path directory) {
		this.directory = directory;
	}

	@Override
	public void put(String key, FileValue file) throws IOException {
		Path target = path(key);
		Path folder = Objects.requireNonNullElse(target.getParent(), this.directory);
		Files.createDirectories(folder);
		Path part = Files.createTempFile(folder, ".part-", "");
		try (InputStream content = file.open()) {
			Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

	@Override
	public @Nullable FileValue find(String key) throws IOException {
		Path path = path(key);
		return !Files.isRegularFile(path) ? null
				: new FileValue(String.valueOf(path.getFileName()), SourceRoot.contentType(key), Files.size(path), null,
						() -> Files.newInputStream(path));
	}

	@Override
	public void delete(String key) throws IOException {
		Files.deleteIfExists(path(key));
	}

	/** Keys are made by us; one that would lead elsewhere is a mistake. */
	private Path path(String key) {
		Path path = this.directory.resolve(key).normalize();
		if (!path.startsWith(this.directory.normalize())) {
			throw new IllegalArgumentException("the key '" + key + "' leads out of the directory");
		}
		return path;
	}

}
