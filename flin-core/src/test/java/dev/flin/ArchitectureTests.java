package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds {@link ArchitectureRules} against the project. A rule that is scoped wrongly passes for ever, so each is also
 * held against small planted sources: one set that it must accept and others that it must refuse.
 */
class ArchitectureTests {

	private static final Map<String, ArchRule> RULES = ArchitectureRules.all();

	@TestFactory
	Stream<DynamicTest> projectKeepsTheRules() {
		JavaClasses project = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.withImportOption(new ImportOption.DoNotIncludeJars())
			.importPackages("dev.flin");
		return RULES.entrySet()
			.stream()
			.map((rule) -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(project)));
	}

	/** A source set and the rule that must refuse it, by name, with a word of the complaint. */
	record Planted(String rule, String complaint, Map<String, String> sources) {

		static Planted in(String rule, String complaint, String... namesAndBodies) {
			return new Planted(rule, complaint, PlantedSources.of(namesAndBodies));
		}

		@Override
		public String toString() {
			return this.rule + ": " + this.sources.keySet();
		}

	}

	static List<Planted> violations() {
		return List.of(
				Planted.in("layers", "dev.flin.store.Rows", "dev.flin.store.Rows", "public class Rows { }",
						"dev.flin.syntax.Parser", "class Parser { dev.flin.store.Rows rows; }"),
				Planted.in("layers", "dev.flin.runtime.Context", "dev.flin.runtime.Context", "public class Context { }",
						"dev.flin.store.mv.Maps", "class Maps { dev.flin.runtime.Context context; }"),
				Planted.in("layers", "dev.flin.value.Text", "dev.flin.value.Text", "public class Text { }",
						"dev.flin.source.Span", "class Span { dev.flin.value.Text text; }"),
				Planted.in("layers", "not contained", "dev.flin.misc.Helper", "class Helper { }"),
				Planted.in("no cycles", "Cycle", "dev.flin.store.Store",
						"public class Store { dev.flin.store.mv.Maps maps; }", "dev.flin.store.mv.Maps",
						"public class Maps { dev.flin.store.Store store; }"),
				Planted.in("no cycles", "Cycle", "dev.flin.types.a.A", "public class A { dev.flin.types.b.B b; }",
						"dev.flin.types.b.B", "public class B { dev.flin.types.a.A a; }"),
				Planted.in("parents do not name their children", "dev.flin.store.mv.Maps", "dev.flin.store.Store",
						"class Store { Object open() { return new dev.flin.store.mv.Maps(); } }",
						"dev.flin.store.mv.Maps", "public class Maps { }"),
				Planted.in("nothing uses the facade", "dev.flin.Flin", "dev.flin.Flin", "public class Flin { }",
						"dev.flin.compiler.Compiler", "class Compiler { dev.flin.Flin flin; }"),
				Planted.in("core knows no framework", "org.springframework.Bean", "org.springframework.Bean",
						"public class Bean { }", "dev.flin.http.Routes",
						"class Routes { org.springframework.Bean bean; }"),
				Planted.in("core knows no framework", "reactor.Mono", "reactor.Mono", "public class Mono { }",
						"dev.flin.Flin", "class Flin { reactor.Mono mono; }"),
				Planted.in("only store.mv knows H2", "org.h2.mvstore.MVStore", "dev.flin.store.log.Log",
						"class Log { org.h2.mvstore.MVStore store; }"),
				Planted.in("only codegen knows bytecode", "org.objectweb.asm.Type", "dev.flin.lower.Lowering",
						"class Lowering { org.objectweb.asm.Type type; }"),
				Planted.in("only store.fs touches files", "java.nio.file.Files", "dev.flin.store.log.Log",
						"class Log { boolean is(java.nio.file.Path p) { return java.nio.file.Files.exists(p); } }"),
				Planted.in("only store.fs touches files", "java.io.RandomAccessFile", "dev.flin.store.Store",
						"class Store { java.io.RandomAccessFile file; }"),
				clock("java.time.Instant now() { return java.time.Instant.now(); }", "Instant.now()"),
				clock("long now() { return System.currentTimeMillis(); }", "System.currentTimeMillis()"),
				clock("Object day() { return java.time.LocalDate.now(); }", "LocalDate.now()"),
				clock("Object id() { return java.util.UUID.randomUUID(); }", "UUID.randomUUID()"),
				clock("Object dice() { return new java.util.Random(); }", "Random.<init>()"),
				clock("double chance() { return Math.random(); }", "Math.random()"));
	}

	private static Planted clock(String member, String complaint) {
		return Planted.in("time and chance arrive by parameter", complaint, "dev.flin.runtime.lib.Clocks",
				"class Clocks { " + member + " }");
	}

	@ParameterizedTest
	@MethodSource("violations")
	void ruleRefusesWhatIsPlanted(Planted planted, @TempDir Path directory) {
		JavaClasses classes = PlantedSources.compile(planted.sources(), directory);
		EvaluationResult result = RULES.get(planted.rule()).evaluate(classes);
		assertThat(result.hasViolation()).as("violation of '%s'", planted.rule()).isTrue();
		assertThat(result.getFailureReport().toString()).contains(planted.complaint());
	}

	@Test
	void everyRuleHasAPlantedViolation() {
		Set<String> planted = new TreeSet<>();
		violations().forEach((violation) -> planted.add(violation.rule()));
		assertThat(planted).isEqualTo(new TreeSet<>(RULES.keySet()));
	}

	@Test
	void rulesAcceptWhatTheyAreMeantToAllow(@TempDir Path directory) {
		JavaClasses classes = PlantedSources.compile(PlantedSources.of("dev.flin.Flin",
				"public class Flin { dev.flin.store.mv.Maps maps; Object now() { return java.time.Instant.now(); } }",
				"dev.flin.store.Store", "public interface Store { }", "dev.flin.store.mv.Maps",
				"public class Maps implements dev.flin.store.Store { org.h2.mvstore.MVStore store; }",
				"dev.flin.store.fs.Disk",
				"class Disk { boolean is(java.nio.file.Path p) { return java.nio.file.Files.exists(p); } }",
				"dev.flin.port.Mailer", "public interface Mailer { }", "dev.flin.runtime.Context",
				"public class Context { dev.flin.store.Store store; dev.flin.port.Mailer mailer; }",
				"dev.flin.runtime.lib.Dice",
				"class Dice { dev.flin.runtime.Context c; Object of(long s) { return new java.util.Random(s); } }",
				"dev.flin.codegen.Generator", "class Generator { org.objectweb.asm.ClassWriter writer; }"), directory);
		RULES.values().forEach((rule) -> rule.check(classes));
	}

}
