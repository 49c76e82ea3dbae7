package dev.flin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.http.HttpFields;
import dev.flin.http.Reply;
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

	private static final List<String> UNSAFE = List.of("POST", "PUT", "PATCH", "DELETE");

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
				for (String method : UNSAFE) {
					routes.add(new RouteSpec(RouteSpec.Kind.ROUTE, method, url, path, List.of(), null, null,
							(context, exchange) -> broken(exchange, path)));
				}
			}
		}
		return routes;
	}

	/** Nobody knows yet which methods the file will have. */
	private Reply broken(Exchange exchange, String path) {
		String accept = exchange.header("Accept");
		Html page = (accept != null && accept.contains("text/html")) ? diagnostics(exchange, path) : null;
		return (page != null) ? new Reply(500, Reply.Form.HTML, page, HttpFields.EMPTY)
				: Reply.error(500, this.runtime.isDevelopment() ? path + " has errors" : "Internal error");
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
		return diagnostics(exchange, route.origin());
	}

	private @Nullable Html diagnostics(Exchange exchange, String path) {
		List<Diagnostic> own = this.runtime.isDevelopment() ? this.deployment.broken().get(path) : null;
		return (own != null) ? DiagnosticsPage.of(EngineRuntime.show(own), exchange.nonce()) : null;
	}

}
