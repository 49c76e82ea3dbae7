package dev.flin.syntax;

import static dev.flin.syntax.SyntaxAssert.tree;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkupTest {

	/** The nodes of a source that is one piece of markup. */
	private static String nodes(String source) {
		String tree = tree(source);
		String before = "(Eval (MarkupOf [";
		assertThat(tree).startsWith(before).endsWith("]))");
		return tree.substring(before.length(), tree.length() - 3);
	}

	@Test
	void elementsTextAndHoles() {
		assertThat(nodes("<p>it's {a < b} &amp; 1 < 2 {{</p>\n<br>")).isEqualTo(
				"(m:Element p [(m:Text it's ) (m:Hole (Binary LT (Name a) (Name b))) (m:Text  &amp; 1 < 2 {)]) "
						+ "(m:Element br)");
	}

	@Test
	void attributesOfEveryForm() {
		assertThat(nodes("<A b c='t {x}' d={y} {e} {...f} g=h-{i} class:on={j} k.prevent={ l = 1; m() } n={a: 1}/>"))
			.isEqualTo("(m:Element A [(m:Attribute b (m:NoValue)) "
					+ "(m:Attribute c (m:TextValue [(Chunk t ) (Hole (Name x))])) "
					+ "(m:Attribute d (m:ExprValue (Name y))) (m:Attribute e (m:ExprValue (Name e))) "
					+ "(m:SpreadAttrs (Name f)) (m:Attribute g (m:TextValue [(Chunk h-) (Hole (Name i))])) "
					+ "(m:Attribute class:on (m:ExprValue (Name j))) (m:Attribute k.prevent (m:BlockValue (Block "
					+ "[(Var NONE (p:Name l) (Int 1)) (Eval (Call (Name m)))]))) "
					+ "(m:Attribute n (m:ExprValue (MapOf [(Entry (Text [(Chunk a)]) (Int 1))])))] selfClosed)");
	}

	@Test
	void handlersWithOneAssignmentAreExpressions() {
		assertThat(nodes("<b click={n++} key={() => open = false} input={q = event.target.value}/>"))
			.contains("(m:Attribute click (m:ExprValue (Step (Name n) 1)))")
			.contains("(m:ExprValue (Lambda (Block [(Eval (Assign (Name open) (Bool)))])))")
			.contains("(m:ExprValue (Assign (Name q) (Member (Member (Name event) target) value)))");
	}

	@Test
	void conditionsInTagsAndInTheirText() {
		assertThat(nodes("<a {if x}b c={d}{else}e{/if} class=\"f{if x} g{else if y} h{/if}\"></a>"))
			.isEqualTo("(m:Element a [(m:IfAttrs [(m:AttrBranch (Name x) [(m:Attribute b (m:NoValue)) "
					+ "(m:Attribute c (m:ExprValue (Name d)))]) (m:AttrBranch [(m:Attribute e (m:NoValue))])]) "
					+ "(m:Attribute class (m:TextValue [(Chunk f) (Hole (If (Name x) (Text [(Chunk  g)]) "
					+ "(If (Name y) (Text [(Chunk  h)]))))]))])");
	}

	@Test
	void templateTags() {
		assertThat(nodes("""
				{if a}x{elif b}y{:else}z{/if}
				{for x, i in xs key=x.id}<i/>{else}none{/for}
				{each xs as x}{x}{/each}
				{match v}{case 1 | 2}a{case n if n > 9}b{else}c{/match}
				{@html h}{n > 1 ? "a" : "b"}{if n then 1 else 2}
				""")).isEqualTo("""
				(m:If [(m:Branch (Name a) [(m:Text x)]) (m:Branch (Name b) [(m:Text y)]) (m:Branch [(m:Text z)])]) \
				(m:For (p:Name x) (p:Name i) (Name xs) (Member (Name x) id) [(m:Element i selfClosed)] [(m:Text none)]) \
				(m:For (p:Name x) (Name xs) [(m:Hole (Name x))]) \
				(m:Match (Name v) [(m:Case (p:Or [(p:Literal (Int 1)) (p:Literal (Int 2))]) [(m:Text a)]) \
				(m:Case (p:Name n) (Binary GT (Name n) (Int 9)) [(m:Text b)]) (m:Case (p:Wildcard) [(m:Text c)])]) \
				(m:Raw (Name h)) (m:Hole (If (Binary GT (Name n) (Int 1)) (Text [(Chunk a)]) (Text [(Chunk b)]))) \
				(m:Hole (If (Name n) (Int 1) (Int 2)))""");
	}

	@Test
	void textAfterMarkupOnItsLine() {
		assertThat(nodes("<b>a</b> / {n}")).isEqualTo("(m:Element b [(m:Text a)]) (m:Text  / ) (m:Hole (Name n))");
	}

	@Test
	void statementsInMarkup() {
		assertThat(nodes("<p>{let a = 1}{b = a}{cache k}c{/cache}</p>")).isEqualTo(
				"(m:Element p [(m:Code (Var LET (p:Name a) (Int 1))) (m:Code (Var NONE (p:Name b) (Name a))) "
						+ "(m:BlockTag cache [(Name k)] [(m:Text c)])])");
	}

	@Test
	void scriptAndStyleAreRaw() {
		assertThat(nodes("<style>.a { b: {tone}; }</style>")).isEqualTo(
				"(m:Element style [(m:Text .a { b: ) (m:Hole (Name tone)) (m:Text ; })])");
		assertThat(nodes("<script>if (a < b) { c({d}) }</script>"))
			.isEqualTo("(m:Element script [(m:Text if (a < b) { c({d}) })])");
		assertThat(nodes("<script type=\"application/json\"> {data} </script>")).endsWith("[(m:Hole (Name data))])");
	}

	@Test
	void whiteSpaceAndComments() {
		assertThat(nodes("""
				<ul>
				    // not shown
				    <li>a</li> <!-- nor this -->
				    <pre>
				// kept
				</pre>
				</ul>""")).isEqualTo("(m:Element ul [(m:Element li [(m:Text a)]) (m:Text  ) "
				+ "(m:Element pre [(m:Text \\n// kept\\n)])])");
	}

	@Test
	void markupAsAValue() {
		assertThat(tree("icon = match k { \"a\" -> <b>x</b>, _ -> <><i/>y</> }\n"
				+ "f = w => <b>{w}</b>\nx = {if c}<i/>{/if}"))
			.isEqualTo("""
					(Var NONE (p:Name icon) (Match (Name k) [(Arm (p:Literal (Text [(Chunk a)])) (MarkupOf [(m:Element b \
					[(m:Text x)])])) (Arm (p:Wildcard) (MarkupOf [(m:Element i selfClosed) (m:Text y)]))]))
					(Var NONE (p:Name f) (Lambda [(Param (p:Name w))] (Block [(Eval (MarkupOf [(m:Element b [(m:Hole (Name w))])]))])))
					(Var NONE (p:Name x) (MarkupOf [(m:If [(m:Branch (Name c) [(m:Element i selfClosed)])])]))""");
	}

	@Test
	void codeAndMarkupTakeTurns() {
		assertThat(tree("<!DOCTYPE html>\n<p/>\na = 1\n{children}\n{ b, c } = a\n{if a}\n  b = 2\n{/if}")).isEqualTo("""
				(Eval (MarkupOf [(m:Doctype <!DOCTYPE html>) (m:Element p selfClosed)]))
				(Var NONE (p:Name a) (Int 1))
				(Eval (MarkupOf [(m:Hole (Name children))]))
				(Var NONE (p:MapOf [(p:Key b (p:Name b)) (p:Key c (p:Name c))]) (Name a))
				(Eval (If (Name a) (BlockOf (Block [(Var NONE (p:Name b) (Int 2))]))))""");
	}

}
