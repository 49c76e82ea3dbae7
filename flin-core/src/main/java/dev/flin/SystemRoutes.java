package dev.flin;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.http.lib.Ambient;
import dev.flin.http.route.OpenApi;
import dev.flin.http.route.RouteSpec;
import dev.flin.http.route.RouteTable;
import dev.flin.port.TokenSigner;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The engine's own pages: those below {@code /_flin}, and the public keys of its tokens.
 */
final class SystemRoutes {

	/** Where the records are is for those who run the application: anybody may ask whether it is well. */
	private static final String PLACE = "location";

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

	/** Where others find the keys that they check the tokens of this application with. */
	static List<RouteSpec> publicKeys(@Nullable TokenSigner signer) {
		String keys = (signer != null) ? signer.publicKeys() : null;
		return (keys == null) ? List.of()
				: List.of(RouteSpec.system("GET", "/.well-known/jwks.json",
						(context, exchange) -> JsonParser.parse(keys)));
	}

	/** The description of the routes, for those who may see it. */
	static RouteSpec openApi(OpenApi writer, Supplier<RouteTable> routes) {
		return RouteSpec.system("GET", "/_flin/openapi.json",
				(context, exchange) -> writer.document(routes.get(), context, exchange));
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
				if (!detail.getKey().equals(PLACE)) {
					shown.put(detail.getKey(), value(detail.getValue()));
				}
			}
			body.put(name, shown);
		});
		body.put("uptime", health.uptime());
		return body;
	}

}
