package dev.flin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/**
 * What may use what in flin-core. The rules are values, so that {@link ArchitectureTests} can hold them against the
 * project and against planted violations alike.
 */
final class ArchitectureRules {

	/** Layer to the layers it may use. A new package needs a line here first; sub-packages belong to their layer. */
	private static final Map<String, String[]> MAY_USE = new LinkedHashMap<>();
	static {
		allow("source");
		allow("value");
		allow("diag", "source");
		allow("project", "source", "diag");
		allow("syntax", "source", "diag");
		allow("format", "source", "diag", "syntax");
		allow("resolve", "source", "diag", "syntax");
		allow("types", "source", "diag", "syntax", "resolve");
		allow("ir", "source", "types");
		allow("lower", "source", "diag", "syntax", "resolve", "types", "ir");
		allow("store", "value");
		allow("port", "value");
		allow("search", "value", "store", "port");
		allow("runtime", "source", "diag", "value", "store", "search", "port");
		allow("view", "value", "runtime");
		allow("http", "value", "runtime", "view");
		allow("console", "value", "store", "search", "runtime", "view", "http");
		allow("codegen", "source", "diag", "types", "ir", "value", "runtime", "view", "http");
		allow("mapping", "value", "runtime");
		allow("compiler", "source", "diag", "project", "syntax", "resolve", "types", "ir", "lower", "codegen", "value",
				"runtime");
		allow("message", "source", "diag", "syntax", "ir", "compiler", "value", "runtime", "http");
	}

	private ArchitectureRules() {
	}

	private static void allow(String layer, String... uses) {
		MAY_USE.put(layer, uses);
	}

	/** Every rule under its name. */
	static Map<String, ArchRule> all() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("layers", layers());
		rules.put("no cycles", noCycles());
		rules.put("parents do not name their children", parentsDoNotNameTheirChildren());
		rules.put("nothing uses the facade", nothingUsesTheFacade());
		rules.put("core knows no framework", coreKnowsNoFramework());
		rules.put("only store.mv knows H2", onlyStoreMvKnowsH2());
		rules.put("only codegen knows bytecode", onlyCodegenKnowsBytecode());
		rules.put("only store.fs touches files", onlyStoreFsTouchesFiles());
		rules.put("time and chance arrive by parameter", timeAndChanceArriveByParameter());
		return rules;
	}

	private static ArchRule layers() {
		LayeredArchitecture rule = layeredArchitecture().consideringOnlyDependenciesInLayers()
			.withOptionalLayers(true)
			.ensureAllClassesAreContainedInArchitecture()
			.layer("facade")
			.definedBy("dev.flin");
		for (String name : MAY_USE.keySet()) {
			rule = rule.layer(name).definedBy("dev.flin." + name + "..");
		}
		for (Map.Entry<String, String[]> e : MAY_USE.entrySet()) {
			rule = (e.getValue().length == 0) ? rule.whereLayer(e.getKey()).mayNotAccessAnyLayer()
					: rule.whereLayer(e.getKey()).mayOnlyAccessLayers(e.getValue());
		}
		return rule;
	}

	/** Each sub-package is a slice of its own: the layers alone would accept store using store.mv and back. */
	private static ArchRule noCycles() {
		return slices().matching("dev.flin.(**)").should().beFreeOfCycles().allowEmptyShould(true);
	}

	private static ArchRule parentsDoNotNameTheirChildren() {
		ArchCondition<JavaClass> nameAChild = new ArchCondition<>("depend on a package below their own") {
			@Override
			public void check(JavaClass item, ConditionEvents events) {
				for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
					String target = dependency.getTargetClass().getPackageName();
					if (target.startsWith(item.getPackageName() + ".")) {
						events.add(SimpleConditionEvent.satisfied(dependency, dependency.getDescription()));
					}
				}
			}
		};
		return noClasses().that()
			.resideInAPackage("dev.flin.*..")
			.should(nameAChild)
			.because("a parent holds the contracts that its children fulfil")
			.allowEmptyShould(true);
	}

	private static ArchRule nothingUsesTheFacade() {
		return noClasses().that()
			.resideInAPackage("dev.flin.*..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.flin")
			.because("the root package is wiring, on top of everything")
			.allowEmptyShould(true);
	}

	private static ArchRule coreKnowsNoFramework() {
		return noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "reactor..", "jakarta..")
			.allowEmptyShould(true);
	}

	private static ArchRule onlyStoreMvKnowsH2() {
		return noClasses().that()
			.resideOutsideOfPackage("dev.flin.store.mv..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.h2..")
			.allowEmptyShould(true);
	}

	private static ArchRule onlyCodegenKnowsBytecode() {
		return noClasses().that()
			.resideOutsideOfPackage("dev.flin.codegen..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.objectweb.asm..", "java.lang.classfile..")
			.allowEmptyShould(true);
	}

	private static ArchRule onlyStoreFsTouchesFiles() {
		return noClasses().that()
			.resideInAPackage("dev.flin.store..")
			.and()
			.resideOutsideOfPackage("dev.flin.store.fs..")
			.should()
			.dependOnClassesThat()
			.haveNameMatching("java\\.io\\.(File|RandomAccessFile|File(In|Out)putStream)"
					+ "|java\\.nio\\.(file\\.Files|channels\\.FileChannel)")
			.allowEmptyShould(true);
	}

	private static ArchRule timeAndChanceArriveByParameter() {
		return noClasses().that()
			.resideOutsideOfPackage("dev.flin")
			.should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(LocalDate.class, "now")
			.orShould()
			.callMethod(LocalDateTime.class, "now")
			.orShould()
			.callMethod(ZonedDateTime.class, "now")
			.orShould()
			.callMethod(UUID.class, "randomUUID")
			.orShould()
			.callMethod(Math.class, "random")
			.orShould()
			.callMethod(ThreadLocalRandom.class, "current")
			.orShould()
			.callConstructor(Random.class)
			.because("a test must be able to replay everything from a seed")
			.allowEmptyShould(true);
	}

}
