package dev.flin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.Pages;
import dev.flin.http.route.RouteHandler;
import dev.flin.http.route.RoutePath;
import dev.flin.http.route.RouteSpec;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;

/**
 * The pages of a deployment: those of files, those for errors, and what stands in for a broken one.
 */
final class WebPages implements Pages {

	private static final String APP = "app/";

	private final Deployment deployment;

	private final EngineRuntime runtime;

	WebPages(Deployment deployment, EngineRuntime runtime) {
		this.deployment = deployment;
		this.runtime = runtime;
	}

	/** The pages of a program, and of broken files whose last good version, if there is one, answers nothing. */
	List<RouteSpec> routes(CompiledApplication program) {
		List<RouteSpec> routes = new ArrayList<>(program.pages());
		Set<String> answering = Stream.concat(program.pages().stream(), program.routes().stream())
			.map(RouteSpec::origin)
			.collect(Collectors.toSet());
		for (String path : this.deployment.broken().keySet()) {
			RoutePath url = RouteChecks.addressOf(path);
			if (url != null && !answering.contains(path)) {
				RouteHandler nothing = (context, exchange) -> null;
				routes.add(new RouteSpec(RouteSpec.Kind.PAGE, "GET", url, path, List.of(), null, null, nothing));
			}
		}
		return routes;
	}

	@Override
	public @Nullable Html error(FlinContext context, Exchange exchange, int status, String message) {
		CompiledApplication program = this.deployment.program();
		String page = (program != null) ? nearest(program, exchange.path(), status) : null;
		return (program == null || page == null) ? null : program.render(page, context, new FlinMap());
	}

	/** The file for a status in the directory of a path or the nearest above it: {@code _404} before {@code _4xx}. */
	static @Nullable String nearest(CompiledApplication program, String path, int status) {
		String directory = path.substring(1);
		while (true) {
			String prefix = APP + (directory.isEmpty() ? "" : directory + "/");
			for (String name : List.of("_" + status + ".flin", "_" + status / 100 + "xx.flin", "_error.flin")) {
				if (program.has(prefix + name)) {
					return prefix + name;
				}
			}
			if (directory.isEmpty()) {
				return null;
			}
			directory = directory.substring(0, Math.max(directory.lastIndexOf('/'), 0));
		}
	}

	@Override
	public @Nullable Html broken(Exchange exchange, RouteSpec route) {
		if (!this.runtime.isDevelopment()) {
			return null;
		}
		Map<String, List<Diagnostic>> broken = this.deployment.broken();
		List<Diagnostic> own = broken.get(route.origin());
		if (own != null) {
			return DiagnosticsPage.of(EngineRuntime.show(own), exchange.nonce());
		}
		return null;
	}

}
