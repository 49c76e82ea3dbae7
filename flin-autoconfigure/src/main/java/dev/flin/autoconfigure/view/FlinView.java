package dev.flin.autoconfigure.view;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.validation.BindingResult;
import org.springframework.web.reactive.result.view.View;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.flin.autoconfigure.FlinTemplates;
import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.value.Html;

/** A component or page; the attributes of the model are its props. */
final class FlinView implements View {

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private final String name;

	private final FlinTemplates templates;

	private final JavaValues values;

	private final Scheduler scheduler;

	FlinView(String name, FlinTemplates templates, JavaValues values, Scheduler scheduler) {
		this.name = name;
		this.templates = templates;
		this.values = values;
		this.scheduler = scheduler;
	}

	@Override
	public List<MediaType> getSupportedMediaTypes() {
		return List.of(HTML);
	}

	@Override
	public Mono<Void> render(@Nullable Map<String, ?> model, @Nullable MediaType contentType,
			ServerWebExchange exchange) {
		Mono<Html> markup = Mono.fromCallable(() -> this.templates.render(this.name, props(model)))
			.subscribeOn(this.scheduler);
		exchange.getResponse().getHeaders().setContentType(HTML);
		return exchange.getResponse().writeWith(markup.map((html) -> buffer(exchange, html)));
	}

	private static DataBuffer buffer(ServerWebExchange exchange, Html html) {
		return exchange.getResponse().bufferFactory().wrap(html.text().getBytes(StandardCharsets.UTF_8));
	}

	private Map<String, @Nullable Object> props(@Nullable Map<String, ?> model) {
		Map<String, @Nullable Object> props = new LinkedHashMap<>();
		if (model != null) {
			model.forEach((key, value) -> {
				if (!(value instanceof BindingResult)) {
					props.put(key, this.values.toFlin(value));
				}
			});
		}
		return props;
	}

}
