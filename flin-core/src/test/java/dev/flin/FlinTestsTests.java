package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.flin.diag.Diagnostic;
import dev.flin.port.HttpCalls;
import dev.flin.runtime.HostFunction;

/** Tests of an application in the language. */
class FlinTestsTests {

	private final Map<String, String> files = new LinkedHashMap<>();

	@Test
	void passesWhenNothingIsRaised() {
		assertThat(run("""
				test "adds" {
				    assert 1 + 2 == 3
				}
				""")).containsExactly("adds: ok");
	}

	@Test
	void failureShowsBothSidesAndThePlace() {
		assertThat(run("""
				fn total() { 10 }
				test "is twelve" {
				    wanted = 12
				    assert total() == wanted
				}
				""")).containsExactly("""
				is twelve: assertion failed: total() == wanted
				  left:  10
				  right: 12
				  at test (a.test.flin:4)""");
	}

	@Test
	void encryptedFieldsNeedNoKey() {
		this.files.put("entities/Person.flin", "entity Person { email: text @encrypted @unique }");
		assertThat(run("""
				test "keeps secrets" {
				    save Person { email: "ama@example.org" }
				    assert Person.find_by(email: "ama@example.org") != none
				}
				""")).containsExactly("keeps secrets: ok");
	}

	@Test
	void failureShowsAValueThatIsNotTrue() {
		assertThat(run("""
				test "has a name" {
				    name = ""
				    assert name, "a name is needed"
				}
				test "holds" { assert 3 in [1, 2] }
				""")).containsExactly("""
				has a name: a name is needed
				assertion failed: name
				  value: ""
				  at test (a.test.flin:3)""", """
				holds: assertion failed: 3 in [1, 2]
				  left:  3
				  right: [1, 2]
				  at test (a.test.flin:5)""");
	}

	@Test
	void sidesAreEvaluatedOnce() {
		assertThat(run("""
				fn add(xs) {
				    xs.push(1)
				    xs.length
				}
				test "counts" {
				    xs = []
				    assert add(xs) == 1
				    assert xs.length == 1
				}
				""")).containsExactly("counts: ok");
	}

	@Test
	void sendsRequestsAndSeesWhatTheySave() {
		file("entities/Order.flin", "entity Order { product: text  quantity: int }");
		file("app/api/orders.flin", """
				route POST {
				    validate { product: text @required  quantity: int @required }
				    order = Order { product: body.product, quantity: body.quantity }
				    save order
				    response.created(order)
				}
				route GET { Order.all }
				""");
		assertThat(run("""
				test "takes orders" {
				    answer = request(POST, "/api/orders", { product: "Pen", quantity: 3 })
				    assert answer.status == 201
				    assert answer.body.quantity == 3
				    assert answer.headers["content-type"] == "application/json"
				    assert Order.count == 1
				    assert request(GET, "/api/orders").body.length == 1
				}
				test "refuses orders without quantity" {
				    answer = request(POST, "/api/orders", { product: "Pen" })
				    assert answer.status == 400
				    assert "quantity" in answer.body.fields
				    assert Order.count == 0
				}
				""")).containsExactly("takes orders: ok", "refuses orders without quantity: ok");
	}

	@Test
	void requestsAreThoseOfAUser() {
		file("entities/User.flin", "entity User { name: text  role: text }");
		file("app/me.flin", """
				guard role("admin")
				route GET { { name: request.user.name } }
				""");
		assertThat(run("""
				test "knows who asks" {
				    ada = User { name: "Ada", role: "admin" }
				    save ada
				    assert request(GET, "/me").status == 401
				    as(ada) {
				        assert request(GET, "/me").body.name == "Ada"
				    }
				    as("guest") { assert request(GET, "/me").status == 403 }
				    as({ name: "Bob", role: "admin" }) { assert request(GET, "/me").body.name == "Bob" }
				    assert request(GET, "/me").status == 401
				}
				""")).containsExactly("knows who asks: ok");
	}

	@Test
	void timeTravels() {
		file("entities/Product.flin", "entity Product { name: text  price: int }");
		assertThat(run("""
				test "remembers prices" {
				    pen = Product { name: "Pen", price: 3 }
				    at("2024-01-01") { save pen }
				    at("2025-01-01") {
				        pen.price = 4
				        save pen
				    }
				    assert (pen @ "2024-06-01").price == 3
				    assert pen.price == 4
				    assert now == time("2026-01-01")
				    advance(2d)
				    assert now == time("2026-01-03")
				    assert fails(() => at("2023-01-01") { save pen }).message.contains("nothing can be saved before")
				}
				""")).containsExactly("remembers prices: ok");
	}

	@Test
	void eachTestHasAnApplicationOfItsOwn() {
		file("entities/Note.flin", "entity Note { text: text }");
		file("lib/counter.flin", "let shared = [0]\nfn next() { shared[0] += 1; shared[0] }");
		assertThat(run("""
				test "first" { save Note { text: "a" }; assert Note.count == 1 }
				test "second" { save Note { text: "b" }; assert Note.count == 1 }
				""")).containsExactly("first: ok", "second: ok");
	}

