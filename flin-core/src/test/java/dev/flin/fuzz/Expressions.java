package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes expressions of a wanted type; once in a while of another one, so that the checker has something to find. */
final class Expressions {

	/** A variable or function in scope. */
	record Known(String name, Kind kind, List<Kind> params) {
	}

	private final Chance chance;

	private final List<Known> variables = new ArrayList<>();

	private final List<Known> functions = new ArrayList<>();

	private final Library library;

	private int nextName;

	Expressions(Chance chance) {
		this.chance = chance;
		this.library = new Library(chance, this);
	}

	Library library() {
		return this.library;
	}

	String freshName() {
		return "v" + this.nextName++;
	}

	Kind anyKind() {
		return this.chance.of(List.of(Kind.values()));
	}

	void declare(String name, Kind kind) {
		this.variables.add(new Known(name, kind, List.of()));
	}

	void declareFunction(String name, Kind result, List<Kind> params) {
		this.functions.add(new Known(name, result, params));
	}

	/** How many variables there are; {@link #leave} forgets the later ones. */
	int scope() {
		return this.variables.size();
	}

	void leave(int scope) {
		this.variables.subList(scope, this.variables.size()).clear();
	}

	List<Known> variables() {
		return this.variables;
	}

	void forgetFunctions() {
		this.functions.clear();
	}

	String of(Kind wanted, int depth) {
		Kind kind = this.chance.once(40) ? anyKind() : wanted;
		List<Known> known = this.variables.stream().filter((each) -> each.kind() == kind).toList();
		if (!known.isEmpty() && this.chance.below(5) < 2) {
			return this.chance.of(known).name();
		}
		if (depth <= 0) {
			return leaf(kind);
		}
		return switch (this.chance.below(14)) {
			case 0 -> "(if " + condition(depth) + " { " + of(kind, depth - 1) + " } else { " + of(kind, depth - 1)
					+ " })";
			case 1 -> "(" + condition(depth) + " ? " + of(kind, depth - 1) + " : " + of(kind, depth - 1) + ")";
			case 2 -> call(kind, depth);
			case 3 -> this.library.call(kind, depth);
			case 4 -> match(kind, depth);
			case 5 -> general(kind, depth);
			default -> special(kind, depth - 1);
		};
	}

	private String call(Kind kind, int depth) {
		List<Known> known = this.functions.stream().filter((each) -> each.kind() == kind).toList();
		if (known.isEmpty()) {
			return leaf(kind);
		}
		Known function = this.chance.of(known);
		List<String> args = function.params().stream().map((param) -> of(param, depth - 1)).toList();
		if (!args.isEmpty() && this.chance.once(4)) {
			return "(" + args.getFirst() + " |> " + function.name() + "("
					+ String.join(", ", args.subList(1, args.size())) + "))";
		}
		return function.name() + "(" + String.join(", ", args) + ")";
	}

	private String general(Kind kind, int depth) {
		int d = depth - 1;
		String value = of(kind, d);
		return switch (this.chance.below(10)) {
			case 0 -> "(() => " + value + ")()";
			case 1 -> "(fn() { " + value + " })()";
			case 2 -> "[" + value + ", " + of(kind, d) + "][" + this.chance.of("0", "1", "-1", "2") + "]";
			case 3 -> "(" + value + " ?? " + of(kind, d) + ")";
			case 4 -> "(" + value + " || " + of(kind, d) + ")";
			case 5 -> "((" + value + ", 1).0)";
			case 6 -> "{ k: " + value + " }.k";
			case 7 -> "(try { " + value + " } catch { " + of(kind, d) + " })";
			case 8 -> "(for q in [" + value + "] { if " + condition(d) + " { break q } } ?? " + of(kind, d) + ")";
			default -> "[" + value + "].first";
		};
	}

	private String match(Kind kind, int depth) {
		int d = depth - 1;
		return switch (this.chance.below(7)) {
			case 0 -> "(match " + of(Kind.INT, d) + " { 0 -> " + of(kind, d) + ", 1..3 -> " + of(kind, d)
					+ ", n if n > 5 -> "
					+ of(kind, d) + ", _ -> " + of(kind, d) + " })";
			case 1 -> "(match " + of(Kind.SHAPE, d) + " { Dot -> " + of(kind, d) + ", Circle(r) -> " + of(kind, d)
					+ ", Named(n, k) -> " + of(kind, d) + " })";
			case 2 -> "(match " + of(Kind.EITHER, d) + " { n: int -> " + of(kind, d) + ", t: text -> " + of(kind,
					d) + " })";
			case 3 -> "(match " + of(Kind.INTS, d) + " { [] -> " + of(kind, d) + ", [x] -> " + of(kind, d)
					+ ", [x, ...rest] -> "
					+ of(kind, d) + " })";
			case 4 -> "(match " + of(Kind.PAIR, d) + " { (0, t) -> " + of(kind, d) + ", (n, _) -> " + of(kind, d)
					+ " })";
			case 5 -> "(match " + of(Kind.OPTION, d) + " { Some(s) -> " + of(kind, d) + ", None -> " + of(kind, d)
					+ " })";
			default -> "(match " + of(Kind.ANY, d) + " { { x, y: 2 } -> " + of(kind, d) + ", none | false -> "
					+ of(kind, d)
					+ ", t: text -> " + of(kind, d) + ", _ -> " + of(kind, d) + " })";
		};
	}

