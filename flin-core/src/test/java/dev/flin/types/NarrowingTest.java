package dev.flin.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NarrowingTest {

	@Test
	void isAndNoneAndEarlyReturnsNarrow() {
		assertThat(Given.source("""
				fn show(v: int | text | bool, who: text?) -> text {
				    if v is int { return "{v + 1}" }
				    if v is text { return v.upper }
				    flag: bool = v
				    if who == none { return "{flag}" }
				    who.upper
				}
				fn short(who: text?) -> bool { who != none && who.len < 3 }
				""").messages()).isEmpty();
	}

	@Test
	void assignmentsNarrowUntilALoop() {
		assertThat(Given.source("""
				fn f(xs: [int]) -> int {
				    last: int? = none
				    for x in xs { last = x }
				    last
				}
				""").errors()).isEqualTo("E0201@4");
	}

	@Test
	void whatTakesNoneMayBeGivenIt() {
		assertThat(Given.source("""
				u = ["a"].first
				print(verify_password("secret", u), verify_password(u, none))
				""").messages()).isEmpty();
	}

	@Test
	void usingWhatMayBeNoneIsAWarning() {
		assertThat(Given.source("""
				u = ["a"].first
				print(u.upper)
				print(u?.upper ?? "?")
				""").messages()).isEqualTo("W0109 2: this may be none (text?)");
	}

	@Test
	void stablePathsNarrowToo() {
		assertThat(Given.source("""
				type User = { name: text? }
				fn f(u: User) -> text {
				    if u.name == none { return "" }
				    u.name.upper
				}
				""").messages()).isEmpty();
	}

}
