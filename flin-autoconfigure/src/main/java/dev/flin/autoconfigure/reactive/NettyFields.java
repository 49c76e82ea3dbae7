package dev.flin.autoconfigure.reactive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.netty.http.server.HttpServerResponse;

import dev.flin.http.HttpFields;

/**
 * Fields for Reactor Netty, which copies a text character by character and bytes at once: what comes again in every
 * answer, the policies most of all, is kept as bytes. Loaded only where Reactor Netty is on the class path.
 */
final class NettyFields implements AnswerFields {

	/** Programs may make any number of values; those that come first are kept, because the settings are among them. */
	private static final int KEPT_MAX = 200;

	/** A policy with a nonce is never sent twice. */
	private static final String ONCE = "'nonce-";

	private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");

	private final Map<String, AsciiString> names = new ConcurrentHashMap<>();

	private final Map<String, AsciiString> values = new ConcurrentHashMap<>();

	/** Fields that many answers share, ready to be copied without another look at them. */
	private final Map<HttpFields, HttpHeaders> common = new ConcurrentHashMap<>();

	@Override
	public void write(ServerHttpResponse response, HttpFields fields, int length) {
		HttpHeaders headers = headers(response);
		if (headers == null) {
			PLAIN.write(response, fields, length);
			return;
		}
		boolean fresh = headers.size() == 1 && headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
		if (!fresh) {
			fields.forEach((name, value) -> headers.remove(name));
		}
		fields.forEachOwn((name, value) -> headers.add(kept(this.names, name), value(name, value)));
		if (fields.common() != null) {
			headers.add(ready(fields.common()));
		}
		if (length != UNKNOWN) {
			headers.set(CONTENT_LENGTH, Integer.toString(length));
		}
	}

	private HttpHeaders ready(HttpFields fields) {
		HttpHeaders known = this.common.get(fields);
		if (known != null) {
			return known;
		}
		HttpHeaders made = DefaultHttpHeadersFactory.headersFactory().newHeaders();
		fields.forEach((name, value) -> made.add(kept(this.names, name), value(name, value)));
		if (this.common.size() < KEPT_MAX) {
			this.common.put(fields, made);
		}
		return made;
	}

	/**
	 * The fields behind those of Spring; null where something may stand between, or nothing may be written any more.
	 */
	private static @Nullable HttpHeaders headers(ServerHttpResponse response) {
		return (response instanceof AbstractServerHttpResponse plain && !plain.isCommitted()
				&& plain.bufferFactory() instanceof NettyDataBufferFactory
				&& plain.getNativeResponse() instanceof HttpServerResponse netty) ? netty.responseHeaders() : null;
	}

	private CharSequence value(String name, String value) {
		return switch (name) {
			case "Content-Security-Policy" -> value.contains(ONCE) ? value : kept(this.values, value);
			case "Content-Type", "Cache-Control", "Vary", "X-Content-Type-Options", "X-Frame-Options",
					"Referrer-Policy", "Permissions-Policy", "Strict-Transport-Security" -> kept(this.values, value);
			default -> value;
		};
	}

	private static CharSequence kept(Map<String, AsciiString> all, String text) {
		AsciiString known = all.get(text);
		if (known != null) {
			return known;
		}
		if (all.size() >= KEPT_MAX) {
			return text;
		}
		AsciiString made = new AsciiString(text);
		all.put(text, made);
		return made;
	}

}
