package dev.flin.autoconfigure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.port.HttpCalls;
import dev.flin.value.FlinError;

/** Addresses by which somebody would have the application ask what only it can reach. The server must stay unasked. */
class ForgedRequestTests {

	private Servers server;

	@BeforeEach
	void start() throws IOException {
		this.server = new Servers().on("/", 200, "text/plain", "secret");
	}

	@AfterEach
	void stop() {
		assertThat(this.server.asked).isEmpty();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.1.2.3", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
			"[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
			"[fe80::1]", "[fd00:ec2::254]", "[fc00::1]", "[ff02::1]", "[2001:db8::1]", "10.0.0.1", "172.16.0.1",
			"172.31.255.255", "192.168.1.1", "169.254.169.254", "100.100.100.200", "100.64.0.1", "168.63.129.16",
			"192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "１２７.０.０.１", "127。0。0。1" })
	void privateAddressesAreRefused(String host) {
		assertThat(get("http://" + host + ":" + this.server.port() + "/")).contains("error HttpError:")
			.contains("is a private address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "127.1", "127.0.1",
			"0177.0.0.1", "127.0.0.01", "0127.0.0.1", "127.0.0.1.5", "256.0.0.1", "1.2.3", "[fe80::1%25eth0]",
			"[fe80::1%eth0]", "[::1", "user@127.0.0.1", "shop.example@127.0.0.1", "user:pw@localhost",
			"127.0.0.1\\@shop.example", "shop.example\\@127.0.0.1", "", ":80", "a b", "127.0.0.1%00.example",
			"local\thost", "localhost\r\nHost: evil" })
	void spellingsThatReadersTakeDifferentlyAreNone(String host) {
		assertThat(get("http://" + host + ":" + this.server.port() + "/")).startsWith("error Error:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:///etc/passwd", "ftp://shop.example/", "gopher://127.0.0.1:6379/_x",
			"jar:http://x!/",
			"//127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1", "data:text/plain,x", "javascript:1", "" })
	void otherSchemesAreNone(String address) {
		assertThat(get(address)).startsWith("error Error: a request needs an address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "localhost.", "inside.example", "mapped.example",
			"metadata.google.internal", "rebound.example" })
	void namesThatLeadInsideAreRefused(String host) {
		for (int i = 0; i < 3; i++) {
			assertThat(get("http://" + host + ":" + this.server.port() + "/")).contains("error HttpError:")
				.contains("leads to a private address")
				.doesNotContain("127.0.0.1");
		}
	}

	/** Whoever asks the name twice, once to check and once to connect, would connect to this machine. */
	@Test
	void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() {
		AtomicInteger asked = new AtomicInteger();
		try (NettyHttpCalls calls = new NettyHttpCalls((host) -> {
			// 192.0.2.1 is for examples: the rule of this test lets it pass, nobody answers there.
			return new InetAddress[] {
					InetAddress.getByName(asked.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1") };
		})) {
			assertThat(run("http_get(\"http://turns.example:" + this.server.port() + "/\", { timeout: 0.3.seconds })",
					calls, Map.of("flin.http.allow", "192.0.2.0/24")))
				.startsWith("error HttpError:");
			assertThat(asked).hasValue(1);
		}
	}

	@Test
	void aRedirectLeadsInsideNoMoreThanAnAddressDoes() {
		for (String target : List.of("http://127.0.0.1/", "http://localhost/", "http://inside.example/",
				"//169.254.169.254/latest/meta-data/", "http://2130706433/", "file:///etc/passwd",
				"http://[::ffff:127.0.0.1]/", "gopher://localhost/")) {
			HttpCalls redirecting = (call) -> {
				assertThat(call.address().getHost()).isIn("shop.example", "localhost", "inside.example");
				if (!call.address().getHost().equals("shop.example")) {
					try (NettyHttpCalls real = calls()) {
						return real.send(call);
					}
				}
				return new HttpCalls.Answer(302, List.of(new HttpCalls.Field("Location", target)), new byte[0]);
			};
			assertThat(run("http_get(\"http://shop.example/\")", redirecting, Map.of())).as(target)
				.startsWith("error ")
				.doesNotContain("secret");
		}
	}

	@Test
	void aRedirectFromHttpsToHttpIsRefused() {
		HttpCalls redirecting = (call) -> new HttpCalls.Answer(302,
				List.of(new HttpCalls.Field("Location", "http://shop.example/")), new byte[0]);
		assertThat(run("http_get(\"https://shop.example/\")", redirecting, Map.of()))
			.isEqualTo("error HttpError: http_get was redirected from https to http");
	}

	@Test
	void whatIsAllowedIsAllowedAndNothingElse() {
		HttpCalls open = (call) -> new HttpCalls.Answer(200, List.of(), new byte[0]);
		String code = "print(http_get(\"http://%s/\").status)";
		Map<String, String> allowed = Map.of("flin.http.allow", "10.1.0.0/16, api.internal,*.svc.example");
		assertThat(run(code.formatted("10.1.2.3"), open, allowed)).isEqualTo("200");
		assertThat(run(code.formatted("[::ffff:10.1.2.3]"), open, allowed)).isEqualTo("200");
		assertThat(run(code.formatted("10.2.2.3"), open, allowed)).contains("private address");
		assertThat(run(code.formatted("127.0.0.1"), open, allowed)).contains("private address");
		String port = ":" + this.server.port();
		try (NettyHttpCalls calls = calls()) {
			for (String host : List.of("api.internal.example", "svc.example", "xsvc.example", "xapi.internal")) {
				assertThat(run(code.formatted(host + port), calls, allowed)).as(host).contains("leads to a private");
			}
		}
	}

	@Test
	void aMistakeInTheConfigurationStopsTheStart() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> run("", (call) -> null, Map.of("flin.http.allow", "http://a")))
			.withMessageContaining("flin.http.allow: 'http://a' is neither a host");
	}

	private String get(String address) {
		try (NettyHttpCalls calls = calls()) {
			return run("print(http_get(" + quoted(address) + ").body)", calls, Map.of());
		}
	}

	/** Knows names of the outside that lead inside. */
	private static NettyHttpCalls calls() {
		return new NettyHttpCalls(ForgedRequestTests::lookup);
	}

	private static InetAddress[] lookup(String host) throws UnknownHostException {
		return switch (host) {
			case "mapped.example" -> InetAddress.getAllByName("::ffff:127.0.0.1");
			case "metadata.google.internal" -> InetAddress.getAllByName("169.254.169.254");
			case "rebound.example" -> new InetAddress[] { InetAddress.getByName("127.0.0.1"),
					InetAddress.getByName("fe80::1") };
			case "localhost" -> InetAddress.getAllByName(host);
			default -> InetAddress.getAllByName("127.0.0.1");
		};
	}

	private static String quoted(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t") + "\"";
	}

	private static String run(String code, HttpCalls calls, Map<String, String> properties) {
		StringBuilder printed = new StringBuilder();
		try (FlinEngine engine = FlinEngine.builder()
			.service(HttpCalls.class, calls)
			.properties(properties)
			.root(SourceRoot.of(() -> Map.of("main.flin", code)))
			.compileExecutor(Runnable::run)
			.print(printed::append)
			.build()
			.requireNoErrors()) {
			engine.run("main.flin");
		}
		catch (FlinError ex) {
			printed.append("error ").append(ex.code()).append(": ").append(ex.message());
		}
		return printed.toString();
	}

}
