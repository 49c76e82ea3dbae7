package dev.flin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.http.MiddlewareSpec;
import dev.flin.http.RouteSpec;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.view.ComponentSource;

/**
 * What the engine needs of a compiled application.
 */
interface Program extends ComponentSource {

	/** Errors and warnings of all files. */
	List<Diagnostic> diagnostics();

	/** Whether there are no errors; without, nothing else may be asked for. */
	boolean isRunnable();

	/** Whether a file of this path is part of it. */
	boolean has(String path);

	/** The entities of all files. */
	EntityCatalog entities();

	/** Runs the top level of a file. */
	@Nullable Object run(String path, FlinContext context);

	/** The markup of a component by its name, or of a page by its path without suffix. */
	Html render(String name, FlinContext context, FlinMap props);

	/** A page in its layout. */
	Html page(String path, FlinContext context, FlinMap props);

	/** The routes of all files below {@code app/}, without the pages. */
	List<RouteSpec> routes();

	/** The pages of all files below {@code app/}. */
	List<RouteSpec> pages();

	/** Middleware from the root down. */
	List<MiddlewareSpec> middleware();

}
