package dev.flin.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorsTest {

	@ParameterizedTest
	@CsvSource(delimiter = '=', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
			a + b * c                = (Binary ADD (Name a) (Binary MUL (Name b) (Name c)))
			a - b - c                = (Binary SUB (Binary SUB (Name a) (Name b)) (Name c))
			a ++ b + c               = (Binary CONCAT (Name a) (Binary ADD (Name b) (Name c)))
			-a ** b                  = (Unary NEGATE (Binary POW (Name a) (Name b)))
			a ** -b ** c             = (Binary POW (Name a) (Unary NEGATE (Binary POW (Name b) (Name c))))
			!a && b                  = (Binary AND (Unary NOT (Name a)) (Name b))
			not a in b               = (Unary NOT (Binary IN (Name a) (Name b)))
			a not in b               = (Binary NOT_IN (Name a) (Name b))
			a is not int             = (Is (Name a) (t:Named int) negated)
			a ?? b ?: c              = (Binary COALESCE (Name a) (Binary ELVIS (Name b) (Name c)))
			a ?? b || c              = (Binary COALESCE (Name a) (Binary OR (Name b) (Name c)))
			a or b and c             = (Binary OR (Name a) (Binary AND (Name b) (Name c)))
			a ? b : c ? d : e        = (If (Name a) (Name b) (If (Name c) (Name d) (Name e)))
			a |> f(b) |> g           = (Pipe (Pipe (Name a) (Name f) [(Arg (Name b))]) (Name g))
			if a then b else c |> f  = (Pipe (If (Name a) (Name b) (Name c)) (Name f))
			a + 1..b * 2             = (Range (Binary ADD (Name a) (Int 1)) (Binary MUL (Name b) (Int 2)) inclusive)
			0..<n                    = (Range (Int 0) (Name n))
			p @ -1                   = (AtTime (Name p) (Unary NEGATE (Int 1)))
			p.maker @ t as_of s      = (AtTime (Member (Name p) maker) (Name t) (Name s))
			a++                      = (Step (Name a) 1)
			a++b                     = (Binary CONCAT (Name a) (Name b))
			a --b                    = (Binary SUB (Name a) (Unary NEGATE (Name b)))
			a?.b?.[c]                = (Index (Member (Name a) b optional) (Name c) optional)
			xs[1:]                   = (Slice (Name xs) (Int 1))
			xs[::-1]                 = (Slice (Name xs) (Unary NEGATE (Int 1)))
			p.0.1                    = (Member (Member (Name p) 0) 1)
			a<b                      = (Binary LT (Name a) (Name b))
			x.match.in               = (Member (Member (Name x) match) in)
			typeof a                 = (TypeOf (Name a))
			f(1, limit: 2, ...xs)    = (Call (Name f) [(Arg (Int 1)) (Arg limit (Int 2)) (Arg (Name xs) spread)])
			-9223372036854775808     = (Int -9223372036854775808)
			""")
	void bindAsTheTableSays(String source, String tree) {
		assertThat(SyntaxAssert.expression(source)).isEqualTo(tree);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', textBlock = """
			a = b + 1              ~ (Var NONE (p:Name a) (Binary ADD (Name b) (Int 1)))
			a += 1                 ~ (Eval (Assign (Name a) ADD (Int 1)))
			a.b = c = 1            ~ (Eval (Assign (Member (Name a) b) (Assign (Name c) (Int 1))))
			xs[0] ++= [1]          ~ (Eval (Assign (Index (Name xs) (Int 0)) CONCAT (ListOf [(Element (Int 1))])))
			x: int = 1             ~ (Var NONE (p:Name x) (t:Named int) (Int 1))
			let x                  ~ (Var LET (p:Name x))
			const [a, ...b] = xs   ~ (Var CONST (p:ListOf [(p:Name a)] (p:Name b) 0) (Name xs))
			{ a, b: c = 1 } = m    ~ (Var NONE (p:MapOf [(p:Key a (p:Name a)) (p:Key b (p:Default (p:Name c) (Int 1)))]) (Name m))
			(x, xs[0]) = p         ~ (Var NONE (p:Tuple [(p:Name x) (p:Place (Index (Name xs) (Int 0)))]) (Name p))
			""")
	void assignmentsAndDeclarations(String source, String tree) {
		assertThat(SyntaxAssert.tree(source)).isEqualTo(tree);
	}

}
