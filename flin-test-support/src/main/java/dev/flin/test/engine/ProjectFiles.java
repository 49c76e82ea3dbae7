package dev.flin.test.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.platform.engine.ConfigurationParameters;

import dev.flin.SourceRoot;
import dev.flin.value.FileValue;

/**
 * Where the application and its tests lie: tests stand beside the files of the application or in a directory of their
 * own, which is laid over it.
 *
 * @param application the files of the application
 * @param tests further files that only tests see
 */
record ProjectFiles(Path application, Path tests) implements SourceRoot {

	/** The directory of the application. */
	static final String ROOT_KEY = "flin.test.root";

	/** The directory of tests that do not stand beside the application's files. */
	static final String DIRECTORY_KEY = "flin.test.directory";

	static ProjectFiles of(ConfigurationParameters parameters) {
		return new ProjectFiles(path(parameters.get(ROOT_KEY), "src/main/resources/flin"),
				path(parameters.get(DIRECTORY_KEY), "src/test/flin"));
	}

	private static Path path(Optional<String> given, String otherwise) {
		return Path.of(given.orElse(otherwise)).toAbsolutePath().normalize();
	}

	@Override
	public Tree read() throws IOException {
		Map<String, String> sources = new LinkedHashMap<>();
		Map<String, FileValue> files = new LinkedHashMap<>();
		for (Path directory : List.of(this.application, this.tests)) {
			Tree tree = SourceRoot.directory(directory).read();
			sources.putAll(tree.sources());
			files.putAll(tree.files());
		}
		return new Tree(sources, files);
	}

	/** The file that a path of the application stands for. */
	Path file(String path) {
		Path own = this.tests.resolve(path);
		return Files.exists(own) ? own : this.application.resolve(path);
	}

}
