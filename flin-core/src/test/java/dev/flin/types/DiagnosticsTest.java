package dev.flin.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			total = cuont + 1                            | E0102@1
			pritn(1)                                     | E0103@1
			x = "a".uper                                 | E0104@1
			m = { a: 1 }; print(m.b)                     | E0104@1
			fn f(a: txet) { a }                          | E0105@1
			fn f(a) { a }; f(b: 1)                       | E0106@1
			enum L { R }; x = L.G                        | E0107@1
			fn f() { 1 }; fn f() { 2 }                   | E0108@1
			if 1 > 2 { x = 1 }; print(x)                 | E0109@1
			const a = 1; a = 2                           | E0110@1
			impl Flyable for int { }                     | E0111@1
			n: int = "a"                                 | E0201@1
			x = 1; x = "a"                               | E0201@1
			x = "a" - 1                                  | E0202@1
			x = now + now                                | E0202@1
			fn f(a, b) { a }; f(1)                       | E0203@1
			x = 1 == "a"                                 | E0204@1
			fn f<T: Comparable>(a: T) { a }; f(x => x)   | E0206@1
			x = 3; x(1)                                  | E0208@1
			flash("Saved")                               | E0208@1
			session("user")                              | E0208@1
			5.upper                                      | E0104@1
			upper(5)                                     | E0201@1
			xs: [int] = ["a", "b"]                       | E0201@1
			enum C { Go(int) }; x = C.Go("a")            | E0201@1
			entity E { id: int }                         | E0401@1
			entity E { a: int @nope }                    | E0402@1
			entity E { a: int @email }                   | E0403@1
			enum E { A @was(3) }                         | E0403@1
			entity E { a: int @was }                     | E0403@1
			entity E { a: int @was(["": 1]) }            | E0403@1
			entity E { a: int @was("b" ++ "c") }         | E0403@1
			<Nope/>                                      | E0504@1
			""")
	void theSmallestInputs(String source, String expected) {
		assertThat(Given.source(source.replace("; ", "\n").strip()).errors().replaceAll("@\\d+",
				"@1")).isEqualTo(expected);
	}

	@Test
	void aMisspeltFieldInAQueryIsSuggested() {
		assertThat(Given.source("""
				entity Post { score: int }
				print(Post.where(scor > 1))
				""").program().diagnostics().get(0).help()).containsExactly("did you mean the field 'score'?");
	}

	@Test
	void aFieldThatIsMissingInALiteralIsGivenOrGetsADefault() {
		assertThat(Given.source("""
				entity Post { body: text @required, by: text }
				post = Post { by: "Ama" }
				""").program().diagnostics().get(0).help())
			.containsExactly("give it here, or give the field a default in the entity");
	}

	@Test
	void oneErrorCausesNoSecondOne() {
		assertThat(Given.source("""
				a = missing + 1
				b = a * 2
				c = b.upper
				for x in c { print(x - 1) }
				print(unknown(a)[0].name)
				""").errors()).isEqualTo("E0102@1 E0103@5");
	}

	@Test
	void theErrorStandsWhereTheResultIsMade() {
		assertThat(Given.source("""
				fn f(n: int) -> int {
				    if n > 1 {
				        "one"
				    } else {
				        match n {
				            0 -> 0
				            _ -> "many"
				        }
				    }
				}
				""").errors()).isEqualTo("E0201@3 E0201@7");
	}

	@Test
	void nearestNamesAreOffered() {
		assertThat(Given.source("count = 3\nprint(cuont)").program().diagnostics().get(0).help())
			.containsExactly("did you mean 'count'? (declared on line 1)");
	}

	@Test
	void conditionsOfQueriesSpeakOfFields() {
		assertThat(Given.source("""
				entity Product { name: text, price: int }
				limit = 5
				for p in Product.where(price > limit).order(name, "desc") { print(p.name.upper) }
				print(Product.where(pirce > 5).count)
				price = 10
				print(Product.where(price > 5).count)
				""").errors()).isEqualTo("E0113@3 E0102@4 E0113@6");
	}

	@Test
	void warnings() {
		assertThat(Given.source("""
				fn work(n: int) -> int {
				    unused = 3
				    return n
				    print("never")
				}
				flag = work(1) > 2
				always = flag || true
				data = parse_json("1")
				same = data == 1
				""").messages()).isEqualTo("""
				W0102 2: the variable 'unused' is never read
				W0103 4: this is never reached
				W0104 7: this is always true, whatever is on the left
				W0105 9: one side is any: values of different types are simply not equal""");
	}

	@Test
	void ofTwoComponentsWithOneNameTheNearestIsTaken() {
		assertThat(new Given().file("app/admin/index.flin", "<Card/><Card/>")
			.file("components/Card.flin", "<b/>")
			.file("app/admin/components/Card.flin", "<i/>")
			.file("app/index.flin", "<Card/>")
			.messages()).isEqualTo("""
					W0110 1: there are several components 'Card'; app/admin/components/Card.flin is taken
					W0110 1: there are several components 'Card'; components/Card.flin is taken""");
	}

	@Test
	void namesOfTheBrowserAreRefusedOnTheServer() {
		for (String use : new String[] { "a = window.innerWidth", "document.title", "localStorage.setItem(\"a\", 1)",
				"a = sessionStorage", "navigator.language", "location.href", "alert(1)", "confirm(1)",
				"fetch(\"/a\")", "set_timeout(() => 1, 5)", "setTimeout(() => 1)", "clear_timeout(1)",
				"set_interval(() => 1, 5)", "clear_interval(1)", "f = x => window", "a = [1].map(alert)",
				"requestAnimationFrame(() => 1)" }) {
			assertThat(Given.source(use).messages()).as(use).startsWith("E0103 1: '").endsWith("only in the browser");
		}
		assertThat(Given.source("window = 1\nprint(window)").messages()).isEmpty();
		assertThat(Given.source("<a click={() => localStorage.setItem(\"a\", 1)} input={alert(1)}>x</a>").messages())
			.isEmpty();
	}

	@Test
	void propsOfComponentsAreCheckedWhereTheyAreUsed() {
		assertThat(new Given().file("app/index.flin", """
				<Meter label="a" value={1}/>
				<Meter label="a" value={"x"}/>
				<Meter value={1}/>
				<Meter label="a" valeu={1}/>
				<Metre label="a"/>
				""")
			.file("components/Meter.flin", "props { label: text\n value: int = 0 }\n<b>{label}: {props.value + 1}</b>")
			.errors()).isEqualTo("E0506@2 E0507@3 E0505@4 E0504@5");
	}

}
