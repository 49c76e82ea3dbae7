package dev.flin.http.route;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Telemetry;

/** Runs the code of routes and pages while somebody hears how long it takes. */
final class MeasuredCode {

	private MeasuredCode() {
	}

	/** What the handler of a route gives. */
	static @Nullable Object run(RouteSpec spec, FlinContext context, Exchange exchange) {
		Telemetry telemetry = context.service(Telemetry.class);
		if (telemetry == null || spec.kind() == RouteSpec.Kind.SYSTEM) {
			return spec.handler().handle(context, exchange);
		}
		Telemetry.Timing route = telemetry.start(Telemetry.Kind.ROUTE, spec.method() + " " + spec.path());
		Telemetry.Timing page = (spec.kind() == RouteSpec.Kind.PAGE)
				? telemetry.start(Telemetry.Kind.RENDER, spec.origin()) : Telemetry.Timing.NONE;
		Throwable failure = null;
		try {
			return spec.handler().handle(context, exchange);
		}
		catch (RuntimeException | Error ex) {
			failure = ex;
			throw ex;
		}
		finally {
			page.end(failure);
			route.end(failure);
		}
	}

}
