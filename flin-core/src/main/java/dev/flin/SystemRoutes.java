package dev.flin;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.flin.http.Ambient;
import dev.flin.http.RouteSpec;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The engine's own pages below {@code /_flin}.
 */
final class SystemRoutes {

	private SystemRoutes() {
	}

	static List<RouteSpec> of(Supplier<EngineHealth> health) {
		return List.of(RouteSpec.system("GET", "/_flin/health", (context, exchange) -> {
			EngineHealth now = health.get();
			return Ambient.reply(FlinMap.of("status", statusCode(now), "body", body(now)));
		}), RouteSpec.system("GET", "/_flin/live", (context, exchange) -> FlinMap.of("status", "live")),
				RouteSpec.system("GET", "/_flin/ready", (context, exchange) -> {
					boolean ready = health.get().status() != EngineHealth.Status.UNHEALTHY;
					return Ambient.reply(FlinMap.of("status", ready ? 200L : 503L, "body",
							FlinMap.of("status", ready ? "ready" : "not ready")));
				}));
	}

	/** Damages and the like are told as texts. */
	private static Object value(Object detail) {
		return (detail instanceof List<?> list) ? FlinList.copyOf(list.stream().map(String::valueOf).toList()) : detail;
	}

	private static long statusCode(EngineHealth health) {
		return (health.status() == EngineHealth.Status.UNHEALTHY) ? 503 : 200;
	}

	private static FlinMap body(EngineHealth health) {
		FlinMap body = FlinMap.of("status", health.status().text());
		health.parts().forEach((name, part) -> {
			FlinMap shown = FlinMap.of("status", part.status().text());
			for (Map.Entry<String, Object> detail : part.details().entrySet()) {
				shown.put(detail.getKey(), value(detail.getValue()));
			}
			body.put(name, shown);
		});
		body.put("uptime", health.uptime());
		return body;
	}

}
