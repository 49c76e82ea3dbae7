package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.h2.mvstore.MVStore;
import org.objectweb.asm.ClassWriter;

/** Compiles small sources that are written out in a test, beside the project's classes and never among them. */
final class PlantedSources {

	private PlantedSources() {
	}

	/** Pairs of a class name and its declaration. */
	static Map<String, String> of(String... namesAndBodies) {
		Map<String, String> sources = new LinkedHashMap<>();
		for (int i = 0; i < namesAndBodies.length; i += 2) {
			sources.put(namesAndBodies[i], namesAndBodies[i + 1]);
		}
		return sources;
	}

	static JavaClasses compile(Map<String, String> sources, Path directory) {
		List<JavaFileObject> files = new ArrayList<>();
		sources.forEach((name, body) -> files.add(new Source(name, body)));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		List<String> options = List.of("-d", directory.toString(), "-proc:none", "-classpath",
				jarOf(MVStore.class) + System.getProperty("path.separator") + jarOf(ClassWriter.class));
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			boolean compiled = compiler.getTask(messages, manager, null, options, null, files).call();
			assertThat(compiled).as("compiled: %s", messages).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ClassFileImporter().importPath(directory);
	}

	private static Path jarOf(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String body) {
			super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
			this.text = "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + body;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
