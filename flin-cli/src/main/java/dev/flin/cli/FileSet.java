package dev.flin.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.SourceRoot;
import dev.flin.source.SourceText;
import dev.flin.value.FileValue;

/**
 * The files that a command works on.
 *
 * @param sources texts by the path that messages show
 * @param folders those that messages ({@code i18n/}) and files to be served may lie in beside them
 */
record FileSet(Map<String, String> sources, List<Path> folders) {

	/** What messages call a program that comes from the standard input. */
	static final String STANDARD_INPUT = "stdin.flin";

	private static final List<String> ROOT_FOLDERS = List.of("app", "components", "entities", "lib");

	private static final List<String> OTHER_FOLDERS = List.of("i18n", "public", "static");

	/** How many directories below a folder of an application its first FLIN file may lie. */
	private static final int DEPTH_LOOKED_AT = 5;

	private static final int ENTRIES_LOOKED_AT = 1_000;

	/** All FLIN files at or below paths, as one application. */
	static FileSet at(List<Path> paths) {
		paths.stream().filter(Files::isRegularFile).forEach(FileSet::requireFlin);
		return new FileSet(read(paths, FileSet::isFlin),
				paths.stream().filter(Files::isDirectory).toList());
	}

	/** The messages in other formats at or below paths, by path. */
	static Map<String, String> messages(List<Path> paths) {
		return read(paths, (file) -> file.toString().endsWith(".json") && file.getParent() != null
				&& file.getParent().endsWith("i18n"));
	}

	private static Map<String, String> read(List<Path> paths, Predicate<Path> wanted) {
		Map<String, String> sources = new LinkedHashMap<>();
		for (Path path : paths) {
			if (!Files.exists(path)) {
				throw new CommandFailure("there is no " + path);
			}
			Path base = Files.isDirectory(path) ? path : directoryOf(path);
			try (Stream<Path> files = Files.walk(path)) {
				for (Path file : files.filter(wanted).filter(Files::isRegularFile).sorted().toList()) {
					sources.put(base.relativize(file).toString().replace('\\', '/'), textOf(file));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return sources;
	}

	/**
	 * A file with the application that it belongs to: the nearest directory above it with {@code app},
	 * {@code components}, {@code entities} or {@code lib} in it; by itself when there is none.
	 */
	static FileSet around(Path file) {
		if (Files.isDirectory(file)) {
			throw new CommandFailure(file + " is a directory: give one of its files");
		}
		if (!Files.isRegularFile(file)) {
			throw new CommandFailure("there is no file " + file);
		}
		requireFlin(file);
		Path root = rootOf(file);
		Map<String, String> sources = new LinkedHashMap<>();
		if (root != null) {
			sources.putAll(at(List.of(root)).sources());
		}
		try {
			sources.put(nameOf(file), textOf(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new FileSet(sources, (root != null) ? List.of(root) : List.of());
	}

	/** A program that comes from the standard input and stands by itself. */
	static FileSet ofStandardInput() {
		try {
			String text = SourceText.decoded("the standard input", System.in.readAllBytes());
			return new FileSet(Map.of(STANDARD_INPUT, text), List.of());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String textOf(Path file) throws IOException {
		return SourceText.decoded(file.toString(), Files.readAllBytes(file));
	}

	private static boolean isFlin(Path file) {
		return file.toString().endsWith(".flin");
	}

	private static void requireFlin(Path file) {
		if (!isFlin(file)) {
			throw new CommandFailure(file + " is no FLIN file: its name does not end with .flin");
		}
	}

	/** Says so when a command that works in a directory was given none. */
	static Path requireDirectory(Path directory) {
		if (!Files.isDirectory(directory)) {
			throw new CommandFailure(Files.exists(directory) ? directory + " is a file: give a directory"
					: "there is no directory " + directory);
		}
		return directory;
	}

	/** The path of a file in its application. */
	static String nameOf(Path file) {
		Path root = rootOf(file);
		Path base = (root != null) ? root : directoryOf(file);
		return base.toAbsolutePath().relativize(file.toAbsolutePath()).toString().replace('\\', '/');
	}

	/** These files, with the messages and the files to be served of their application. */
	SourceRoot root() {
		return () -> {
			Map<String, String> texts = new LinkedHashMap<>(messages(this.folders));
			texts.putAll(this.sources);
			Map<String, FileValue> served = new LinkedHashMap<>();
			for (Path folder : this.folders) {
				if (OTHER_FOLDERS.stream().map(folder::resolve).anyMatch(Files::isDirectory)) {
					served.putAll(SourceRoot.directory(folder).read().files());
				}
			}
			return new SourceRoot.Tree(texts, served);
		};
	}

	private static Path directoryOf(Path file) {
		Path parent = file.getParent();
		return (parent != null) ? parent : Path.of("");
	}

	private static @Nullable Path rootOf(Path file) {
		for (Path at = file.toAbsolutePath().getParent(); at != null && at.getParent() != null; at = at.getParent()) {
			Path directory = at;
			if (ROOT_FOLDERS.stream().anyMatch((folder) -> isFolderOfFlin(directory.resolve(folder)))) {
				return directory;
			}
		}
		return null;
	}

	/**
	 * A folder of one of these names may be anything, large and closed to us too; it counts with a FLIN file among the
	 * first that are met in it.
	 */
	private static boolean isFolderOfFlin(Path folder) {
		if (!Files.isDirectory(folder)) {
			return false;
		}
		try (Stream<Path> files = Files.walk(folder, DEPTH_LOOKED_AT)) {
			return files.limit(ENTRIES_LOOKED_AT).anyMatch(FileSet::isFlin);
		}
		catch (AccessDeniedException | UncheckedIOException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
