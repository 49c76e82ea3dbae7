package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes programs that mostly compile, over all syntax. */
final class Grammar {

	private static final String PRELUDE = """
			type Point = { x: int, y: text }
			enum Shape { Dot, Circle(number), Named(text, int) }
			entity Item {
			    name: text @maxLength(40)
			    price: int @min(-1000) = 1
			    tags: [text]
			    owner: Item?
			    twice: int => price * 2
			    before save { name = name.trim }
			}
			trait Sized { fn size() -> int { 1 } }
			impl Sized for Shape { fn size() -> int { match self { Dot -> 0, _ -> 2 } } }
			impl Item { fn label() -> text { "{name}:{price}" } }
			fn dyn(x: any) -> any { x }
			fn either(x: int | text) -> int | text { x }
			""";

	private final Chance chance;

	private final Expressions expressions;

	private final MarkupGrammar markup;

	private int loops;

	/** How many loops are around. */
	private int inLoop;

	Grammar(long seed) {
		this.chance = new Chance(seed);
		this.expressions = new Expressions(this.chance);
		this.markup = new MarkupGrammar(this.chance, this.expressions);
	}

	FuzzInput application() {
		Map<String, String> files = new LinkedHashMap<>();
		StringBuilder main = new StringBuilder("state = 0\n");
		files.put("lib/all.flin", PRELUDE);
		for (int i = this.chance.below(4); i > 0; i--) {
			main.append(function());
		}
		for (int i = 2 + this.chance.below(8); i > 0; i--) {
			main.append(statement(3, 0));
		}
		files.put(FuzzInput.MAIN, main.toString());
		this.expressions.leave(0);
		this.expressions.forgetFunctions();
		if (this.chance.once(3)) {
			files.put("components/Card.flin", "state = 0\n<div>" + this.markup.node(2) + "<slot/></div>\n");
			files.put("app/page.flin", "state = 0\n" + statement(2, 0) + this.markup.element(3) + "\n"
					+ this.markup.element(2) + "\n");
		}
		if (this.chance.once(6)) {
			files.put("app/api.flin", "route POST /x/{id} {\n" + block(2, 1, Kind.ANY) + "}\nroute GET { "
					+ this.expressions.query(2) + " }\n");
		}
		return new FuzzInput(files);
	}

	private String function() {
		String name = this.expressions.freshName();
		Kind result = this.expressions.anyKind();
		List<Kind> params = new ArrayList<>();
		List<String> written = new ArrayList<>();
		int scope = this.expressions.scope();
		for (int i = this.chance.below(4); i > 0; i--) {
			Kind kind = this.expressions.anyKind();
			String param = this.expressions.freshName();
			params.add(kind);
			written.add(this.chance.once(3) ? param : param + ": " + kind.written());
			this.expressions.declare(param, kind);
		}
		if (this.chance.once(2)) {
			this.expressions.declareFunction(name, result, params);
		}
		int outer = this.inLoop;
		this.inLoop = 0;
		String body = block(2, 1, result);
		this.inLoop = outer;
		this.expressions.leave(scope);
		this.expressions.declareFunction(name, result, params);
		return "fn " + name + "(" + String.join(", ", written) + ")"
				+ (this.chance.once(2) ? "" : " -> " + result.written()) + " {\n" + body + "}\n";
	}

	private String block(int depth, int indent, Kind result) {
		StringBuilder out = new StringBuilder();
		int scope = this.expressions.scope();
		for (int i = this.chance.below(3); i > 0; i--) {
			out.append(statement(depth, indent));
		}
		out.append("    ".repeat(indent)).append(this.expressions.of(result, depth)).append('\n');
		this.expressions.leave(scope);
		return out.toString();
	}

	private String statement(int depth, int indent) {
		return "    ".repeat(indent) + plain(depth, indent).replace("\n\n", "\n") + "\n";
	}

