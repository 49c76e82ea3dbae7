package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.flin.http.Percent;

class RouteTableTests {

	private static RouteTable table(String... routes) {
		return RouteTable.of(Stream.of(routes).map((route) -> {
			String[] parts = route.split(" ");
			return RouteSpec.route(parts[0], parts[1], route, (context, exchange) -> null);
		}).toList());
	}

	private static String find(RouteTable table, String method, String path) {
		RouteTable.Match match = table.match(method, Objects.requireNonNull(Percent.segments(path)));
		return (match.route() != null) ? match.route().path() + " " + match.captured() : "none " + match.allowed();
	}

	@Test
	void aLiteralBeatsAParameterWhichBeatsACatchAll() {
		RouteTable table = table("GET /shop/[...rest]", "GET /shop/[id]", "GET /shop/new");
		assertThat(find(table, "GET", "/shop/new")).isEqualTo("/shop/new []");
		assertThat(find(table, "GET", "/shop/lamp")).isEqualTo("/shop/{id} [lamp]");
		assertThat(find(table, "GET", "/shop/lamp/reviews")).isEqualTo("/shop/{*rest} [lamp/reviews]");
		assertThat(find(table, "GET", "/shop")).isEqualTo("none []");
	}

	@Test
	void goesBackWhenALiteralLeadsNowhere() {
		RouteTable table = table("GET /a/b/c", "GET /[x]/b/d");
		assertThat(find(table, "GET", "/a/b/d")).isEqualTo("/{x}/b/d [a]");
	}

	@Test
	void aPatternWithoutTheMethodGivesWayToOneThatHasIt() {
		RouteTable table = table("POST /users/import", "GET /users/[id]");
		assertThat(find(table, "GET", "/users/import")).isEqualTo("/users/{id} [import]");
		assertThat(find(table, "DELETE", "/users/import")).isEqualTo("none [GET, POST]");
	}

	@Test
	void anOptionalCatchAllAlsoAnswersWithoutARest() {
		RouteTable table = table("GET /files/[[...path]]");
		assertThat(find(table, "GET", "/files")).isEqualTo("/files/{*path} []");
		assertThat(find(table, "HEAD", "/files/a/b.txt")).isEqualTo("/files/{*path} [a/b.txt]");
	}

	@Test
	void tellsWhatWasDeclaredTwice() {
		RouteTable table = table("GET /a/[x]", "GET /a/[y]");
		assertThat(table.conflicts()).singleElement()
			.satisfies((conflict) -> assertThat(conflict.second().origin()).isEqualTo("GET /a/[y]"));
	}

	@Test
	void filesGiveTheirPaths() {
		assertThat(List.of("index.flin", "about.flin", "blog/[slug].flin", "docs/[...path].flin", "a/index.flin"))
			.map((file) -> String.valueOf(RoutePath.ofFile(file)))
			.containsExactly("/", "/about", "/blog/{slug}", "/docs/{*path}", "/a");
		assertThat(RoutePath.ofFile("a/_layout.flin")).isNull();
	}

	@Test
	void refusesPatternsThatCannotMatch() {
		assertThatIllegalArgumentException().isThrownBy(() -> RoutePath.of("users"));
		assertThatIllegalArgumentException().isThrownBy(() -> RoutePath.of("/[...a]/b"));
	}

	@Test
	void malformedEscapesAreNoPath() {
		assertThat(Stream.of("/%", "/%4", "/%zz", "/%ff", "/a%00b", "a").map(Percent::segments)).containsOnlyNulls();
		assertThat(Percent.segments("/caf%C3%A9%20noir/a%2Fb")).containsExactly("café noir", "a/b");
	}

}
