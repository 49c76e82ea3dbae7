package dev.flin.autoconfigure.route;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpRequest;
import dev.flin.http.route.Exchange;

/**
 * The request of a {@link FlinRoute} method.
 */
public final class FlinRequest {

	private final Exchange exchange;

	FlinRequest(Exchange exchange) {
		this.exchange = exchange;
	}

	/** The request as it was received. */
	public HttpRequest raw() {
		return this.exchange.raw();
	}

	/** The id of the request, also in logs. */
	public String id() {
		return this.exchange.id();
	}

	/** The decoded path. */
	public String path() {
		return this.exchange.path();
	}

	/** A value of the path, or null. */
	public @Nullable String param(String name) {
		return (String) this.exchange.params().get(name);
	}

	/** The last value of a key of the query, or null. */
	public @Nullable String query(String name) {
		return (String) this.exchange.query().get(name);
	}

	/** The first value of a header field, or null. */
	public @Nullable String header(String name) {
		return this.exchange.header(name);
	}

	/** What is remembered about the visitor. Changes are kept. */
	public Map<@Nullable Object, @Nullable Object> session() {
		return this.exchange.session();
	}

	/** The user who is signed in, or null. */
	public @Nullable Object user() {
		return this.exchange.user();
	}

	/** The body as FLIN sees it: a map, list, text or number; null without one. */
	public @Nullable Object body() {
		return this.exchange.body();
	}

}
