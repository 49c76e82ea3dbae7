package dev.flin.autoconfigure.reactive;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;

/**
 * An answer of the engine, written to the server as it is: conditions and ranges were looked at before.
 */
final class EngineResponse implements Answer {

	private static final int FILE_CHUNK_BYTES = 16 * 1024;

	private final HttpResponse response;

	private final FlinWorkers workers;

	private final AnswerFields fields;

	private @Nullable HttpHeaders headers;

	EngineResponse(HttpResponse response, FlinWorkers workers, AnswerFields fields) {
		this.response = response;
		this.workers = workers;
		this.fields = fields;
	}

	@Override
	public HttpStatusCode statusCode() {
		return HttpStatusCode.valueOf(this.response.status());
	}

	/** For filters; what they change counts. */
	@Override
	public HttpHeaders headers() {
		HttpHeaders known = this.headers;
		if (known == null) {
			known = new HttpHeaders();
			this.response.headers().forEach(known::add);
			this.headers = known;
		}
		return known;
	}

	@Override
	public MultiValueMap<String, ResponseCookie> cookies() {
		return CollectionUtils.unmodifiableMultiValueMap(new LinkedMultiValueMap<>());
	}

	@Override
	public Mono<Void> writeTo(ServerWebExchange exchange) {
		ServerHttpResponse output = exchange.getResponse();
		output.setRawStatusCode(this.response.status());
		int length = (this.response.body() instanceof ResponseBody.Bytes bytes && bytes.length() > 0) ? bytes.length()
				: AnswerFields.UNKNOWN;
		if (this.headers != null) {
			output.getHeaders().putAll(this.headers);
			AnswerFields.PLAIN.write(output, HttpFields.EMPTY, length);
		}
		else {
			this.fields.write(output, this.response.headers(), length);
		}
		return switch (this.response.body()) {
			case ResponseBody.Bytes bytes when bytes.length() == 0 -> output.setComplete();
			case ResponseBody.Bytes bytes ->
				output.writeWith(Mono.fromSupplier(() -> wrap(output.bufferFactory(), bytes)));
			case ResponseBody.Stream stream -> output
				.writeAndFlushWith(opened(this.workers.stream(stream, output.bufferFactory()), output.bufferFactory()));
			case ResponseBody.Content content -> output.writeWith(DataBufferUtils
				.readInputStream(content.file()::open, output.bufferFactory(), FILE_CHUNK_BYTES)
				.subscribeOn(this.workers.scheduler()));
		};
	}

	/** A stream whose status and header fields are sent at once, however long its first bytes take. */
	private static Flux<Mono<DataBuffer>> opened(Flux<DataBuffer> stream, DataBufferFactory factory) {
		return stream.map(Mono::just).startWith(Mono.fromSupplier(() -> factory.wrap(new byte[0])));
	}

	private static DataBuffer wrap(DataBufferFactory factory, ResponseBody.Bytes bytes) {
		DataBuffer whole = factory.wrap(bytes.array());
		return (bytes.length() == bytes.array().length) ? whole : whole.split(bytes.length());
	}

}
