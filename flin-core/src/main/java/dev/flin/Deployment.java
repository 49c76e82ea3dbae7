package dev.flin;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;

/**
 * One state of an application: what was read, what is wrong with it, and what is in service.
 *
 * @param diagnostics of the files as they were read
 * @param program what is in service; null before anything compiled
 * @param good the sources that the program was compiled from
 * @param broken the diagnostics of files whose last good version is in service, by path
 */
record Deployment(List<Diagnostic> diagnostics, @Nullable CompiledApplication program, Map<String, String> good,
		Map<String, List<Diagnostic>> broken) {

	static final Deployment NONE = new Deployment(List.of(), null, Map.of(), Map.of());

	Deployment {
		diagnostics = List.copyOf(diagnostics);
		good = Map.copyOf(good);
		broken = Map.copyOf(broken);
	}

}
