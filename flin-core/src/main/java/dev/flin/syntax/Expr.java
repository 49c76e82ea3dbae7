package dev.flin.syntax;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/**
 * An expression. Control flow is an expression too; where it is used as a statement its value is dropped. JavaScript
 * spellings are already turned into FLIN's own forms.
 */
public sealed interface Expr extends Node {

	// Literals

	record None(int id, Span span) implements Expr {
	}

	record Bool(int id, Span span, boolean value) implements Expr {
	}

	record Int(int id, Span span, long value) implements Expr {
	}

	record Number(int id, Span span, double value) implements Expr {
	}

	/** Text with or without interpolation; an empty text has no parts, neighbouring chunks are merged. */
	record Text(int id, Span span, List<Part.TextPart> parts) implements Expr {
	}

	/** {@code 24h}, {@code 500ms}; {@code 7.days} is a {@link Member} of an {@link Int}. */
	record DurationOf(int id, Span span, long micros) implements Expr {
	}

	/** {@code 1000 CFA}; the currency is the ISO code ({@code XOF}). */
	record MoneyOf(int id, Span span, BigDecimal amount, String currency) implements Expr {
	}

	/** {@code /re/flags}. */
	record Regex(int id, Span span, String pattern, String flags) implements Expr {
	}

	record ListOf(int id, Span span, List<Part.Element> elements) implements Expr {
	}

	record MapOf(int id, Span span, List<Part.Entry> entries) implements Expr {
	}

	record Tuple(int id, Span span, List<Expr> elements) implements Expr {
	}

	/** {@code Product { name: "x", ...body }}; keys are texts. */
	record EntityOf(int id, Span span, Span nameSpan, String name, List<Part.Entry> entries) implements Expr {
	}

	/** Markup where a value is expected, and markup written as a statement. */
	record MarkupOf(int id, Span span, List<Markup> nodes) implements Expr {
	}

	// Names and access

	/**
	 * Whether an expression goes on from {@code ?.}: {@code a?.b}, {@code a?.b.c(d)}. Where it comes out none, a
	 * comparison of order with it is false.
	 */
	static boolean isOptionalChain(Expr expr) {
		return switch (expr) {
			case Member e -> e.optional() || isOptionalChain(e.target());
			case Index e -> e.optional() || isOptionalChain(e.target());
			case Call e -> isOptionalChain(e.callee());
			default -> false;
		};
	}

	record Name(int id, Span span, String name) implements Expr {
	}

	/** {@code a.b}, {@code a?.b}, {@code p.0}. */
	record Member(int id, Span span, Expr target, Span nameSpan, String name, boolean optional) implements Expr {
	}

	/** {@code a[i]}, {@code a?.[i]}. */
	record Index(int id, Span span, Expr target, Expr index, boolean optional) implements Expr {
	}

	/** {@code xs[from:to:step]}; absent parts are null. */
	record Slice(int id, Span span, Expr target, @Nullable Expr from, @Nullable Expr to,
			@Nullable Expr step) implements Expr {
	}

	/** {@code f(a, b: 1)}; a method call has a {@link Member} as callee. */
	record Call(int id, Span span, Expr callee, List<Part.Arg> args) implements Expr {
	}

	/** {@code value |> callee(args)}; {@code callee} is called with the value before its arguments. */
	record Pipe(int id, Span span, Expr value, Expr callee, List<Part.Arg> args) implements Expr {
	}

	record Lambda(int id, Span span, List<Part.Param> params, @Nullable TypeExpr result,
			Part.Block body) implements Expr {
	}

	// Operators

	enum UnaryOp {

		NOT, NEGATE

	}

	/** {@code !a} and {@code not a} are both {@link UnaryOp#NOT}. */
	record Unary(int id, Span span, UnaryOp op, Expr operand) implements Expr {
	}

	enum BinaryOp {

		ADD("+"), SUB("-"), MUL("*"), DIV("/"), REM("%"), POW("**"), CONCAT("++"), EQ("=="), NE("!="), LT("<"),
		LE("<="), GT(">"), GE(">="), IN("in"), NOT_IN("not in"), AND("&&"), OR("||"), COALESCE("??"), ELVIS("?:");

		private final String text;

		BinaryOp(String text) {
			this.text = text;
		}

		/** The canonical spelling. */
		public String text() {
			return this.text;
		}

	}

	record Binary(int id, Span span, Span opSpan, BinaryOp op, Expr left, Expr right) implements Expr {
	}

	/** {@code v is T}, {@code v is not T}. */
	record Is(int id, Span span, Expr value, TypeExpr type, boolean negated) implements Expr {
	}

	record Range(int id, Span span, Expr from, Expr to, boolean inclusive) implements Expr {
	}

	/** {@code e @ t}, {@code e @ t as_of s}. */
	record AtTime(int id, Span span, Expr target, Expr time, @Nullable Expr asOf) implements Expr {
	}

	/** {@code typeof x}: JavaScript's words. */
	record TypeOf(int id, Span span, Expr value) implements Expr {
	}

	/**
	 * {@code target = value}, {@code target += value}. The target is a {@link Name}, {@link Member} or {@link Index}.
	 * @param op null for plain assignment; one of ADD SUB MUL DIV CONCAT OR AND COALESCE else
	 */
	record Assign(int id, Span span, Expr target, @Nullable BinaryOp op, Expr value) implements Expr {
	}