	private String condition(int depth) {
		return of(Kind.BOOL, depth - 1);
	}

	private String lambda(Kind param, Kind result, int depth) {
		String name = freshName();
		int scope = scope();
		declare(name, param);
		String body = of(result, depth);
		leave(scope);
		return switch (this.chance.below(4)) {
			case 0 -> "(" + name + " => " + body + ")";
			case 1 -> "((" + name + ": " + param.written() + ") => { " + body + " })";
			case 2 -> "fn(" + name + ") { " + body + " }";
			default -> "(|" + name + "| " + body + ")";
		};
	}

	private String special(Kind kind, int d) {
		return switch (kind) {
			case INT -> ints(d);
			case NUMBER -> numbers(d);
			case DECIMAL -> "(" + of(Kind.DECIMAL, d) + this.chance.of(" + ", " * ", " - ", " / ")
					+ of(Kind.DECIMAL, d) + ")";
			case TEXT -> texts(d);
			case BOOL -> bools(d);
			case INTS -> lists(Kind.INT, Kind.INTS, d);
			case TEXTS -> lists(Kind.TEXT, Kind.TEXTS, d);
			case NUMBERS -> lists(Kind.NUMBER, Kind.NUMBERS, d);
			case GRID -> lists(Kind.INTS, Kind.GRID, d);
			case ITEMS -> this.chance.once(2) ? query(d) + ".all" : lists(Kind.ITEM, Kind.ITEMS, d);
			case MAP -> this.chance.of("[" + of(Kind.TEXT, d) + ": " + of(Kind.INT, d) + "]",
					"{ a: " + of(Kind.INT, d) + ", b: 2 }", of(Kind.MAP, d) + ".merge(" + of(Kind.MAP, d) + ")");
			case RECORD -> "{ x: " + of(Kind.INT, d) + ", y: " + of(Kind.TEXT, d) + " }";
			case MAYBE -> this.chance.of(of(Kind.INTS, d) + ".first", of(Kind.MAP, d) + "[" + of(Kind.TEXT, d) + "]",
					of(Kind.INT, d), of(Kind.RECORD, d) + "?.x", of(Kind.INTS, d) + ".get(" + of(Kind.INT, d) + ")");
			case MAYBE_TEXT -> this.chance.of(of(Kind.TEXTS, d) + ".last", of(Kind.TEXT, d), "none");
			case EITHER -> "either(" + (this.chance.once(2) ? of(Kind.INT, d) : of(Kind.TEXT, d)) + ")";
			case FUNCTION -> lambda(Kind.INT, Kind.INT, d);
			case PREDICATE -> lambda(Kind.TEXT, Kind.BOOL, d);
			case DURATION -> "(" + of(Kind.DURATION, d) + this.chance.of(" + " + of(Kind.DURATION, d), " * "
					+ of(Kind.INT, d)) + ")";
			case TIME -> "(" + of(Kind.TIME, d) + this.chance.of(" + ", " - ") + of(Kind.DURATION, d) + ")";
			case MONEY -> "(" + of(Kind.MONEY, d) + this.chance.of(" + " + of(Kind.MONEY, d), " * " + of(Kind.INT,
					d)) + ")";
			case ANY -> "dyn(" + of(anyKind(), d) + ")" + this.chance.of("", ".x", "[0]", ".len", "?.y", " + 1",
					"[\"k\"]");
			case PAIR -> "(" + of(Kind.INT, d) + ", " + of(Kind.TEXT, d) + ")";
			case SHAPE -> this.chance.of("Dot", "Shape.Dot", "Circle(" + of(Kind.NUMBER, d) + ")",
					"Named(" + of(Kind.TEXT, d) + ", " + of(Kind.INT, d) + ")");
			case OPTION -> this.chance.of("Some(" + of(Kind.INT, d) + ")", "None");
			case RESULT -> this.chance.of("Ok(" + of(Kind.INT, d) + ")", "Err(" + of(Kind.TEXT, d) + ")");
			case RANGE -> "(" + of(Kind.INT, d) + this.chance.of("..", "..<", "..=") + of(Kind.INT, d) + ")";
			case ITEM -> this.chance.of("Item { name: " + of(Kind.TEXT, d) + ", price: " + of(Kind.INT, d) + " }",
					"(" + query(d) + ".first ?? Item { name: \"n\" })", "(save Item { name: " + of(Kind.TEXT, d)
							+ " })",
					"(" + of(Kind.ITEM, d) + " @ " + this.chance.of("-1", "1", "0", "now", "yesterday")
							+ " ?? Item { name: \"o\" })");
			case HTML -> new MarkupGrammar(this.chance, this).element(d);
		};
	}

