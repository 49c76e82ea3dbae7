package dev.flin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.source.SourceText;
import dev.flin.value.FileValue;

/**
 * Where the files of an application come from. Read as a whole at the start and at each reload.
 */
@FunctionalInterface
public interface SourceRoot {

	/**
	 * Reads everything that is there now.
	 * @throws IOException when something cannot be read; {@link FlinEngine#reload} then keeps what is in service
	 */
	Tree read() throws IOException;

	/**
	 * The files of a root.
	 *
	 * @param sources the texts of {@code .flin} and {@code .json} files by path, with forward slashes
	 * @param files the files of {@code public/} and {@code static/} by their path in there
	 */
	record Tree(Map<String, String> sources, Map<String, FileValue> files) {

		/** Copies the maps. */
		public Tree {
			sources = Map.copyOf(sources);
			files = Map.copyOf(files);
		}

		/** What an application consists of; its tests are no part of it. */
		Tree withoutTests() {
			if (this.sources.keySet().stream().noneMatch(SourceRoot::isTest)) {
				return this;
			}
			Map<String, String> application = new LinkedHashMap<>(this.sources);
			application.keySet().removeIf(SourceRoot::isTest);
			return new Tree(application, this.files);
		}

	}

	/** A root in memory: contents by path. */
	static SourceRoot of(Supplier<Map<String, String>> contents) {
		return () -> {
			Map<String, String> sources = new LinkedHashMap<>();
			Map<String, FileValue> files = new LinkedHashMap<>();
			contents.get().forEach((path, text) -> {
				String served = servedName(path);
				if (served != null) {
					byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
					files.put(served, new FileValue(nameOf(served), contentType(served), bytes.length, "/" + served,
							() -> new ByteArrayInputStream(bytes)));
				}
				else {
					sources.put(path, text);
				}
			});
			return new Tree(sources, files);
		};
	}

	/** A root in a directory; without the directory there are no files. */
	static SourceRoot directory(Path directory) {
		return () -> {
			Map<String, String> sources = new LinkedHashMap<>();
			Map<String, FileValue> files = new LinkedHashMap<>();
			if (!Files.isDirectory(directory)) {
				return new Tree(sources, files);
			}
			for (Path path : filesIn(directory)) {
				String name = nameIn(directory, path);
				String served = servedName(name);
				if (served != null) {
					files.put(served, new FileValue(nameOf(served), contentType(served), Files.size(path), "/" + served,
							() -> Files.newInputStream(path)));
				}
				else if (isSource(name)) {
					sources.put(name, SourceText.decoded(name, Files.readAllBytes(path)));
				}
			}
			return new Tree(sources, files);
		};
	}

	private static List<Path> filesIn(Path directory) throws IOException {
		List<Path> found = new ArrayList<>();
		Files.walkFileTree(directory, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				return isForeign(directory, folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (Files.isRegularFile(file)) {
					found.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return found;
	}

	/**
	 * Whether a folder of a root is none of the application's: one whose name begins with a dot, such as the records in
	 * {@code .flindb}. In {@code public/} it is served, as {@code .well-known} is.
	 */
	static boolean isForeign(Path root, Path folder) {
		return !folder.equals(root) && folder.getFileName().toString().startsWith(".")
				&& servedName(nameIn(root, folder)) == null;
	}

	private static String nameIn(Path root, Path path) {
		return root.relativize(path).toString().replace('\\', '/');
	}

	/** Whether a path is one that the engine reads as text. */
	static boolean isSource(String path) {
		return path.endsWith(".flin") || path.endsWith(".json");
	}

	/** Whether a path is one of a file of tests. */
	static boolean isTest(String path) {
		return path.endsWith(".test.flin");
	}

	/** The path under which a file of {@code public/} or {@code static/} is served; null for other files. */
	static @Nullable String servedName(String path) {
		for (String folder : new String[] { "public/", "static/" }) {
			if (path.startsWith(folder)) {
				return path.substring(folder.length());
			}
		}
		return null;
	}

	/** The media type that a file is served with, by its name. */
	static String contentType(String path) {
		String lower = path.toLowerCase(Locale.ROOT);
		String type = switch (lower.substring(lower.lastIndexOf('.') + 1)) {
			case "html" -> "text/html; charset=utf-8";
			case "css" -> "text/css; charset=utf-8";
			case "js", "mjs" -> "text/javascript; charset=utf-8";
			case "txt" -> "text/plain; charset=utf-8";
			case "json", "map" -> "application/json";
			case "svg" -> "image/svg+xml";
			case "webp" -> "image/webp";
			case "avif" -> "image/avif";
			case "ico" -> "image/x-icon";
			case "woff2" -> "font/woff2";
			case "webmanifest" -> "application/manifest+json";
			default -> URLConnection.guessContentTypeFromName(lower);
		};
		return Objects.requireNonNullElse(type, "application/octet-stream");
	}

	private static String nameOf(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

}
