package dev.flin;

import dev.flin.http.RouteHandler;
import dev.flin.http.RouteSpec;
import dev.flin.runtime.Telemetry;

/** Routes and pages whose code is measured. */
final class MeasuredRoutes {

	private MeasuredRoutes() {
	}

	static RouteSpec of(RouteSpec route, Telemetry telemetry) {
		if (telemetry == Telemetry.NONE || route.kind() == RouteSpec.Kind.SYSTEM) {
			return route;
		}
		String name = route.method() + " " + route.path();
		RouteHandler code = route.handler();
		RouteHandler rendered = (route.kind() != RouteSpec.Kind.PAGE) ? code
				: measured(code, telemetry, Telemetry.Kind.RENDER, route.origin());
		return new RouteSpec(route.kind(), route.method(), route.path(), route.origin(), route.guards(),
				route.validate(), route.validateQuery(),
				measured(rendered, telemetry, Telemetry.Kind.ROUTE, name));
	}

	private static RouteHandler measured(RouteHandler code, Telemetry telemetry, Telemetry.Kind kind, String name) {
		return (context, exchange) -> {
			Telemetry.Timing timing = telemetry.start(kind, name);
			Throwable failure = null;
			try {
				return code.handle(context, exchange);
			}
			catch (RuntimeException | Error ex) {
				failure = ex;
				throw ex;
			}
			finally {
				timing.end(failure);
			}
		};
	}

}