	private String plain(int depth, int indent) {
		Kind kind = this.expressions.anyKind();
		int d = depth - 1;
		return switch (this.chance.below(20)) {
			case 0, 1, 2, 3 -> declaration(kind, depth);
			case 4 -> assignment(d);
			case 5, 6 -> "print(" + this.expressions.of(kind, depth) + ")";
			case 7 -> "print(" + this.expressions.library().any(depth) + ")";
			case 8 -> (depth <= 0) ? "print(1)" : "if " + this.expressions.of(Kind.BOOL, d) + " {\n"
					+ body(d, indent) + close(indent) + " else {\n" + body(d, indent) + close(indent);
			case 9, 10 -> (depth <= 0) ? "print(2)" : loop(d, indent);
			case 11 -> (depth <= 0) ? "print(3)" : "try {\n" + body(d, indent) + close(indent) + " catch err {\n"
					+ body(d, indent) + close(indent) + this.chance.of("", " finally {\n" + body(d, indent)
							+ close(indent));
			case 12 -> (indent == 0) ? function() : "print(4)";
			case 13 -> destructuring(d);
			case 14 -> "match " + this.expressions.of(kind, d) + " {\n" + "    ".repeat(indent + 1) + arm(kind)
					+ "\n" + "    ".repeat(indent + 1) + "_ -> { " + plain(0, indent) + " }\n" + close(indent);
			case 15 -> store(d, indent);
			case 16 -> "r" + this.chance.below(9) + " = try (" + this.expressions.of(kind, d) + ")";
			case 17 -> this.chance.of("fail(\"x\")", (this.inLoop > 0) ? this.chance.of("break", "continue")
					: "fail(1)",
					"assert " + this.expressions.of(Kind.BOOL, d));
			case 18 -> "print((" + this.expressions.of(Kind.SHAPE, d) + ")" + this.chance.of(".size()", ".size",
					"") + ")";
			default -> this.expressions.of(kind, depth);
		};
	}

	private String arm(Kind kind) {
		return switch (kind) {
			case INT -> this.chance.of("0 | 1 -> print(1)", "2..5 -> print(2)", "n if n < 0 -> print(n)");
			case TEXT -> "\"a\" | \"b\" -> print(1)";
			case SHAPE -> this.chance.of("Circle(r) -> print(r)", "Shape.Named(\"q\", k) -> print(k)", "Dot -> {}");
			case INTS, TEXTS, GRID -> this.chance.of("[a, ...b] -> print(a, b)", "[a] | [a, _] -> print(a)");
			case RECORD, ITEM -> this.chance.of("{ x } -> print(x)", "{ name: \"n\" } -> print(0)");
			case PAIR -> "(a, \"p\") -> print(a)";
			case OPTION -> "Some(x) if x > 1 -> print(x)";
			case EITHER, ANY -> this.chance.of("n: int -> print(n)", "text -> print(1)", "none -> print(2)");
			case MAYBE -> "none -> print(1)";
			default -> "k if k == k -> print(k)";
		};
	}

	private String close(int indent) {
		return "    ".repeat(indent) + "}";
	}

	private String declaration(Kind kind, int depth) {
		String value = this.expressions.of(kind, depth);
		String name = this.expressions.freshName();
		this.expressions.declare(name, kind);
		return this.chance.of("", "", "let ") + name + (this.chance.once(3) ? ": " + kind.written() : "") + " = "
				+ value;
	}

	private String assignment(int depth) {
		List<Expressions.Known> known = this.expressions.variables();
		if (known.isEmpty()) {
			return declaration(this.expressions.anyKind(), depth);
		}
		Expressions.Known variable = this.chance.of(known);
		String name = variable.name();
		return switch (variable.kind()) {
			case INT, NUMBER -> name + this.chance.of(" += ", " -= ", " *= ", " = ")
					+ this.expressions.of(variable.kind(), depth);
			case INTS, TEXTS, NUMBERS, GRID -> name + this.chance.of("[0] = ", "[-1] = ")
					+ this.expressions.of(Kind.INT, depth);
			case MAP -> name + "[\"z\"] " + this.chance.of("=", "+=") + " " + this.expressions.of(Kind.INT, depth);
			case RECORD -> name + ".x = " + this.expressions.of(Kind.INT, depth);
			case ITEM -> name + ".price = " + this.expressions.of(Kind.INT, depth);
			case TEXT -> name + this.chance.of(" += ", " ++= ") + this.expressions.of(Kind.TEXT, depth);
			default -> name + " = " + this.expressions.of(variable.kind(), depth);
		};
	}

