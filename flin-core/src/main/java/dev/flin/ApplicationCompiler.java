package dev.flin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.compiler.CompilationResult;
import dev.flin.compiler.Compiler;
import dev.flin.compiler.Program;
import dev.flin.compiler.Workers;
import dev.flin.diag.Diagnostic;
import dev.flin.lower.SessionFile;
import dev.flin.message.MessageChecks;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.source.SourceFile;
import dev.flin.types.CheckedProgram;

/** Compiles the files of an application, again and again; what did not change is not read again. */
final class ApplicationCompiler {

	/** Stands for an application without files. */
	private static final SourceFile NOTHING = new SourceFile("nothing.flin", "");

	private final Compiler compiler;

	/** Files by path: the compiler knows unchanged ones by their identity. */
	private Map<String, SourceFile> files = Map.of();

	ApplicationCompiler(BuiltinCatalog builtins, Workers workers) {
		this.compiler = new Compiler(builtins, ApplicationCompiler.class.getClassLoader(), workers);
	}

	/** Compiles. The program is missing when there are errors. */
	CompiledApplication compile(Map<String, String> sources) {
		return compile(sources, null);
	}

	/** Checks without making code. */
	synchronized CheckedProgram check(Map<String, String> sources) {
		return this.compiler.check(read(sources));
	}

	/** As {@link #compile(Map)}, with one file that is an interactive session. */
	synchronized CompiledApplication compile(Map<String, String> sources, @Nullable SessionFile session) {
		CompilationResult result = this.compiler.compile(read(sources), session);
		Program program = result.program();
		List<Diagnostic> diagnostics = new ArrayList<>(result.diagnostics());
		if (program != null) {
			diagnostics.addAll(RouteChecks.of(program, this.files));
			diagnostics.addAll(MessageChecks.of(program, this.files, sources));
		}
		boolean good = diagnostics.stream().noneMatch(Diagnostic::isError);
		return new CompiledApplication(good ? program : null, diagnostics, this.files);
	}

	private List<SourceFile> read(Map<String, String> sources) {
		Map<String, SourceFile> next = new LinkedHashMap<>();
		sources.keySet().stream().filter((path) -> path.endsWith(".flin")).sorted().forEach((path) -> {
			SourceFile known = this.files.get(path);
			String text = sources.get(path);
			if (text != null) {
				next.put(path, (known != null && known.text().equals(text)) ? known : new SourceFile(path, text));
			}
		});
		if (next.isEmpty()) {
			next.put(NOTHING.path(), NOTHING);
		}
		this.files = next;
		return List.copyOf(next.values());
	}

}
