package dev.flin.autoconfigure.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.ResponseBody;
import dev.flin.value.FileValue;

/** Files in a bucket, with a server in this process that speaks as much of S3 as is used. */
class BucketStorageTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private record Kept(byte[] bytes, String type) {
	}

	private final Map<String, Kept> objects = new ConcurrentHashMap<>();

	/** What it answers instead of what it should; 0 for nothing at all. */
	private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private Instant now = NOW;

	private HttpServer server;

	private URI endpoint;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.endpoint = URI.create("http://localhost:" + this.server.getAddress().getPort());
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	/** Refuses what is not signed with the key that it knows, or has another content than was signed. */
	private void answer(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Range"));
		Integer refusal = this.refusals.poll();
		if (refusal != null) {
			if (refusal > 0) {
				exchange.sendResponseHeaders(refusal, -1);
			}
			return;
		}
		String path = exchange.getRequestURI().getRawPath();
		String hash = SignatureV4.sha256(body);
		String expected = new SignatureV4("key", "secret", "eu", "s3")
			.sign(exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Host"), path, hash, NOW)
			.get("Authorization");
		boolean signed = (exchange.getRequestURI().getRawQuery() != null) ? isSigned(exchange)
				: Objects.equals(expected, exchange.getRequestHeaders().getFirst("Authorization"));
		if (!signed) {
			exchange.sendResponseHeaders(403, -1);
			return;
		}
		Kept kept = this.objects.get(path);
		switch (exchange.getRequestMethod()) {
			case "PUT" -> {
				this.objects.put(path, new Kept(body, exchange.getRequestHeaders().getFirst("Content-Type")));
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> {
				this.objects.remove(path);
				exchange.sendResponseHeaders(204, -1);
			}
			case "HEAD", "GET" -> {
				if (kept == null) {
					exchange.sendResponseHeaders(404, -1);
					return;
				}
				boolean head = exchange.getRequestMethod().equals("HEAD");
				exchange.getResponseHeaders().set("Content-Type", kept.type());
				String range = exchange.getRequestHeaders().getFirst("Range");
				if (range != null) {
					int first = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
					byte[] rest = Arrays.copyOfRange(kept.bytes(), first, kept.bytes().length);
					exchange.sendResponseHeaders(206, rest.length);
					exchange.getResponseBody().write(rest);
					exchange.close();
					return;
				}
				if (head) {
					exchange.getResponseHeaders().set("Content-Length", Integer.toString(kept.bytes().length));
				}
				exchange.sendResponseHeaders(200, head ? -1 : kept.bytes().length);
				if (!head) {
					exchange.getResponseBody().write(kept.bytes());
				}
				exchange.close();
			}
			default -> exchange.sendResponseHeaders(405, -1);
		}
	}

	/** Whether the address is signed as it is and still good. */
	private boolean isSigned(HttpExchange exchange) {
		Map<String, String> query = new LinkedHashMap<>();
		for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
			query.put(pair.substring(0, pair.indexOf('=')),
					URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
		}
		Duration lifetime = Duration.ofSeconds(Long.parseLong(query.getOrDefault("X-Amz-Expires", "0")));
		Instant start = LocalDateTime
			.parse(query.getOrDefault("X-Amz-Date", ""), DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"))
			.toInstant(ZoneOffset.UTC);
		String disposition = query.getOrDefault("response-content-disposition", "");
		exchange.getResponseHeaders().set("Content-Disposition", disposition);
		String expected = new SignatureV4("key", "secret", "eu", "s3").address(
				exchange.getRequestHeaders().getFirst("Host"), exchange.getRequestURI().getRawPath(),
				Map.of("response-content-disposition", disposition), lifetime, start);
		return expected.equals(exchange.getRequestURI().getRawQuery()) && this.now.isBefore(start.plus(lifetime));
	}

	private BucketStorage storage(String secret) {
		return new BucketStorage(this.endpoint, "photos", new SignatureV4("key", secret, "eu", "s3"), () -> NOW,
				Duration.ofSeconds(30));
	}

	private static FileValue file(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new FileValue("a.txt", "text/plain", bytes.length, null, () -> new ByteArrayInputStream(bytes));
	}

	@Test
	void shouldKeepFindAndRemoveFiles() throws IOException {
		BucketStorage storage = storage("secret");
		storage.put("2026/a.txt", file("hello"));
		storage.put("empty", file(""));
		assertThat(this.objects).containsOnlyKeys("/photos/2026/a.txt", "/photos/empty");
		FileValue found = Objects.requireNonNull(storage.find("2026/a.txt"));
		assertThat(found.name()).isEqualTo("a.txt");
		assertThat(found.contentType()).isEqualTo("text/plain");
		assertThat(found.size()).isEqualTo(5);
		try (var content = found.open()) {
			assertThat(content.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
		}
		storage.delete("2026/a.txt");
		storage.delete("2026/a.txt");
		assertThat(storage.find("2026/a.txt")).isNull();
	}

	@Test
	void shouldFailWhenTheStorageRefuses() {
		assertThatThrownBy(() -> storage("wrong").put("a", file("x"))).isInstanceOf(IOException.class)
			.hasMessage("the storage answered 403 for a");
		assertThat(this.objects).isEmpty();
	}

	@Test
	void shouldAskForTheRestOfAFileAlone() throws IOException {
		BucketStorage storage = storage("secret");
		storage.put("film", file("0123456789"));
		FileValue found = Objects.requireNonNull(storage.find("film"));
		try (var content = found.openFrom(7)) {
			assertThat(content.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("789");
		}
		assertThat(this.requests).endsWith("GET bytes=7-");
	}

	@Test
	void shouldTryAgainWhenTheServiceIsBusy() throws IOException {
		this.refusals.addAll(List.of(503, 500));
		storage("secret").put("a", file("x"));
		assertThat(this.objects).hasSize(1);
		assertThat(this.requests).hasSize(3);
		this.refusals.addAll(List.of(503, 503, 503));
		assertThatThrownBy(() -> storage("secret").put("b", file("x"))).hasMessage("the storage answered 503 for b");
		this.refusals.add(403);
		assertThatThrownBy(() -> storage("secret").find("a")).hasMessage("the storage answered 403 for a");
		assertThat(this.requests).hasSize(7);
	}

	@Test
	void shouldSayThatTheServiceCannotBeReachedOrTakesTooLong() {
		this.refusals.add(0);
		BucketStorage impatient = new BucketStorage(this.endpoint, "photos",
				new SignatureV4("key", "secret", "eu", "s3"), () -> NOW, Duration.ofMillis(300));
		assertThatThrownBy(() -> impatient.find("a")).isInstanceOf(IOException.class)
			.hasMessage("the storage at " + this.endpoint + " did not answer in time");
		this.server.stop(0);
		assertThatThrownBy(() -> storage("secret").find("a")).isInstanceOf(IOException.class)
			.hasMessage("the storage at " + this.endpoint + " cannot be reached");
	}

	/** The header fields come in time, and some bytes; then nothing, while the connection stays open. */
	@Test
	void shouldNotWaitForEverForTheRestOfAFile() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		this.server.createContext("/photos/film", (exchange) -> {
			exchange.sendResponseHeaders(200, 1_000_000);
			if (exchange.getRequestMethod().equals("GET")) {
				exchange.getResponseBody().write(new byte[1000]);
				exchange.getResponseBody().flush();
				await(over);
			}
			exchange.close();
		});
		BucketStorage impatient = new BucketStorage(this.endpoint, "photos",
				new SignatureV4("key", "secret", "eu", "s3"), () -> NOW, Duration.ofMillis(500));
		try (InputStream content = Objects.requireNonNull(impatient.find("film")).open()) {
			assertThat(content.readNBytes(1000)).hasSize(1000);
			assertThatThrownBy(content::read).isInstanceOf(IOException.class)
				.hasMessage("the storage has sent nothing for 500 ms");
		}
		finally {
			over.countDown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** A service that ends early does not look like one that was done. */
	@Test
	void shouldFailWhenTheServiceBreaksOff() throws IOException {
		BucketStorage storage = storage("secret");
		storage.put("film", file("0123456789"));
		FileValue found = Objects.requireNonNull(storage.find("film"));
		this.server.createContext("/photos/film", (exchange) -> {
			exchange.sendResponseHeaders(200, 10);
			exchange.getResponseBody().write('0');
			exchange.getResponseBody().flush();
			exchange.close();
		});
		try (InputStream content = found.open()) {
			assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class)
				.hasMessage("the storage broke off");
		}
	}

	/** An engine over the bucket, as an application has it. */
	@Test
	void shouldLetProgramsAnswerWhenTheServiceRefuses() throws IOException {
		Map<String, String> files = Map.of("app/up.flin", """
				route POST {
				    kept = try { save_file(body, "docs") } catch e { return error(503, e.code) }
				    kept.url
				}
				""", "app/down.flin", "route POST { delete_file(query.url ?? \"\") }\n");
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> files))
			.storage(storage("secret"))
			.build()
			.requireNoErrors()) {
			String url = post(engine, "/up").replace("\"", "");
			dev.flin.http.HttpResponse part = engine
				.handle(dev.flin.http.HttpRequest.of("GET", url, HttpFields.of("Range", "bytes=-3"), ""));
			assertThat(part.status()).isEqualTo(206);
			assertThat(part.headers().first("Content-Range")).isEqualTo("bytes 2-4/5");
			try (var content = ((ResponseBody.Content) part.body()).file().open()) {
				assertThat(content.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("llo");
			}
			String tag = String.valueOf(part.headers().first("ETag"));
			assertThat(engine
				.handle(dev.flin.http.HttpRequest.of("GET", url, HttpFields.of("If-None-Match", tag), ""))
				.status()).isEqualTo(304);
			this.refusals.add(403);
			assertThat(post(engine, "/up")).isEqualTo("{\"error\":\"StorageError\",\"status\":503}");
			this.refusals.add(403);
			assertThat(engine.handle(dev.flin.http.HttpRequest.of("GET", url)).status()).isEqualTo(500);
			this.objects.clear();
			assertThat(engine.handle(dev.flin.http.HttpRequest.of("GET", url)).status()).isEqualTo(404);
			assertThat(post(engine, "/down?url=" + url)).isEqualTo("false");
		}
	}

	private static String post(FlinEngine engine, String path) {
		return engine
			.handle(dev.flin.http.HttpRequest.of("POST", path, HttpFields.of("Content-Type", "image/png"), "hello"))
			.text();
	}

	/** The server checks the signature over what it was sent, and the time, as services do. */
	@Test
	void shouldGiveAddressesThatEnd() throws Exception {
		BucketStorage storage = storage("secret");
		storage.put("docs/a.txt", file("hello"));
		URI address = URI.create(storage.address("docs/a.txt", "attachment; filename=\"a b.txt\"",
				Duration.ofMinutes(10)));
		assertThat(address.toString()).contains("X-Amz-Expires=600").doesNotContain("secret");
		HttpResponse<String> answer = fetch(address);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("hello");
		assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"a b.txt\"");
		for (String changed : List.of(address.toString().replace("a.txt?", "b.txt?"),
				address.toString().replace("Expires=600", "Expires=6000"),
				address.toString().replace("attachment", "inline"),
				storage("wrong").address("docs/a.txt", "attachment", Duration.ofMinutes(10)))) {
			assertThat(fetch(URI.create(changed)).statusCode()).as(changed).isEqualTo(403);
		}
		this.now = NOW.plusSeconds(600);
		assertThat(fetch(address).statusCode()).isEqualTo(403);
	}

	private static HttpResponse<String> fetch(URI address) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
		}
	}

	@Test
	void shouldSignAddressesAsTheExampleOfTheService() {
		SignatureV4 signature = new SignatureV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
				"us-east-1", "s3");
		assertThat(signature.address("examplebucket.s3.amazonaws.com", "/test.txt", Map.of(), Duration.ofDays(1),
				Instant.parse("2013-05-24T00:00:00Z")))
			.contains("X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request")
			.endsWith("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
	}

	@Test
	void shouldSignAsTheExampleOfTheService() {
		SignatureV4 signature = new SignatureV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
				"us-east-1", "s3");
		String authorization = signature
			.sign("GET", "examplebucket.s3.amazonaws.com", "/test.txt", SignatureV4.sha256(new byte[0]),
					Instant.parse("2013-05-24T00:00:00Z"))
			.get("Authorization");
		assertThat(authorization).startsWith(
				"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
						+ "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=")
			.hasSize(authorization.indexOf("Signature=") + 10 + 64);
	}

}
