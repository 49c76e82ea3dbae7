package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What would cost the first compilation of a JVM more than the compilation itself. */
class ColdStartTests {

	private static final List<String> PACKAGES = List.of("source", "diag", "syntax", "resolve", "types", "ir", "lower",
			"codegen", "compiler");

	@Test
	void noSwitchOverTypesIsLinkedWhenItIsReached() throws URISyntaxException {
		assertThat(classesWith("java/lang/runtime/SwitchBootstraps")).isEmpty();
	}

	@Test
	void noLambdaIsLinkedWhenItIsReached() throws URISyntaxException {
		assertThat(classesWith("java/lang/invoke/LambdaMetafactory")).isEmpty();
	}

	private static List<Path> classesWith(String reference) throws URISyntaxException {
		Path classes = Path.of(Compiler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		return PACKAGES.stream()
			.flatMap(name -> files(classes.resolve("dev/flin").resolve(name)).stream())
			.filter(file -> text(file).contains(reference))
			.toList();
	}

	private static List<Path> files(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(file -> file.toString().endsWith(".class")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