	/** {@code x++}, {@code x--}: the old value; {@code ++x} as a statement of JavaScript: the new one. */
	record Step(int id, Span span, Expr target, int delta, boolean prefix) implements Expr {
	}

	/** {@code delete m[k]} on maps (on an entity a {@link StoreOp}; the checker decides by type when ambiguous). */
	record DeleteKey(int id, Span span, Expr target) implements Expr {
	}

	// Control flow

	/**
	 * {@code if}, {@code c ? a : b} and {@code if c then a else b}.
	 * @param condition may be a {@link Let} or an {@code &&} of such
	 * @param otherwise null, a {@link BlockOf} or another {@link If}
	 */
	record If(int id, Span span, Expr condition, Expr then, @Nullable Expr otherwise) implements Expr {
	}

	/** {@code let P = e} as a condition of {@code while} or {@code if}. */
	record Let(int id, Span span, Pattern pattern, Expr value) implements Expr {
	}

	record Match(int id, Span span, Expr subject, List<Part.Arm> arms) implements Expr {
	}

	/**
	 * A block in value position: branches, arms, lambda bodies.
	 * @param label what the {@code break}s in the blocks of a case name, to leave it; null where there are none
	 */
	record BlockOf(int id, Span span, @Nullable String label, Part.Block block) implements Expr {

		/** No label of a program has a blank. */
		static final String CASE = "case ";

		BlockOf(int id, Span span, Part.Block block) {
			this(id, span, null, block);
		}

		/** Whether a jump means a loop or case of a name: without a label it means the nearest loop. */
		public static boolean isMeant(@Nullable String label, @Nullable String name) {
			return (label == null) ? name == null || !name.startsWith(CASE) : label.equals(name);
		}

	}

	/**
	 * {@code for x in xs}, {@code for x, i in xs}.
	 * @param index the name after the comma, for lists its index; null without
	 */
	record For(int id, Span span, @Nullable String label, Pattern item, @Nullable Pattern index, Expr source,
			Part.Block body) implements Expr {
	}

	/** {@code for i = 0; c; i++ { }}: the variable is new in each iteration. */
	record ForC(int id, Span span, @Nullable String label, @Nullable Stmt init, @Nullable Expr condition,
			@Nullable Expr step, Part.Block body) implements Expr {

		/** The loop's own variables: {@code i = 0, j = 1} makes two. */
		public List<Pattern.Name> variables() {
			List<Stmt> inits = switch (init) {
				case Stmt.Eval several when several.value() instanceof BlockOf of -> of.block().body();
				case null -> List.of();
				default -> List.of(init);
			};
			List<Pattern.Name> names = new ArrayList<>();
			for (Stmt each : inits) {
				if (each instanceof Stmt.Var variable && variable.target() instanceof Pattern.Name name) {
					names.add(name);
				}
			}
			return names;
		}

	}

	/**
	 * {@code while c { }}, and {@code do { } while (c)} of JavaScript.
	 * @param bodyFirst whether the condition is looked at after each turn instead of before it
	 */
	record While(int id, Span span, @Nullable String label, Expr condition, Part.Block body,
			boolean bodyFirst) implements Expr {
	}

	record Break(int id, Span span, @Nullable String label, @Nullable Expr value) implements Expr {
	}

	record Continue(int id, Span span, @Nullable String label) implements Expr {
	}

	record Return(int id, Span span, @Nullable Expr value) implements Expr {
	}

	/** {@code throw e}: JavaScript's spelling of {@code fail(e)}. */
	record Throw(int id, Span span, Expr value) implements Expr {
	}

	/** {@code try e}: never raises. */
	record Try(int id, Span span, Expr value) implements Expr {
	}

	/** {@code try { } catch err { } finally { }}. */
	record TryCatch(int id, Span span, Part.Block body, @Nullable Pattern error, Part.@Nullable Block handler,
			Part.@Nullable Block cleanup) implements Expr {
	}

	// The store

	enum StoreVerb {

		SAVE, DELETE, RESTORE, DESTROY, HOLD, RELEASE

	}

	/** {@code save e [valid from t1 [to t2]]}, {@code delete e} …, {@code hold e "reason"}; the value is the entity. */
	record StoreOp(int id, Span span, StoreVerb verb, Expr value, @Nullable Expr validFrom, @Nullable Expr validTo,
			@Nullable Expr reason) implements Expr {
	}

	/** {@code transaction { }} ({@code savepoint} false) and {@code savepoint { }}. */
	record Transaction(int id, Span span, boolean savepoint, Part.Block body) implements Expr {
	}

	// The web

	/** {@code response { status: 201  body: x }}. */
	record ResponseOf(int id, Span span, List<Part.Entry> entries) implements Expr {
	}

	/** {@code stream { … }}, {@code cache("k") { … }}: a soft keyword with arguments and a block, by its name. */
	record BlockCall(int id, Span span, Span nameSpan, String name, List<Part.Arg> args,
			Part.Block body) implements Expr {
	}

	/** Stands where no expression could be read; never gives a second error. */
	record Broken(int id, Span span) implements Expr {
	}

}