	private String ints(int d) {
		return switch (this.chance.below(12)) {
			case 0, 1, 2 -> "(" + of(Kind.INT, d) + this.chance.of(" + ", " - ", " * ", " % ", " ** ")
					+ of(Kind.INT, d) + ")";
			case 3 -> of(Kind.INTS, d) + ".len";
			case 4 -> of(Kind.INTS, d) + "[" + of(Kind.INT, d) + "]";
			case 5 -> of(Kind.RECORD, d) + ".x";
			case 6 -> "(" + of(Kind.FUNCTION, d) + ")(" + of(Kind.INT, d) + ")";
			case 7 -> "-" + of(Kind.INT, d);
			case 8 -> "div(" + of(Kind.INT, d) + ", " + of(Kind.INT, d) + ")";
			case 9 -> of(Kind.PAIR, d) + ".0";
			case 10 -> "(" + of(Kind.ITEM, d) + ").price";
			default -> of(Kind.INTS, d) + ".reduce((a, b) => a + b, " + of(Kind.INT, d) + ")";
		};
	}

	private String numbers(int d) {
		return switch (this.chance.below(5)) {
			case 0 -> "(" + of(Kind.INT, d) + " / " + of(Kind.INT, d) + ")";
			case 1 -> "(" + of(Kind.INT, d) + this.chance.of(" + ", " * ") + of(Kind.NUMBER, d) + ")";
			case 2 -> "-" + of(Kind.NUMBER, d);
			case 3 -> of(Kind.NUMBERS, d) + "[" + of(Kind.INT, d) + "]";
			default -> "(" + of(Kind.NUMBER, d) + this.chance.of(" + ", " - ", " * ", " / ", " % ", " ** ")
					+ of(Kind.NUMBER, d) + ")";
		};
	}

	private String texts(int d) {
		return switch (this.chance.below(9)) {
			case 0 -> "(" + of(Kind.TEXT, d) + this.chance.of(" + ", " ++ ") + of(anyKind(), d) + ")";
			case 1, 2 -> "\"a{(" + of(anyKind(), d) + ")}b\"";
			case 3 -> of(Kind.TEXT, d) + "[" + of(Kind.INT, d) + ":" + of(Kind.INT, d) + "]";
			case 4 -> of(Kind.TEXT, d) + this.chance.of(".upper", ".trim()", ".replace(\"a\", \"b\")", "[0]");
			case 5 -> of(Kind.TEXTS, d) + ".join(" + of(Kind.TEXT, d) + ")";
			case 6 -> of(Kind.PAIR, d) + ".1";
			case 7 -> "(" + of(Kind.ITEM, d) + ").name";
			default -> "type_of(" + of(anyKind(), d) + ")";
		};
	}

	private String bools(int d) {
		Kind kind = anyKind();
		return switch (this.chance.below(9)) {
			case 0, 1 -> "(" + of(Kind.INT, d) + this.chance.of(" < ", " <= ", " > ", " == ", " != ")
					+ of(Kind.INT, d) + ")";
			case 2 -> "(" + of(kind, d) + this.chance.of(" == ", " != ") + of(kind, d) + ")";
			case 3 -> "(" + of(Kind.BOOL, d) + this.chance.of(" && ", " || ", " and ", " or ") + of(Kind.BOOL, d) + ")";
			case 4 -> this.chance.of("!", "not ") + of(Kind.BOOL, d);
			case 5 -> "(" + of(Kind.INT, d) + this.chance.of(" in ", " not in ") + of(Kind.INTS, d) + ")";
			case 6 -> "(" + of(anyKind(), d) + " is (" + anyKind().written() + "))";
			case 7 -> "(" + of(Kind.NUMBER, d) + this.chance.of(" < ", " >= ", " == ") + of(Kind.INT, d) + ")";
			default -> of(Kind.INTS, d) + this.chance.of(".any(", ".all(") + lambda(Kind.INT, Kind.BOOL, d) + ")";
		};
	}

