package dev.flin.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.CheckClassAdapter;

import dev.flin.diag.DiagnosticRenderer;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.source.SourceFile;

/** Compiles and runs FLIN source in tests; every class that is made is verified. */
final class Snippets {

	static final BuiltinCatalog CATALOG = StandardLibrary.catalog();

	private static final BuiltinDispatch DISPATCH = new BuiltinDispatch(CATALOG);

	private Snippets() {
	}

	static Compiler compiler() {
		return new Compiler(CATALOG, Snippets.class.getClassLoader());
	}

	static Program program(Compiler compiler, SourceFile... files) {
		CompilationResult result = compiler.compile(List.of(files));
		assertThat(result.diagnostics().stream().filter(diagnostic -> diagnostic.isError()).toList())
			.as(() -> DiagnosticRenderer.render(result.diagnostics()))
			.isEmpty();
		Program program = result.program();
		assertThat(program).isNotNull();
		verify(program);
		return program;
	}

	/** What a program of one file prints. */
	static String run(String source) {
		return run(program(compiler(), new SourceFile("main.flin", source)));
	}

	static String run(Program program) {
		List<String> lines = new ArrayList<>();
		FlinContext context = context(lines);
		program.start(context);
		program.run("main.flin", context);
		return String.join("\n", lines);
	}

	static FlinContext context(List<String> lines) {
		return FlinContext
			.builder(DISPATCH, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")), new SplittableRandom(1))
			.printSink(lines::add)
			.build();
	}

	private static void verify(Program program) {
		Map<String, byte[]> classes = program.classes();
		ClassLoader loader = new ClassLoader(Snippets.class.getClassLoader()) {

			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				byte[] bytes = classes.get(name);
				if (bytes == null) {
					throw new ClassNotFoundException(name);
				}
				return defineClass(name, bytes, 0, bytes.length);
			}

		};
		classes.forEach((name, bytes) -> {
			StringWriter problems = new StringWriter();
			CheckClassAdapter.verify(new ClassReader(bytes), loader, false, new PrintWriter(problems));
			assertThat(problems.toString()).as(name).isEmpty();
		});
	}

}
