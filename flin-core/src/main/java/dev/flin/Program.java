package dev.flin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.http.MiddlewareSpec;
import dev.flin.http.RouteSpec;
import dev.flin.runtime.FlinContext;
import dev.flin.view.Component;

/**
 * What the engine needs of a compiled application.
 */
interface Program {

	/** Errors and warnings of all files. */
	List<Diagnostic> diagnostics();

	/** Whether there are no errors; without, nothing else may be asked for. */
	boolean isRunnable();

	/** Runs the top level of a file. */
	@Nullable Object run(String path, FlinContext context);

	/** The markup of a file, by component name or path without suffix; null when there is none. */
	@Nullable Component component(String name);

	/** The routes of all files below {@code app/}, without the pages. */
	List<RouteSpec> routes();

	/** The paths of files below {@code app/} that are pages. */
	List<String> pages();

	/** The layout of a page, null for none. */
	@Nullable Component layout(String pagePath);

	/** Middleware from the root down. */
	List<MiddlewareSpec> middleware();

	/** Whether a file of this path exists in the program. */
	boolean has(String path);

}
