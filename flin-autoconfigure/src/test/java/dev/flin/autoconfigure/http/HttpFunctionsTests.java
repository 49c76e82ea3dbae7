package dev.flin.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.port.HttpCalls;
import dev.flin.value.FlinError;

class HttpFunctionsTests {

	private final NettyHttpCalls calls = new NettyHttpCalls();

	private Servers server;

	@BeforeEach
	void start() throws IOException {
		this.server = new Servers();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.calls.close();
	}

	@Test
	void anAnswerHasStatusHeadersTextAndJson() {
		this.server.on("/user", 200, "application/json; charset=utf-8", "{\"name\":\"Ädä\",\"tags\":[1,2]}");
		assertThat(run("""
				r = http_get("%s/user?q=a b#part")
				print(r.status, r.ok, r.headers["content-type"], r.json.name, r.json.tags[1])
				print(r.body)
				""")).isEqualTo("200 true application/json; charset=utf-8 Ädä 2\n{\"name\":\"Ädä\",\"tags\":[1,2]}");
		assertThat(this.server.asked.get(0).path()).isEqualTo("/user?q=a%20b");
		assertThat(this.server.asked.get(0).headers()).containsEntry("user-agent", "FLIN");
	}

	@Test
	void aBadStatusIsAValue() {
		this.server.on("/gone", 410, "text/plain", "no more");
		assertThat(run("""
				r = http_get("%s/gone")
				print(r.status, r.ok, r.body, r.json)
				""")).isEqualTo("410 false no more none");
	}

	@Test
	void allMethodsAndBodies() {
		this.server.on("/echo", (exchange, asked) -> Servers.send(exchange, 200, "text/plain", asked.method() + "|"
				+ asked.headers().get("content-type") + "|" + asked.headers().get("content-length") + "|"
				+ asked.body()));
		assertThat(run("""
				url = "%s/echo"
				print(http_post(url, { json: { name: "Ada", on: none } }).body)
				print(http_put(url, { form: { a: "1 & 2", b: ["x", "y"] } }).body)
				print(http_patch(url, { body: "plain" }).body)
				print(http_post(url, { body: "<a/>", headers: { "content-type": "text/xml" } }).body)
				print(http_delete(url).body)
				print(http_post(url).body)
				""")).isEqualTo("""
				POST|application/json|26|{"name":"Ada","on":null}
				PUT|application/x-www-form-urlencoded|17|a=1%20%26%202&b=x&b=y
				PATCH|text/plain; charset=utf-8|5|plain
				POST|text/xml|4|<a/>
				DELETE|null|null|
				POST|null|0|""".replace("|26|", "|24|").replace("|17|", "|21|"));
	}

	@Test
	void whatIsNoTextIsAFile() {
		this.server.on("/logo.png", (exchange, asked) -> {
			exchange.getResponseHeaders().set("Content-Type", "image/png");
			exchange.sendResponseHeaders(200, 3);
			exchange.getResponseBody().write(new byte[] { (byte) 0x89, 'P', 0 });
		});
		assertThat(run("""
				f = http_get("%s/logo.png").body
				print(type_of(f), f.name, f.size, f.type)
				""")).isEqualTo("file logo.png 3 image/png");
	}

	@Test
	void headersAreSentAndCannotBeInjected() {
		this.server.on("/", (exchange, asked) -> Servers.send(exchange, 200, "text/plain",
				asked.headers().get("x-one") + " " + asked.headers().get("host")));
		assertThat(run("print(http_get(\"%s\", { headers: { \"X-One\": 7, \"X-None\": none } }).body)"))
			.isEqualTo("7 localhost:" + this.server.port());
		for (String bad : List.of("\"X\": \"a\\r\\nEvil: 1\"", "\"X\": \"a\\nb\"", "\"X\\r\\nEvil\": \"1\"",
				"Host: \"evil\"", "\"Transfer-Encoding\": \"chunked\"", "\"content-length\": 3", "Connection: \"x\"")) {
			assertThat(run("http_get(\"%s\", { headers: {" + bad + "} })")).as(bad).startsWith("error Error:");
		}
		assertThat(this.server.asked).hasSize(1);
	}

	@Test
	void redirectsAreFollowedWithoutWhatIsForTheFirstServer() throws IOException {
		try (Servers other = new Servers()) {
			other.on("/new", 200, "text/plain", "there");
			this.server.redirect("/other", 302, other.address() + "/new")
				.redirect("/same", 307, "echo?x=1")
				.redirect("/see", 303, "/echo")
				.redirect("/round", 302, "/round")
				.on("/echo", (exchange, asked) -> Servers.send(exchange, 200, "text/plain",
						asked.method() + " " + asked.path() + " " + asked.body() + " "
								+ asked.headers().get("authorization")));
			assertThat(run("""
					u = "%s"
					o: map = { headers: { Authorization: "Bearer t", Cookie: "a=b", "X-Key": "k", Accept: "text/plain" } }
					print(http_get(u ++ "/other", o).body)
					o.body = "b"
					print(http_post(u ++ "/same", o).body)
					print(http_post(u ++ "/see", o).body)
					print(http_get(u ++ "/round"))
					""")).isEqualTo("""
					there
					POST /echo?x=1 b Bearer t
					GET /echo  Bearer t
					error HttpError: http_get was redirected more than 5 times""");
			assertThat(other.asked.get(0).headers()).doesNotContainKeys("authorization", "cookie", "x-key")
				.containsEntry("accept", "text/plain");
		}
	}

