package dev.flin.syntax;

import static dev.flin.syntax.SyntaxAssert.expression;
import static dev.flin.syntax.SyntaxAssert.tree;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class CodeTest {

	@Test
	void literals() {
		assertThat(expression("[1_000, 0xff, 1.5, 2h, 450.50 USD, 5 CFA, true, none, null]"))
			.isEqualTo("(ListOf [(Element (Int 1000)) (Element (Int 255)) (Element (Number 1.5)) "
					+ "(Element (DurationOf 7200000000)) (Element (MoneyOf 450.50 USD)) (Element (MoneyOf 5 XOF)) "
					+ "(Element (Bool value)) (Element (None)) (Element (None))])");
	}

	@Test
	void textsWithHolesAndEscapes() {
		assertThat(expression("\"a {x[\"k\"]} {{b}} \\u{41}\\n\"")).isEqualTo(
				"(Text [(Chunk a ) (Hole (Index (Name x) (Text [(Chunk k)]))) (Chunk  {b} A\\n)])");
		assertThat(expression("'{x}' ++ `${x}{y}` ++ \"\""))
			.isEqualTo("(Binary CONCAT (Binary CONCAT (Text [(Chunk {x})]) "
					+ "(Text [(Hole (Name x)) (Chunk {y})])) (Text))");
	}

	@Test
	void tripleQuotesLoseTheIndentationOfTheirEnd() {
		assertThat(tree("""
				x = ""\"
				    a
				      {b}

				    ""\"
				""")).isEqualTo("(Var NONE (p:Name x) (Text [(Chunk a\\n  ) (Hole (Name b)) (Chunk \\n)]))");
	}

	@Test
	void regularExpressionsStandWhereAnOperandIsExpected() {
		assertThat(tree("x = a / b / c\ny = /a[/\"]\\/b/gi.test(s)")).isEqualTo("""
				(Var NONE (p:Name x) (Binary DIV (Binary DIV (Name a) (Name b)) (Name c)))
				(Var NONE (p:Name y) (Call (Member (Regex a[/"]\\/b gi) test) [(Arg (Name s))]))""");
	}

	@Test
	void newlinesEndStatementsUnlessTheLineGoesOn() {
		assertThat(tree("""
				a = b
				- 3
				c = d
				    .trim
				    |> f
				    || e
				g = f
				(3)
				h = (1
				    - 2)
				""")).isEqualTo("""
				(Var NONE (p:Name a) (Name b))
				(Eval (Unary NEGATE (Int 3)))
				(Var NONE (p:Name c) (Pipe (Member (Name d) trim) (Binary OR (Name f) (Name e))))
				(Var NONE (p:Name g) (Name f))
				(Eval (Int 3))
				(Var NONE (p:Name h) (Binary SUB (Int 1) (Int 2)))""");
	}

	@Test
	void bracesAreMapsBlocksOrExpressions() {
		assertThat(tree("""
				a = { x: 1, "y z": 2, ...b, w }
				f = { n = n + 1 }
				c = {if n { 1 } else { 2 }}
				g = x => { id: x.id, name: x.name }
				h = x => { y: int = x; y }
				d = [:]
				e = ["row", "on": c]
				""")).isEqualTo("""
				(Var NONE (p:Name a) (MapOf [(Entry (Text [(Chunk x)]) (Int 1)) (Entry (Text [(Chunk y z)]) (Int 2)) \
				(Entry (Name b)) (Entry (Text [(Chunk w)]) (Name w))]))
				(Var NONE (p:Name f) (Lambda (Block [(Var NONE (p:Name n) (Binary ADD (Name n) (Int 1)))])))
				(Var NONE (p:Name c) (If (Name n) (BlockOf (Block [(Eval (Int 1))])) (BlockOf (Block [(Eval (Int 2))]))))
				(Var NONE (p:Name g) (Lambda [(Param (p:Name x))] (Block [(Eval (MapOf \
				[(Entry (Text [(Chunk id)]) (Member (Name x) id)) (Entry (Text [(Chunk name)]) (Member (Name x) name))]))])))
				(Var NONE (p:Name h) (Lambda [(Param (p:Name x))] (Block [(Var NONE (p:Name y) (t:Named int) (Name x)) \
				(Eval (Name y))])))
				(Var NONE (p:Name d) (MapOf))
				(Var NONE (p:Name e) (ListOf [(Element (Text [(Chunk row)])) \
				(Element (MapOf [(Entry (Text [(Chunk on)]) (Name c))]))]))""");
	}

	@Test
	void lambdasInAllSpellings() {
		assertThat(tree("a = n => n\nb = ([x], y = 1) => 2\nc = fn(n) { n }\nd = |n| n\ne = () => { return 1 }"))
			.isEqualTo("""
				(Var NONE (p:Name a) (Lambda [(Param (p:Name n))] (Block [(Eval (Name n))])))
				(Var NONE (p:Name b) (Lambda [(Param (p:ListOf [(p:Name x)] 0)) (Param (p:Name y) (Int 1))] (Block [(Eval (Int 2))])))
				(Var NONE (p:Name c) (Lambda [(Param (p:Name n))] (Block [(Eval (Name n))])))
				(Var NONE (p:Name d) (Lambda [(Param (p:Name n))] (Block [(Eval (Name n))])))
				(Var NONE (p:Name e) (Lambda (Block [(Eval (Return (Int 1)))])))""");
	}

	@Test
	void matchWithEveryPattern() {
		assertThat(tree("""
				match v {
				    0 | -1 -> a
				    1..5 if b => c
				    n: int -> d, none -> d
				    Shape.Box(w, _) -> { e }
				    [x, ...xs] -> f
				    { role: "admin", name } -> g
				    (0, y) -> h
				    _ -> return
				}
				""")).isEqualTo("""
				(Eval (Match (Name v) [(Arm (p:Or [(p:Literal (Int 0)) (p:Literal (Unary NEGATE (Int 1)))]) (Name a)) \
				(Arm (p:Range (Int 1) (Int 5) inclusive) (Name b) (Name c)) (Arm (p:Typed n (t:Named int)) (Name d)) \
				(Arm (p:Literal (None)) (Name d)) (Arm (p:Variant Shape Box [(p:Name w) (p:Wildcard)]) \
				(BlockOf (Block [(Eval (Name e))]))) (Arm (p:ListOf [(p:Name x)] (p:Name xs) 0) (Name f)) \
				(Arm (p:MapOf [(p:Key role (p:Literal (Text [(Chunk admin)]))) (p:Key name (p:Name name))]) (Name g)) \
				(Arm (p:Tuple [(p:Literal (Int 0)) (p:Name y)]) (Name h)) (Arm (p:Wildcard) (Return))]))""");
	}

	@Test
	void loopsAndLabels() {
		assertThat(tree("""
				'outer: for x, i in xs { continue 'outer }
				for (k, v) in m { break k }
				while let Some(q) = f() { }
				for i = 0; i < n; i++ { }
				""")).isEqualTo("""
				(Eval (For outer (p:Name x) (p:Name i) (Name xs) (Block [(Eval (Continue outer))])))
				(Eval (For (p:Tuple [(p:Name k) (p:Name v)]) (Name m) (Block [(Eval (Break (Name k)))])))
				(Eval (While (Let (p:Variant Some [(p:Name q)]) (Call (Name f))) (Block)))
				(Eval (ForC (Var LET (p:Name i) (Int 0)) (Binary LT (Name i) (Name n)) (Step (Name i) 1) (Block)))""");
	}

	@Test
	void declarations() {
		assertThat(tree("""
				/// Adds.
				fn add<T: A + B, U>(a: T, b = 2, ...rest: int) -> [T: U?] where U: C { a }
				enum Cmd<T> { Stop, Go(int, T), At(place: int) }
				type Maybe<T> = T? | (int) -> text
				trait Named { fn label() -> text
				  fn hint() { "" } }
				impl Named for Dog { fn label() { name } }
				""")).isEqualTo("""
				(Fn add [(TypeParam T [(t:Named A) (t:Named B)]) (TypeParam U [(t:Named C)])] [(Param (p:Name a) (t:Named T)) \
				(Param (p:Name b) (Int 2)) (Param (p:Name rest) (t:Named int) rest)] (t:MapOf (t:Named T) (t:Optional \
				(t:Named U))) (Block [(Eval (Name a))]) Adds.)
				(Enum Cmd [(TypeParam T)] [(Variant Stop) (Variant Go [(t:Named int) (t:Named T)] [ ]) (Variant At [(t:Named int)] [place])])
				(TypeAlias Maybe [(TypeParam T)] (t:Union [(t:Optional (t:Named T)) (t:Fn [(t:Named int)] (t:Named text))]))
				(Trait Named [(Fn label (t:Named text)) (Fn hint (Block [(Eval (Text))]))])
				(Impl (t:Named Named) (t:Named Dog) [(Fn label (Block [(Eval (Name name))]))])""");
	}

	@Test
	void entitiesWithDecoratorsAndHooks() {
		assertThat(tree("""
				entity P {
				    name: text @required @max(3) = "x"
				    notes: semantic text, total: int => a * b
				    age: int where >= 13 and <= 120
				    @index(name, age)
				    before save { x() }
				}
				""")).isEqualTo("""
				(Entity P [(Field name (t:Named text) [(Decorator required) (Decorator max [(Arg (Int 3))])] (Text [(Chunk x)])) \
				(Field notes (t:Named text) semantic) (Field total (t:Named int) (Binary MUL (Name a) (Name b))) \
				(Field age (t:Named int) [(Decorator where [(Arg (Binary AND (Binary GE (Name age) (Int 13)) \
				(Binary LE (Name age) (Int 120))))])])] [(Hook before save (Block [(Eval (Call (Name x)))]))] \
				[(Decorator index [(Arg (Name name)) (Arg (Name age))])])""");
	}

	@Test
	void storeForms() {
		assertThat(tree("""
				save a valid from t to s
				x = save P { name: "a" }
				restore(e)
				hold g "why"
				delete m["k"]
				transaction { save b }
				delete = 1
				""")).isEqualTo("""
				(Eval (StoreOp SAVE (Name a) (Name t) (Name s)))
				(Var NONE (p:Name x) (StoreOp SAVE (EntityOf P [(Entry (Text [(Chunk name)]) (Text [(Chunk a)]))])))
				(Eval (StoreOp RESTORE (Name e)))
				(Eval (StoreOp HOLD (Name g) (Text [(Chunk why)])))
				(Eval (DeleteKey (Index (Name m) (Text [(Chunk k)]))))
				(Eval (Transaction (Block [(Eval (StoreOp SAVE (Name b)))])))
				(Var NONE (p:Name delete) (Int 1))""");
	}

	@Test
	void aFunctionOfTheProgramHidesAStoreVerbWithParentheses() {
		assertThat(tree("fn save(x) { x }\nsave(1)")).endsWith("(Eval (Call (Name save) [(Arg (Int 1))]))");
	}

	@Test
	void routesAndTheirParts() {
		assertThat(tree("""
				guard any(role("a"), api_key), csrf
				route POST /api/{id} {
				    validate query { name: text @required  at: { city: text } }
				    response { status: 201  body: x }
				}
				ws { guard auth on message(d) { send(d) } }
				every 5s { f() }
				test "adds" { assert a == 1, "why" }
				""")).isEqualTo("""
				(Guard [(Call (Name any) [(Arg (Call (Name role) [(Arg (Text [(Chunk a)]))])) (Arg (Name api_key))]) (Name csrf)])
				(Route POST /api/{id} (Block [(Validate query [(Field name (t:Named text) [(Decorator required)]) \
				(Field at [(Field city (t:Named text))])]) (Eval (ResponseOf [(Entry (Text [(Chunk status)]) (Int 201)) \
				(Entry (Text [(Chunk body)]) (Name x))]))]))
				(WebSocket [(Guard [(Name auth)])] [(On message [(Param (p:Name d))] (Block [(Eval (Call (Name send) \
				[(Arg (Name d))]))]))])
				(HostBlock every [(Arg (DurationOf 5000000))] (Block [(Eval (Call (Name f)))]))
				(Test (Text [(Chunk adds)]) (Block [(Eval (Call (Name assert) [(Arg (Binary EQ (Name a) (Int 1))) \
				(Arg (Text [(Chunk why)]))]))]))""");
	}

	@Test
	void javaScriptSpellings() {
		assertThat(tree("""
				function f(a: string) { return a }
				let a = 1, b
				for (const x of xs) { g(x) }
				switch (a) { case 1: case 2: p(); break; default: q() }
				const t = async (x) => await new Date(x)
				if (a === b) throw "x"
				""")).isEqualTo("""
				(Fn f [(Param (p:Name a) (t:Named text))] (Block [(Eval (Return (Name a)))]))
				(Var LET (p:Name a) (Int 1))
				(Var LET (p:Name b))
				(Eval (For (p:Name x) (Name xs) (Block [(Eval (Call (Name g) [(Arg (Name x))]))])))
				(Eval (Match (Name a) [(Arm (p:Or [(p:Literal (Int 1)) (p:Literal (Int 2))]) (BlockOf (Block \
				[(Eval (Call (Name p)))]))) (Arm (p:Wildcard) (BlockOf (Block [(Eval (Call (Name q)))])))]))
				(Var CONST (p:Name t) (Lambda [(Param (p:Name x))] (Block [(Eval (Call (Name Date) [(Arg (Name x))]))])))
				(Eval (If (Binary EQ (Name a) (Name b)) (Throw (Text [(Chunk x)]))))""");
	}

	@Test
	void templateTagsInCodeAreStatements() {
		assertThat(tree("fn f(n) {\n{if n}\n return 1\n{else}\n g(n)\n{/if}\n}")).isEqualTo(
				"(Fn f [(Param (p:Name n))] (Block [(Eval (If (Name n) (BlockOf (Block [(Eval (Return (Int 1)))])) "
						+ "(BlockOf (Block [(Eval (Call (Name g) [(Arg (Name n))]))]))))]))");
	}

	@Test
	void signaturesOfBuiltIns() {
		Stmt map = Syntax.parseSignature("map<T, U>(xs: [T], f: (T) -> U) -> [U]");
		assertThat(TreeDump.dump(List.of(map))).isEqualTo("(Fn map [(TypeParam T) (TypeParam U)] "
				+ "[(Param (p:Name xs) (t:ListOf (t:Named T))) (Param (p:Name f) (t:Fn [(t:Named T)] (t:Named U)))] "
				+ "(t:ListOf (t:Named U)))");
		Stmt pi = Syntax.parseSignature("pi: number");
		assertThat(TreeDump.dump(List.of(pi))).isEqualTo("(Var CONST (p:Name pi) (t:Named number))");
	}

	@Test
	void commentsAreKept() {
		SyntaxTree tree = SyntaxAssert.parse("// a\nx = 1 /* b */ + 2\n<p>\n// c\n<!-- d --></p>");
		assertThat(tree.comments().stream().map(tree.file()::text)).containsExactly("// a", "/* b */", "// c",
				"<!-- d -->");
	}

}
