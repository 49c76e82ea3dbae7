package dev.flin.autoconfigure.http;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import dev.flin.port.HttpCalls;

/**
 * Requests by Reactor Netty, which lets us choose the addresses that it connects to; the client of the JDK would look
 * names up once more by itself.
 */
final class NettyHttpCalls implements HttpCalls, AutoCloseable {

	private static final int CONNECT_MILLIS = 5000;

	private static final int CONNECTIONS_MAX = 200;

	private static final int WAITING_MAX = 2000;

	private static final Duration IDLE = Duration.ofSeconds(15);

	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private static final String NAME = "FLIN";

	/** Methods that Reactor Netty may send again on another connection when the server closes a kept one. */
	private static final Set<String> REPEATABLE = Set.of("GET", "PUT", "DELETE");

	/** More came than was allowed. */
	private static final class TooLarge extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	private final CheckedResolver.Lookup lookup;

	private final ConnectionProvider connections = ConnectionProvider.builder("flin-http")
		.maxConnections(CONNECTIONS_MAX)
		.pendingAcquireMaxCount(WAITING_MAX)
		.maxIdleTime(IDLE)
		.maxLifeTime(LIFETIME)
		.evictInBackground(IDLE)
		.build();

	/** Connections are kept for one rule alone: what another one has allowed says nothing. */
	private final Map<AddressRule, HttpClient> clients = new ConcurrentHashMap<>();

	NettyHttpCalls() {
		this(InetAddress::getAllByName);
	}

	NettyHttpCalls(CheckedResolver.Lookup lookup) {
		this.lookup = lookup;
	}

	private HttpClient client(AddressRule rule) {
		return HttpClient.create(this.connections)
			.resolver(new CheckedResolver(this.lookup, rule))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
			.followRedirect(false)
			.compress(true);
	}

	@Override
	public Answer send(Call call) throws Failed, InterruptedException {
		// Addresses are connected to without asking a resolver.
		byte @Nullable [] literal = NetUtil.createByteArrayFromIpAddressString(call.address().getHost());
		if (literal != null && !call.rule().allows(address(literal))) {
			throw new Failed(Reason.ADDRESS_REFUSED, null);
		}
		CompletableFuture<@Nullable Answer> future = exchange(call).toFuture();
		try {
			Answer answer = future.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
			if (answer == null) {
				throw new Failed(Reason.BROKEN, null);
			}
			return answer;
		}
		catch (TimeoutException ex) {
			throw new Failed(Reason.TIMEOUT, ex);
		}
		catch (ExecutionException ex) {
			throw new Failed(reason(ex), ex.getCause());
		}
		catch (CancellationException ex) {
			throw new Failed(Reason.BROKEN, ex);
		}
		finally {
			future.cancel(true);
		}
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has 4 or 16 bytes", ex);
		}
	}

	private Mono<Answer> exchange(Call call) {
		HttpClient client = this.clients.computeIfAbsent(call.rule(), this::client)
			.disableRetry(!REPEATABLE.contains(call.method()))
			.headers((headers) -> fill(headers, call));
		HttpClient.RequestSender request = client.request(HttpMethod.valueOf(call.method())).uri(call.address());
		byte[] body = call.body();
		HttpClient.ResponseReceiver<?> sent = (body == null) ? request
				: request.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
		return sent.response((response, content) -> read(response, content.asByteArray(), call.bytesMax())).single();
	}

	private static void fill(HttpHeaders headers, Call call) {
		headers.set(HttpHeaderNames.USER_AGENT, NAME);
		call.fields().forEach((field) -> headers.remove(field.name()));
		call.fields().forEach((field) -> headers.add(field.name(), field.value()));
		byte[] body = call.body();
		if (body != null || !REPEATABLE.contains(call.method())) {
			headers.set(HttpHeaderNames.CONTENT_LENGTH, (body != null) ? body.length : 0);
		}
	}

	private static Flux<Answer> read(HttpClientResponse response, Flux<byte[]> content, int bytesMax) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		return content.doOnNext((part) -> {
			if (part.length > bytesMax - bytes.size()) {
				throw new TooLarge();
			}
			bytes.writeBytes(part);
		}).thenMany(Flux.defer(() -> Flux.just(answer(response, bytes.toByteArray()))));
	}

	private static Answer answer(HttpClientResponse response, byte[] body) {
		List<Field> fields = new ArrayList<>();
		response.responseHeaders().forEach((field) -> fields.add(new Field(field.getKey(), field.getValue())));
		return new Answer(response.status().code(), fields, body);
	}

	private static Reason reason(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CheckedResolver.Refused) {
				return Reason.ADDRESS_REFUSED;
			}
			if (cause instanceof TooLarge) {
				return Reason.TOO_LARGE;
			}
			if (cause instanceof UnknownHostException || cause instanceof ConnectException
					|| cause instanceof NoRouteToHostException || cause instanceof SSLHandshakeException) {
				return Reason.UNREACHABLE;
			}
		}
		return Reason.BROKEN;
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

}