	@Test
	void anAnswerThatIsTooLargeIsStopped() {
		this.server.on("/said", 200, "text/plain", "x".repeat(2000)).on("/unsaid", (exchange, asked) -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream out = exchange.getResponseBody()) {
				for (int i = 0; i < 1000; i++) {
					out.write(new byte[1000]);
				}
			}
		});
		for (String path : List.of("said", "unsaid")) {
			assertThat(run("http_get(\"%s/" + path + "\")", Map.of("flin.http.max-body", "1000B"))).isEqualTo(
					"error HttpError: the answer of 'localhost' is larger than the limit of 1000 bytes "
							+ "(flin.http.max-body)");
		}
	}

	@Test
	void aCompressedBombIsStopped() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
			for (int i = 0; i < 64; i++) {
				zip.write(new byte[1 << 20]);
			}
		}
		assertThat(bomb.size()).isLessThan(100_000);
		this.server.on("/", (exchange, asked) -> {
			exchange.getResponseHeaders().set("Content-Encoding", "gzip");
			exchange.sendResponseHeaders(200, bomb.size());
			exchange.getResponseBody().write(bomb.toByteArray());
		});
		assertThat(run("http_get(\"%s\")", Map.of("flin.http.max-body", "1MB")))
			.startsWith("error HttpError: the answer of 'localhost' is larger than the limit of 1048576 bytes");
	}

	@Test
	void aSlowAnswerEnds() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		this.server.on("/", (exchange, asked) -> {
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write('x');
			exchange.getResponseBody().flush();
			try {
				done.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(run("http_get(\"%s\", { timeout: 0.2.seconds })"))
			.startsWith("error HttpError: 'localhost' did not answer within");
		done.countDown();
	}

	@Test
	void nobodyThereIsAnErrorThatCanBeCaught() {
		this.server.close();
		assertThat(run("""
				r = try { http_get("%s") } catch e { e.code ++ ": " ++ e.message }
				print(r)
				""")).isEqualTo("HttpError: 'localhost' cannot be reached");
	}

	@Test
	void retriesRepeatWhatMayBeRepeated() {
		AtomicInteger count = new AtomicInteger();
		this.server.on("/", (exchange, asked) -> Servers.send(exchange, count.incrementAndGet() % 3 == 0 ? 200 : 502,
				"text/plain", "x"));
		assertThat(run("""
				print(http_get("%1$s", { retries: 2 }).status, http_get("%1$s", { retries: 1 }).status)
				print(http_post("%1$s", { retries: 5 }).status)
				print(http_post("%1$s", { retries: 5 }).status)
				""")).isEqualTo("200 502\n200\n502");
	}

	@Test
	void whatIsAskedCanBeLookedAtWithoutAServer() {
		List<HttpCalls.Call> seen = new ArrayList<>();
		HttpCalls fake = (call) -> {
			seen.add(call);
			return new HttpCalls.Answer(201, List.of(new HttpCalls.Field("X", "a"), new HttpCalls.Field("x", "b")),
					"{\"id\":7}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
		};
		assertThat(run("r = http_post(\"https://api.example/v1\", { json: 1 })\nprint(r.json.id, r.headers.x)",
				Map.of(),
				fake)).isEqualTo("7 a, b");
		assertThat(seen.get(0).address()).hasToString("https://api.example/v1");
	}

	@Test
	void withoutTheLibraryTheCompilerNamesIt() {
		try (FlinEngine bare = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("main.flin", "print(http_get(\"https://api.example\"))\n")))
			.compileExecutor(Runnable::run)
			.build()) {
			assertThat(bare.renderedDiagnostics()).contains("E0601")
				.contains("add org.springframework.boot:spring-boot-starter-webflux to the dependencies");
		}
	}

	private String run(String code) {
		return run(code, Map.of());
	}

	private String run(String code, Map<String, String> properties) {
		return run(code.replace("%1$s", this.server.address()).replace("%s", this.server.address()), properties,
				this.calls);
	}

	/** What a program prints that may call this machine. */
	private static String run(String code, Map<String, String> properties, HttpCalls calls) {
		StringBuilder printed = new StringBuilder();
		try (FlinEngine engine = FlinEngine.builder()
			.service(HttpCalls.class, calls)
			.property("flin.http.allow", "localhost")
			.properties(properties)
			.root(SourceRoot.of(() -> Map.of("main.flin", code)))
			.compileExecutor(Runnable::run)
			.print((line) -> printed.append(line).append('\n'))
			.build()
			.requireNoErrors()) {
			engine.run("main.flin");
		}
		catch (FlinError ex) {
			printed.append("error ").append(ex.code()).append(": ").append(ex.message());
		}
		return printed.toString().strip();
	}

}
