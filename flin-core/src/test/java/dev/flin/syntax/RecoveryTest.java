package dev.flin.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.source.SourceFile;

/**
 * Files with several separate mistakes: each is told once and at its place, and what is declared around them is in the
 * tree. Mistakes are told as {@code line code}.
 */
class RecoveryTest {

	private static SyntaxTree read(String source, String... mistakes) {
		SyntaxTree tree = Syntax.parse(new SourceFile("test.flin", source));
		assertThat(tree.diagnostics()).extracting((d) -> d.line() + " " + d.code()).containsExactly(mistakes);
		return tree;
	}

	/** Names of what stands at the top level. */
	private static List<String> names(SyntaxTree tree) {
		List<String> names = new ArrayList<>();
		for (Stmt statement : tree.body()) {
			switch (statement) {
				case Stmt.Fn fn -> names.add(fn.name());
				case Stmt.Var variable when variable.target() instanceof Pattern.Name name -> names.add(name.name());
				case Stmt.Entity entity -> names.add(entity.name());
				case Stmt.Enum e -> names.add(e.name());
				case Stmt.Trait trait -> names.add(trait.name());
				case Stmt.Route route -> names.add("route " + route.method());
				default -> {
				}
			}
		}
		return names;
	}

	@Test
	void expressions() {
		SyntaxTree tree = read("""
				a = 1 +
				b = 2
				fn f(x) { x * }
				c = [1, 2
				d = 4
				fn g() { 5 }
				""", "1 E0010", "3 E0010", "4 E0011");
		assertThat(names(tree)).containsExactly("a", "b", "f", "c", "d", "g");
	}

	@Test
	void aBlockWithoutItsBrace() {
		SyntaxTree tree = read("""
				fn first() {
				    if a {
				        b()
				    c()
				}
				fn second() { 2 }
				x = = 3
				fn third() { y. }
				z = 1
				""", "2 E0011", "7 E0010", "8 E0010");
		assertThat(names(tree)).containsExactly("first", "second", "x", "third", "z");
	}

	@Test
	void aBlockInParenthesesWithoutItsBrace() {
		SyntaxTree tree = read("""
				fn outer() {
				    xs.each(x => {
				        print(x)
				    )
				    y = 2
				}
				fn inner() { [1, }
				const x 5
				fn last() { 2 }
				""", "2 E0011", "7 E0010", "8 E0010");
		assertThat(names(tree)).contains("outer", "inner", "last");
	}

	@Test
	void unindentedFunctionsMayStandInFunctions() {
		SyntaxTree tree = read("""
				fn outer() {
				fn inner() { 1 }
				inner()
				}
				""");
		assertThat(names(tree)).containsExactly("outer");
	}

	@Test
	void markup() {
		SyntaxTree tree = read("""
				<div>
				    <p>{a +}</p>
				    <span>{b</span>
				    <b>ok</b>
				</div>
				fn f() { 1 }
				<ul><b>x</ul>
				y = 3
				""", "2 E0010", "3 E0011", "7 E0014");
		assertThat(names(tree)).containsExactly("f", "y");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element b", "(m:Element span");
	}

	@Test
	void attributes() {
		SyntaxTree tree = read("""
				<input value={a +} disabled>
				<button click={() => { count++ }>ok</button>
				<a href="x>y</a>
				fn f() { 1 }
				<b>bold</b>
				""", "1 E0010", "2 E0011", "3 E0002");
		assertThat(names(tree)).containsExactly("f");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element button", "(m:Element a", "(m:Element b");
	}

	@Test
	void tagsThatAreNotClosed() {
		SyntaxTree tree = read("""
				<div>
				    {if a}
				        <p>1</p>
				</div>
				fn f() { 1 }
				x = )
				y = ]
				z = 1
				""", "2 E0014", "6 E0010", "7 E0010");
		assertThat(names(tree)).containsExactly("f", "x", "y", "z");
	}

	@Test
	void bodiesOfTypesWithoutTheirBrace() {
		SyntaxTree tree = read("""
				trait Noisy {
				    fn noise() -> text { "..."
				    fn legs() -> int
				}
				entity Fish { name: text
				entity Dog {
				    name: text
				}
				impl Noisy for Dog {
				    fn legs() -> int { 4 }
				route GET "/dogs" { 1 }
				""", "2 E0011", "5 E0011", "9 E0011");
		assertThat(names(tree)).contains("Noisy", "Fish", "Dog", "route GET");
	}

	@Test
	void headsOfTagsWithoutTheirBrace() {
		SyntaxTree tree = read("""
				<ol>
				    {for kid in kids key=kid.name
				        <b>{if kid.done✓{else}{kid.name}{/if}</b>
				    {/for}
				</ol>
				<p>after</p>
				""", "2 E0011", "3 E0011");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element ol", "(m:Element b", "(m:Element p");
	}

	@Test
	void startTagsWithoutTheirEnd() {
		SyntaxTree tree = read("""
				<div>
				    <button class="x" click={go
				    <b>ok</b>
				    <ul class="y"
				        <li>1</li>
				    </ul>
				</div>
				""", "2 E0011", "4 E0014");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element div", "(m:Element button", "(m:Element b",
				"(m:Element ul", "(m:Element li");
	}

	@Test
	void endTagsWithoutTheirEnd() {
		SyntaxTree tree = read("""
				<div>
				    <b>one</b
				    <i>two</i>
				</div>
				<p>three</p""", "2 E0014", "5 E0014");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element b", "(m:Element i", "(m:Element p");
	}

	@Test
	void endTagsThatAreTooMany() {
		SyntaxTree tree = read("""
				{if a}
				    <div>
				        {for x in xs}
				            <b>{x}{/if}</b>
				            <i>{x}</i>
				            </div>
				        {/for}
				    </div>
				{/if}
				<p>after</p>
				""", "4 E0014", "6 E0014");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element div", "(m:Element b", "(m:Element i",
				"(m:Element p");
	}

	@Test
	void aQuoteThatTheNextOneDoesNotClose() {
		SyntaxTree tree = read("""
				<div class="wide
				    <b class="x">one</b>
				    <i>two</i>
				</div>
				""", "1 E0002");
		assertThat(TreeDump.dump(tree.body())).contains("(m:Element b", "(m:Element i");
	}

	@Test
	void texts() {
		SyntaxTree tree = read("""
				a = "abc
				b = 2
				fn f(q { q }
				c = 'it
				fn g() { c }
				""", "1 E0002", "3 E0010", "4 E0002");
		assertThat(names(tree)).containsExactly("a", "b", "c", "g");
	}

	@Test
	void armsAndEntries() {
		SyntaxTree tree = read("""
				h = match v {
				    1 -> "a"
				    2 "b"
				    3 -> "c"
				    -> "d"
				}
				i = { a: 1, b 2 }
				fn j() { 1 }
				""", "3 E0010", "5 E0010", "7 E0010");
		assertThat(names(tree)).containsExactly("h", "i", "j");
		assertThat(TreeDump.dump(tree.body())).contains("(Int 3)");
	}

	@Test
	void declarations() {
		SyntaxTree tree = read("""
				entity A {
				    name: text @
				    ok: text
				}
				fn a(x y) { 2 }
				enum E { A, B }
				trait Q { fn x( }
				route GET { return }
				fn z() { 1 }
				""", "3 E0010", "5 E0010", "7 E0010");
		assertThat(names(tree)).containsExactly("A", "E", "Q", "route GET", "z");
	}

}