	private String loop(int depth, int indent) {
		int scope = this.expressions.scope();
		String name = this.expressions.freshName();
		String head = switch (this.chance.below(7)) {
			case 0 -> "for " + name + " in " + this.expressions.of(Kind.INTS, depth);
			case 1 -> "for " + name + ", ix in " + this.expressions.of(Kind.RANGE, depth);
			case 2 -> "for [" + name + ", mv] in " + this.expressions.of(Kind.MAP, depth);
			case 3 -> "for " + name + " = 0; " + name + " < " + this.expressions.of(Kind.INT, 0) + "; " + name + "++";
			case 4 -> "'l" + this.loops++ + ": for " + name + " in 0..3";
			case 5 -> "while let Some(" + name + ") = " + this.expressions.of(Kind.OPTION, depth);
			default -> "while " + this.expressions.of(Kind.BOOL, depth);
		};
		if (!head.startsWith("while ") || head.contains(" let ")) {
			this.expressions.declare(name, Kind.INT);
		}
		this.inLoop++;
		String body = body(depth, indent);
		this.inLoop--;
		this.expressions.leave(scope);
		String end = head.startsWith("while") ? "    ".repeat(indent + 1) + "break\n" : "";
		return head + " {\n" + body + end + close(indent);
	}

	private String body(int depth, int indent) {
		StringBuilder out = new StringBuilder();
		int scope = this.expressions.scope();
		for (int i = this.chance.below(3); i >= 0; i--) {
			out.append(statement(depth, indent + 1));
		}
		this.expressions.leave(scope);
		return out.toString();
	}

	private String destructuring(int depth) {
		String a = this.expressions.freshName();
		String b = this.expressions.freshName();
		String written = switch (this.chance.below(4)) {
			case 0 -> "[" + a + ", " + b + " = 2] = " + this.expressions.of(Kind.INTS, depth);
			case 1 -> "(" + a + ", " + b + ") = " + this.expressions.of(Kind.PAIR, depth);
			case 2 -> "{ x: " + a + ", y: " + b + " } = " + this.expressions.of(Kind.RECORD, depth);
			default -> "[" + a + ", ..." + b + "] = " + this.expressions.of(Kind.INTS, depth);
		};
		this.expressions.declare(a, Kind.INT);
		return written;
	}

	private String store(int depth, int indent) {
		return switch (this.chance.below(8)) {
			case 0 -> "save " + this.expressions.of(Kind.ITEM, depth);
			case 1 -> this.chance.of("delete ", "restore ", "destroy ", "hold ") + this.expressions.of(Kind.ITEM,
					depth);
			case 2 -> "transaction {\n" + body(depth, indent) + close(indent);
			case 3 -> "print(" + this.expressions.query(depth) + this.chance.of(".count", ".all", ".first",
					".sum(price)",
					".group_by(name)", ".pluck(name)", ".page(1, size: 2)", ".exists", ".max(price)", ".explain",
					".distinct(name)", ".update(price: 2)", ".select(name)") + ")";
			case 4 -> "save " + this.expressions.of(Kind.ITEMS, depth);
			case 5 -> "print((" + this.expressions.of(Kind.ITEM, depth) + ")" + this.chance.of(".history",
					".label()", ".twice",
					".version_number", ".created_at", ".owner", ".id", ".history[0].changed") + ")";
			case 6 -> "for it in " + this.expressions.query(depth) + " { print(it.name) }";
			default -> "save " + this.expressions.of(Kind.ITEM, depth) + " valid from "
					+ this.expressions.of(Kind.TIME, depth);
		};
	}

}