	private String lists(Kind element, Kind list, int d) {
		return switch (this.chance.below(9)) {
			case 0, 1 -> IntStream.range(0, this.chance.below(4))
				.mapToObj((i) -> (this.chance.once(6) ? "..." + of(list, d) : of(element, d)))
				.collect(Collectors.joining(", ", "[", "]"));
			case 2 -> of(list, d) + ".map(" + lambda(element, element, d) + ")";
			case 3 -> of(list, d) + ".filter(" + lambda(element, Kind.BOOL, d) + ")";
			case 4 -> "(" + of(list, d) + " ++ " + of(list, d) + ")";
			case 5 -> of(list, d) + "[" + of(Kind.INT, d) + ":" + this.chance.of("", of(Kind.INT, d)) + "]";
			case 6 -> of(list, d) + this.chance.of(".reverse", ".sort()", ".unique", ".take(1)");
			case 7 -> of(Kind.INTS, d) + ".map(" + lambda(Kind.INT, element, d) + ")";
			default -> of(Kind.RANGE, d) + ".take(3).map(" + lambda(Kind.INT, element, d) + ")";
		};
	}

	/** A query of entities. */
	String query(int d) {
		StringBuilder query = new StringBuilder("Item");
		for (int i = this.chance.below(3); i >= 0; i--) {
			query.append(this.chance.of(".where(price > " + of(Kind.INT, d) + ")", ".where(name == "
					+ of(Kind.TEXT, d) + ")",
					".where(price " + this.chance.of("+", "*", "-") + " 1 < " + of(Kind.INT, d) + " && "
							+ of(Kind.BOOL, d) + ")",
					".order(price)", ".order(name, \"desc\")", ".limit(" + of(Kind.INT, 0) + ")", ".offset(1)",
					".where(" + of(Kind.BOOL, d) + ")", ".with_deleted", ".only_deleted", ".as_of(now)",
					".where(owner == none)"));
		}
		return query.toString();
	}

	private String leaf(Kind kind) {
		return switch (kind) {
			case INT -> this.chance.of("0", "1", "2", "3", "7", "100", "(-1)", "9223372036854775807");
			case NUMBER -> this.chance.of("0.5", "1.0", "2.5", "1e9", "(-0.25)", "nan", "infinity");
			case DECIMAL -> this.chance.of("decimal(\"1.50\")", "decimal(2)");
			case TEXT -> this.chance.of("\"\"", "\"a\"", "\"héé🐘\"", "'q'", "\"12\"", "`b`");
			case BOOL -> this.chance.of("true", "false");
			case INTS -> this.chance.of("[]", "[1, 2, 3]", "[5]");
			case TEXTS -> this.chance.of("[]", "[\"a\", \"b\"]", "[\"\"]");
			case NUMBERS -> this.chance.of("[]", "[1.5, 2.5]", "[1, 2.5]");
			case GRID -> this.chance.of("[]", "[[1], [2, 3]]", "[[]]");
			case MAP -> this.chance.of("[:]", "[\"a\": 1]", "{ a: 1, b: 2 }");
			case RECORD -> "{ x: 1, y: \"b\" }";
			case MAYBE -> this.chance.of("none", "1");
			case MAYBE_TEXT -> this.chance.of("none", "\"t\"");
			case EITHER -> this.chance.of("either(1)", "either(\"u\")");
			case FUNCTION -> this.chance.of("(n => n + 1)", "(n => n)", "abs");
			case PREDICATE -> "(t => t == \"a\")";
			case DURATION -> this.chance.of("1.days", "500ms", "2.5.hours");
			case TIME -> this.chance.of("now", "today", "yesterday");
			case MONEY -> this.chance.of("5 USD", "10 CFA", "2.50 USD");
			case ANY -> this.chance.of("dyn(1)", "dyn(\"a\")", "dyn(none)", "dyn([1, \"a\"])", "dyn({ x: 1 })",
					"dyn(1.5)");
			case PAIR -> "(1, \"p\")";
			case SHAPE -> this.chance.of("Dot", "Circle(1.5)", "Named(\"s\", 2)");
			case OPTION -> this.chance.of("None", "Some(4)");
			case RESULT -> this.chance.of("Ok(1)", "Err(\"e\")");
			case RANGE -> this.chance.of("(0..3)", "(1..<4)", "(3..1)");
			case ITEM -> "Item { name: \"i\", price: 3 }";
			case ITEMS -> this.chance.of("[]", "Item.all");
			case HTML -> "<b>h</b>";
		};
	}

}