	@Test
	void functionsOfTheHostHaveStandIns() {
		HostFunction rate = new HostFunction("tax.rate", "tax.rate(country: text) -> number", "",
				(context, arguments) -> "CI".equals(arguments[0]) ? 0.18 : 0.2);
		file("app/tax.flin", "route GET { 100 * tax.rate(query.country ?? \"FR\") }");
		FlinTests tests = FlinEngine.builder().root(root("""
				test "asks the host" { assert tax.rate("CI") == 0.18 }
				test "fakes" {
				    fake("tax.rate", (country) => 0.5)
				    assert request(GET, "/tax").body == 50
				    fake("tax.rate", "much")
				    assert fails(() => tax.rate("FR")).message.contains("number")
				}
				""")).function(rate).tests();
		assertThat(results(tests)).containsExactly("asks the host: ok", "fakes: ok");
	}

	@Test
	void aFakeStandsInForOtherServers() {
		file("app/rate.flin", """
				route GET {
				    answer = http_get("https://rates.example/v1?to=" ++ query.to, { retries: 2 })
				    if !answer.ok { return error(502, "no rates: {answer.status}") }
				    { rate: answer.json.rate, type: answer.headers["content-type"] }
				}
				route POST {
				    http_post("https://hooks.example/", { json: body }).body
				}
				""");
		FlinTests tests = FlinEngine.builder().root(root("""
				test "an answer" {
				    fake("http_get", (url, options) => {
				        assert options.retries == 2
				        return { json: { rate: url.ends_with("XOF") ? 656 : 1 }, headers: { "Content-Type": "x/y" } }
				    })
				    assert request(GET, "/rate?to=XOF").body == { rate: 656, type: "x/y" }
				}
				test "a failure" {
				    fake("http_get", { status: 503 })
				    answer = request(GET, "/rate?to=XOF")
				    assert answer.status == 502
				    assert answer.body.error == "no rates: 503"
				}
				test "what was sent" {
				    fake("http_post", (url, options) => { status: 201, body: to_json(options.json) })
				    assert request(POST, "/rate", { a: 1 }).body.contains("a")
				}
				test "nothing else" {
				    fake("http_get", 7)
				    assert fails(() => http_get("https://a.example")).message.starts_with("the fake http_get")
				    assert fails(() => fake("now", 7)).message == "there is no function 'now' of the host"
				}
				""")).service(HttpCalls.class, (call) -> {
			throw new HttpCalls.Failed(HttpCalls.Reason.UNREACHABLE, null);
		}).tests();
		assertThat(results(tests)).containsExactly("an answer: ok", "a failure: ok", "what was sent: ok",
				"nothing else: ok");
	}

	@Test
	void aFileThatDoesNotCompileDoesNotStopOthers() {
		FlinTests tests = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("a.test.flin", "test \"bad\" { assert unknown == 1 }", "b.test.flin",
					"test \"good\" { assert true }")))
			.tests();
		assertThat(results(tests)).containsExactly("good: ok");
		assertThat(tests.errors()).containsOnlyKeys("a.test.flin");
		assertThat(tests.errors().get("a.test.flin")).contains("E0102");
	}

	@Test
	void testsStandInFilesOfTheirOwn() {
		List<Diagnostic> found = FlinEngine.check(Map.of("main.flin", "test \"no\" { }", "a.test.flin",
				"test \"x\" { }\ntest \"x\" { }"));
		assertThat(found).extracting((each) -> each.code() + " " + each.file().path() + ":" + each.line())
			.containsExactly("E0016 main.flin:1", "E0108 a.test.flin:2");
	}

	@Test
	void twoTestsOfOneNameShowBothPlaces() {
		List<Diagnostic> found = FlinEngine.check(Map.of("a.test.flin", "test \"x\" { }\n\ntest \"x\" { }"));
		assertThat(found).extracting(Diagnostic::message)
			.containsExactly("the test 'x' is there twice: in line 1 and in line 3");
	}

	@Test
	void anApplicationDoesNotSeeItsTests() {
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("main.flin", "print(1)", "a.test.flin", "fn f( {")))
			.build()) {
			assertThat(engine.diagnostics()).isEmpty();
		}
	}

	private void file(String path, String text) {
		this.files.put(path, text);
	}

	private SourceRoot root(String tests) {
		file("a.test.flin", tests);
		return SourceRoot.of(() -> new TreeMap<>(this.files));
	}

	private List<String> run(String tests) {
		return results(FlinEngine.builder().root(root(tests)).tests());
	}

	private static List<String> results(FlinTests tests) {
		if (tests.byFile().isEmpty()) {
			return List.of(FlinEngine.render(tests.diagnostics()));
		}
		return tests.byFile().values().stream().flatMap(List::stream).map((test) -> {
			FlinTests.Result result = tests.run(test);
			return test.name() + ": " + (result.passed() ? "ok" : result.report());
		}).toList();
	}

}
