package dev.flin.benchmarks.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.flin.FlinStore;
import dev.flin.value.EntityInstance;

/** What the files below {@code web/} do, by hand: what touches the store waits elsewhere than on the event loop. */
@Configuration(proxyBeanMethods = false)
class Handlers {

	private static final MediaType HTML = MediaType.parseMediaType("text/html; charset=utf-8");

	private static final MediaType TEXT = MediaType.parseMediaType("text/plain; charset=utf-8");

	private static final int STEP = 37;

	private static final int WORLDS = 1000;

	private final FlinStore store;

	Handlers(FlinStore store) {
		this.store = store;
	}

	record Message(String message) {
	}

	record World(long id, long random) {
	}

	record Fortune(long id, String message) {
	}

	@Bean
	RouterFunction<ServerResponse> byHand() {
		return RouterFunctions.route()
			.GET("/java/plain", (request) -> ServerResponse.ok().contentType(TEXT).bodyValue("Hello, World!"))
			.GET("/java/json", (request) -> json(new Message("Hello, World!")))
			.GET("/java/one", (request) -> blocking(() -> world(id(request))).flatMap(Handlers::json))
			.GET("/java/many", (request) -> blocking(() -> many(id(request))).flatMap(Handlers::json))
			.GET("/java/update", (request) -> blocking(() -> update(id(request), number(request, "value")))
				.flatMap(Handlers::json))
			.GET("/java/fortunes", (request) -> blocking(this::fortunes)
				.flatMap((page) -> ServerResponse.ok().contentType(HTML).bodyValue(page)))
			.build();
	}

	private static Mono<ServerResponse> json(Object body) {
		return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
	}

	private static <T> Mono<T> blocking(Callable<T> work) {
		return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
	}

	private static long id(ServerRequest request) {
		return number(request, "id");
	}

	private static long number(ServerRequest request, String name) {
		return Long.parseLong(request.queryParam(name).orElseThrow());
	}

	private EntityInstance find(long id) {
		EntityInstance found = this.store.find("World", id);
		if (found == null) {
			throw new IllegalStateException("no world " + id);
		}
		return found;
	}

	private World world(long id) {
		return shown(find(id));
	}

	private static World shown(EntityInstance world) {
		return new World(world.id(), random(world));
	}

	private static long random(EntityInstance world) {
		return (world.get(world.shape().slotOf("random")) instanceof Long number) ? number : 0;
	}

	private List<World> many(long from) {
		List<World> worlds = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			worlds.add(world((from + (long) i * STEP) % WORLDS + 1));
		}
		return worlds;
	}

	private List<World> update(long from, long value) {
		List<EntityInstance> records = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			records.add(find((from * 5 + i) % WORLDS + 1));
		}
		for (int i = 0; i < records.size(); i++) {
			this.store.update(records.get(i), Map.of("random", value + i));
		}
		return records.stream().map(Handlers::shown).toList();
	}

	private String fortunes() {
		List<Fortune> all = new ArrayList<>();
		for (EntityInstance each : this.store.all("Fortune")) {
			all.add(new Fortune(each.id(), String.valueOf(each.get(each.shape().slotOf("message")))));
		}
		all.add(new Fortune(0, "Additional fortune added at request time."));
		all.sort(Comparator.comparing(Fortune::message));
		StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">"
				+ "<head><meta charset=\"utf-8\"><title>Fortunes</title></head>"
				+ "<body><table><tr><th>id</th><th>message</th></tr>");
		for (Fortune fortune : all) {
			page.append("<tr><td>")
				.append(fortune.id())
				.append("</td><td>")
				.append(HtmlUtils.htmlEscape(fortune.message(), "UTF-8"))
				.append("</td></tr>");
		}
		return page.append("</table></body></html>").toString();
	}

}
