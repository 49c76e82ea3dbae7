package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds {@link Hygiene} against the sources of every module. Numbers that are only allowed to get better, and files
 * that are let off for now, stand in {@code hygiene.properties}.
 */
class HygieneTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	private static final Properties RATCHET = ratchet();

	private static Properties ratchet() {
		Properties properties = new Properties();
		try (var in = HygieneTests.class.getResourceAsStream("/hygiene.properties")) {
			properties.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	private static List<Path> modules() throws IOException {
		try (Stream<Path> entries = Files.list(ROOT)) {
			return entries.filter((entry) -> Files.exists(entry.resolve("pom.xml"))).sorted().toList();
		}
	}

	@TestFactory
	Stream<DynamicTest> sourcesAreClean() throws IOException {
		List<DynamicTest> tests = new ArrayList<>();
		for (Path module : modules()) {
			String name = module.getFileName().toString();
			tests.add(DynamicTest.dynamicTest(name, () -> assertThat(Hygiene.complaints(module, RATCHET)).isEmpty()));
		}
		return tests.stream();
	}

	@Test
	void ratchetNamesOnlyWhatStillNeedsIt() throws IOException {
		Set<String> needed = new TreeSet<>();
		for (Path module : modules()) {
			needed.addAll(Hygiene.needingTheRatchet(module));
		}
		assertThat(RATCHET.stringPropertyNames()).filteredOn((key) -> !key.startsWith("public-percent."))
			.as("what the ratchet lets off")
			.isSubsetOf(needed);
	}

	@Test
	void publicTypesAreFew() throws IOException {
		Hygiene.PublicTypes found = Hygiene.publicTypes(ROOT.resolve("flin-core"));
		int allowed = Integer.parseInt(RATCHET.getProperty("public-percent.flin-core"));
		assertThat(found.percent()).as("%s; more than hygiene.properties allows", found).isLessThanOrEqualTo(allowed);
	}

	/** A file, and a word of the complaint about it. */
	record Planted(String path, String text, String complaint) {
	}

	static Stream<Planted> violations() {
		String header = "package a;\n\n";
		return Stream.of(
				new Planted("src/main/java/a/A.java", header + "class A { // TO" + "DO later\n}\n", "TO" + "DO"),
				new Planted("src/test/java/a/A.java", header + "class A { // FIX" + "ME\n}\n", "FIX" + "ME"),
				new Planted("src/main/java/a/A.java", header + "class A { String s = \"B\".toLower" + "Case(); }\n",
						"Locale"),
				new Planted("src/main/java/a/A.java", header + "class A {\n" + "\n".repeat(600) + "}\n", "lines"),
				new Planted("src/main/java/a/A.java",
						header + "class A {\n\tvoid m() {\n" + "\n".repeat(69) + "\t}\n}\n",
						"the method m has 71 lines"),
				new Planted("src/main/java/a/A.java", header + "class A { // " + "x".repeat(120) + "\n}\n", "columns"),
				new Planted("src/test/java/a/A.java", header + "class A {\n    int i;\n}\n", "spaces"),
				new Planted("src/main/java/a/A.java", header + "import b.B;\n\nclass A { Bc b; }\n", "import b.B"),
				new Planted("src/main/java/a/A.java", header + "class A { { System.o" + "ut.println(); } }\n",
						"System"),
				new Planted("src/test/java/a/A.java", header + "class A { { Thread.sle" + "ep(1); } }\n", "sleep"),
				new Planted("src/test/java/a/A.java", header + "@Disabl" + "ed\nclass A { }\n", "Disabled"),
				new Planted("src/main/java/a/b/package-info.java", "package a.b;\n", "NullMarked"),
				new Planted("src/main/java/c/C.java", "package c;\n\nclass C {\n}\n", "package-info"));
	}

	@ParameterizedTest
	@MethodSource("violations")
	void eachRuleRefusesWhatIsPlanted(Planted planted, @TempDir Path module) throws IOException {
		writeCleanModule(module);
		write(module.resolve(planted.path()), planted.text());
		assertThat(Hygiene.complaints(module, new Properties())).singleElement()
			.asString()
			.contains(planted.complaint());
	}

	@Test
	void acceptsCleanSources(@TempDir Path module) throws IOException {
		writeCleanModule(module);
		write(module.resolve("src/test/java/a/Texts.java"), """
				package a;

				import java.util.Locale;
				import java.util.Map;

				/**
				 * Of a {@link Map}.
				 */
				class Texts {
					String indented = ""\"
							for x in xs {
							    print(x)
							}
					    ""\".toUpperCase(Locale.ROOT);
					/*
					 * A comment.
					 */
				}
				""");
		assertThat(Hygiene.complaints(module, new Properties())).isEmpty();
	}

	@Test
	void letsOffWhatTheRatchetNames(@TempDir Path root) throws IOException {
		Path module = root.resolve("m");
		writeCleanModule(module);
		write(module.resolve("src/main/java/a/Long.java"), "package a;\n\nclass Long {\n" + "\n".repeat(650) + "}\n");
		Properties ratchet = new Properties();
		ratchet.putAll(Map.of("lines.m/src/main/java/a/Long.java", "654"));
		assertThat(Hygiene.complaints(module, ratchet)).isEmpty();
		ratchet.putAll(Map.of("lines.m/src/main/java/a/Long.java", "653"));
		assertThat(Hygiene.complaints(module, ratchet)).hasSize(1);
	}

	@Test
	void letsOffMethodsThatTheRatchetNames(@TempDir Path root) throws IOException {
		Path module = root.resolve("m");
		writeCleanModule(module);
		write(module.resolve("src/main/java/a/A.java"),
				"package a;\n\nclass A {\n\n\tvoid m() {\n" + "\n".repeat(98) + "\t}\n\n}\n");
		Properties ratchet = new Properties();
		ratchet.putAll(Map.of("method.m/src/main/java/a/A.java#m", "100"));
		assertThat(Hygiene.complaints(module, ratchet)).isEmpty();
		ratchet.putAll(Map.of("method.m/src/main/java/a/A.java#m", "99"));
		assertThat(Hygiene.complaints(module, ratchet)).hasSize(1);
	}

	@Test
	void countsPublicTypes(@TempDir Path module) throws IOException {
		writeCleanModule(module);
		write(module.resolve("src/main/java/a/P.java"), "package a;\n\npublic final class P {\n}\n");
		write(module.resolve("src/main/java/a/Q.java"), "package a;\n\npublic sealed interface Q permits R {\n}\n");
		Hygiene.PublicTypes types = Hygiene.publicTypes(module);
		assertThat(types).isEqualTo(new Hygiene.PublicTypes(2, 3));
		assertThat(types.percent()).isEqualTo(67);
	}

	@Test
	void aModuleWithoutSourcesHasNoPublicTypes(@TempDir Path module) throws IOException {
		assertThat(Hygiene.publicTypes(module).percent()).isZero();
		assertThatThrownBy(() -> Hygiene.complaints(module.resolve("missing"), new Properties()))
			.isInstanceOf(IOException.class);
	}

	private static void writeCleanModule(Path module) throws IOException {
		write(module.resolve("src/main/java/a/package-info.java"), "@NullMarked\npackage a;\n");
		write(module.resolve("src/main/java/a/Z.java"), "package a;\n\nclass Z {\n}\n");
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
