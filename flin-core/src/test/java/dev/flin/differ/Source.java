package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Writes the tree of a program as FLIN source in a style. */
final class Source {

	private static final Pattern JUMP = Pattern.compile("\\b(break|continue|return)\\b");

	private static final String HEAD = """
			type Rec = { a: int, b: text, xs: [int] }
			enum Shape { Dot, Box(int), Word(text), Two(int, text) }
			fn via(x: any) -> any { x }
			fn same<T>(x: T) -> T { x }
			fn total(first: int, ...rest: int) -> int {
			    sum = first
			    for each in rest { sum = (sum * 3 + each) % 1000 }
			    sum
			}
			trait Named { fn label() -> text }
			impl Named for Shape {
			    fn label() -> text { match self { Dot -> ".", Box(n) -> "[{n}]", Word(w) -> w, Two(n, w) -> w + n } }
			}
			impl Shape { fn size() -> int { match self { Dot -> 0, Box(n) -> n, Word(w) -> w.len, Two(n, w) -> n + w.len } } }
			fn never() -> bool { "abc".len > 5 }
			""";

	private final Style style;

	private final Random random;

	private final StringBuilder out = new StringBuilder();

	private int indent;

	private int names;

	private Source(Style style, long seed) {
		this.style = style;
		this.random = new Random(seed);
	}

	static String of(List<St> program, Style style, long seed) {
		Source source = new Source(style, seed);
		source.out.append(HEAD);
		if (style.main()) {
			source.line("fn main() {");
			source.block(program);
			source.line("    0");
			source.line("}");
			source.line("try { main() } catch failed { print(\"uncaught {failed.message}\") }");
		}
		else {
			source.indent = -1;
			source.block(program);
		}
		return source.out.toString();
	}

	private void line(String text) {
		this.out.append("    ".repeat(this.indent)).append(text).append('\n');
	}

	private void block(List<St> statements) {
		this.indent++;
		for (int i = 0; i < statements.size(); i++) {
			St statement = statements.get(i);
			boolean last = i + 1 == statements.size();
			if (once(this.style.padded())) {
				pad();
			}
			if (once(this.style.idle())) {
				line(idle(statements, i));
			}
			if (!last && once(this.style.guarded()) && !(statement instanceof St.Function)
					&& !(statement instanceof St.Declare) && !(statement instanceof St.Apart)) {
				boolean tried = this.random.nextBoolean();
				line(tried ? "try {" : "if not never() {");
				block(List.of(statement));
				line(tried ? "} finally { never() }" : "}");
			}
			else {
				statement(statement);
			}
		}
		this.indent--;
	}

	/** So much that a function may have to be divided. */
	private void pad() {
		String name = "pad" + this.names++;
		line(name + " = " + this.random.nextInt(9));
		for (int i = 0; i < 60; i++) {
			line(name + " = (" + name + " * 31 + " + i + ") % 1009 - " + name);
		}
		line("if " + name + " == 2000 { print(" + name + ") }");
	}

	private String idle(List<St> statements, int at) {
		String name = (at > 0 && statements.get(at - 1) instanceof St.Declare before) ? before.name()
				: (at > 0 && statements.get(at - 1) instanceof St.Assign before) ? before.name() : "\"idle\"";
		return switch (this.random.nextInt(3)) {
			case 0 -> "if never() { print(" + name + ") }";
			case 1 -> "unused" + this.names++ + " = () => " + name;
			default -> "if never() { fail(\"never\") }";
		};
	}

	private boolean once(int in) {
		return in > 0 && this.random.nextInt(in) == 0;
	}

	/** The annotation of a variable. */
	private String typed(String name, Ty type) {
		return switch (this.style.types()) {
			case ALL -> name + ": " + type.source();
			case NONE -> name;
			case ANY -> name + ": any";
			case MIXED -> (Math.floorMod(name.hashCode() / 3, 2) == 0) ? name + ": any" : name + ": " + type.source();
		};
	}

	private void statement(St statement) {
		switch (statement) {
			case St.Declare s -> line(typed(s.name(), s.type()) + " = " + text(s.value()));
			case St.Assign s when s.operator().isEmpty() -> line(s.name() + " = " + text(s.value()));
			case St.Assign s -> line(this.style.unfolded() && !s.operator().equals("++=")
					? s.name() + " = " + s.name() + " " + s.operator().replace("=", "") + " " + text(s.value())
					: s.name() + " " + s.operator() + " " + text(s.value()));
			case St.AssignPart s ->
				line(text(s.target()) + ((s.key() != null) ? "[" + text(s.key()) + "]" : "." + s.field()) + " "
						+ s.operator() + "= " + text(s.value()));
			case St.Apart s -> line(s.open() + String.join(", ", s.names())
					+ ((s.rest() != null) ? ", ..." + s.rest() : "") + s.close() + " = "
					+ ((s.values().size() == 1) ? text(s.values().get(0)) : s.open() + texts(s.values()) + s.close()));
			case St.If s -> {
				line("if " + text(s.condition()) + " {");
				block(s.then());
				if (!s.otherwise().isEmpty()) {
					line("} else {");
					block(s.otherwise());
				}
				line("}");
			}
			case St.Match s -> {
				line("match " + text(s.subject()) + " {");
				arms(s.arms());
				line("}");
			}
			case St.Try s -> {
				line("try {");
				block(s.body());
				if (s.error() != null) {
					line("} catch " + s.error() + " {");
					line("    print(\"! {" + s.error() + ".message}\")");
					block(s.handler());
				}
				if (!s.cleanup().isEmpty() || s.error() == null) {
					line("} finally {");
					block(s.cleanup());
				}
				line("}");
			}
			case St.Print s -> line("print(" + texts(s.values()) + ")");
			case St.Eval s -> line(text(s.value()));
			case St.Value s -> line(text(s.value()));
			case St.Return s -> line((s.value() != null) ? "return " + text(s.value()) : "return");
			case St.Break s -> line("break" + ((s.label() != null) ? " '" + s.label() : "")
					+ ((s.value() != null) ? " " + text(s.value()) : ""));
			case St.Continue s -> line("continue" + ((s.label() != null) ? " '" + s.label() : ""));
			case St.Fail s -> line("fail(\"" + s.message() + "\")");
			case St.Function s -> {
				line("fn " + s.name() + "(" + parameters(s.parameters()) + ")" + result(s) + " {");
				block(s.body());
				line("}");
			}
			case St.ForEach s -> loop(s, true);
			case St.ForPairs s -> loop(s, true);
			case St.ForEntries s -> loop(s, true);
			case St.ForRange s -> loop(s, true);
			case St.ForSteps s -> loop(s, true);
			case St.While s -> loop(s, true);
		}
	}

	private String result(St.Function function) {
		if (function.result() == null) {
			return "";
		}
		return switch (this.style.types()) {
			case ALL -> " -> " + function.result().source();
			case NONE -> "";
			case ANY -> " -> any";
			case MIXED -> (function.name().hashCode() % 2 == 0) ? " -> any" : " -> " + function.result().source();
		};
	}

	private String parameters(List<Ex.Parameter> parameters) {
		List<String> result = new ArrayList<>();
		for (Ex.Parameter each : parameters) {
			result.add(typed(each.name(), each.type())
					+ ((each.fallback() != null) ? " = " + text(each.fallback()) : ""));
		}
		return String.join(", ", result);
	}

	/** @param statement whether other statements may stand before it */
	private void loop(St loop, boolean statement) {
		int from = this.out.length();
		labelled(loop, statement);
		String label = "'" + Evaluation.label(loop);
		String code = this.out.substring(from);
		if (code.indexOf(label, code.indexOf(label) + 1) < 0) {
			this.out.setLength(from);
			this.out.append(code.replace(label + ": ", ""));
		}
	}

	private void labelled(St loop, boolean statement) {
		boolean whiles = statement && this.style.whiles();
		switch (loop) {
			case St.ForEach s when whiles -> {
				String list = "list" + this.names;
				String at = "at" + this.names++;
				line(list + " = " + text(s.source()));
				line(at + " = -1");
				line("'" + s.label() + ": while " + at + " + 1 < " + list + ".len {");
				line("    " + at + " += 1");
				line("    " + s.name() + " = " + list + "[" + at + "]");
				if (s.index() != null) {
					line("    " + s.index() + " = " + at);
				}
				block(s.body());
			}
			case St.ForEach s -> {
				line("'" + s.label() + ": for " + s.name() + ((s.index() != null) ? ", " + s.index() : "") + " in "
						+ text(s.source()) + " {");
				block(s.body());
			}
			case St.ForPairs s -> {
				line("'" + s.label() + ": for (" + s.first() + ", " + s.second() + ") in " + text(s.source()) + " {");
				block(s.body());
			}
			case St.ForEntries s -> {
				line("'" + s.label() + ": for [" + s.key() + ", " + s.value() + "] in " + text(s.source()) + " {");
				block(s.body());
			}
			case St.ForRange s when whiles -> {
				String at = "at" + this.names;
				String to = "to" + this.names++;
				line(at + " = " + text(s.from()) + " - 1");
				line(to + " = " + text(s.to()));
				line("'" + s.label() + ": while " + at + " + 1 " + (s.inclusive() ? "<= " : "< ") + to + " {");
				line("    " + at + " += 1");
				line("    " + s.name() + " = " + at);
				block(s.body());
			}
			case St.ForRange s -> {
				line("'" + s.label() + ": for " + s.name() + " in " + text(s.from()) + (s.inclusive() ? ".." : "..<")
						+ text(s.to()) + " {");
				block(s.body());
			}
			case St.ForSteps s -> {
				line("'" + s.label() + ": for " + s.name() + " = " + s.from() + "; " + s.name() + " < " + s.below()
						+ "; " + ((s.by() == 1) ? s.name() + "++" : s.name() + " += " + s.by()) + " {");
				block(s.body());
			}
			case St.While s -> {
				if (statement) {
					line(s.counter() + " = 0");
				}
				line("'" + s.label() + ": while " + s.counter() + " < " + s.turns()
						+ ((s.condition() != null) ? " and " + text(s.condition()) : "") + " {");
				line("    " + s.counter() + " += 1");
				block(s.body());
			}
			default -> throw new IllegalStateException();
		}
		line("}");
	}

	private void arms(List<Ex.Arm> arms) {
		this.indent++;
		for (Ex.Arm arm : arms) {
			String head = arm.pattern().source() + ((arm.guard() != null) ? " if " + text(arm.guard()) : "") + " -> ";
			if (arm.body().size() == 1 && arm.body().get(0) instanceof St.Value value) {
				line(head + text(value.value()));
			}
			else {
				line(head + "{");
				block(arm.body());
				line("}");
			}
		}
		this.indent--;
	}

	private String texts(List<Ex> all) {
		return String.join(", ", all.stream().map(this::text).toList());
	}

	private String text(Ex expression) {
		String plain = plain(expression);
		boolean small = expression instanceof Ex.Literal || plain.isEmpty();
		if (!small && once(this.style.calls()) && !JUMP.matcher(plain).find()) {
			return "(() => " + plain + ")()";
		}
		return (!small && once(this.style.dynamic())) ? "via(" + plain + ")" : plain;
	}

	private String plain(Ex expression) {
		return switch (expression) {
			case Ex.Literal e -> e.source();
			case Ex.Variable e -> e.name();
			case Ex.Operation e -> operation(e);
			case Ex.Each e -> each(e);
			case Ex.Lazy e -> lazy(e);
			case Ex.Lambda e -> lambda(e);
			case Ex.Call e -> call(e);
			case Ex.CallValue e -> callee(e.function()) + "(" + texts(e.arguments()) + ")";
			case Ex.If e -> inner(() -> {
				line("if " + text(e.condition()) + " {");
				block(e.then());
				line("} else {");
				block(e.otherwise());
				line("}");
			});
			case Ex.Match e -> inner(() -> {
				line("match " + text(e.subject()) + " {");
				arms(e.arms());
				line("}");
			});
			case Ex.Loop e -> valued(e.loop());
			case Ex.Step e -> e.prefix() ? ((e.delta() > 0) ? "(++" : "(--") + e.name() + ")"
					: "(" + e.name() + ((e.delta() > 0) ? "++" : "--") + ")";
			case Ex.Attempt e -> "(match 0 { _ -> { " + e.name() + " = try " + text(e.tried()) + "\n " + e.name()
					+ ".ok ? " + e.name() + ".value : " + text(e.otherwise()) + " } })";
		};
	}

	private String valued(St loop) {
		String code = inner(() -> loop(loop, false));
		String before = (loop instanceof St.While counted) ? counted.counter() + " = 0\n" : "";
		return "(match 0 { _ -> {\n" + before + code.substring(1, code.length() - 1) + "\n} })";
	}

	/** An expression of several lines, in parentheses. */
	private String inner(Runnable code) {
		int from = this.out.length();
		code.run();
		String text = this.out.substring(from).strip();
		this.out.setLength(from);
		return "(" + text + ")";
	}

	private String callee(Ex function) {
		String text = text(function);
		return (function instanceof Ex.Lambda) ? "(" + text + ")" : text;
	}

	private String lambda(Ex.Lambda e) {
		String parameters = "(" + parameters(e.parameters()) + ") => ";
		if (e.body().size() == 1 && e.body().get(0) instanceof St.Value value) {
			return parameters + text(value.value());
		}
		String body = inner(() -> block(e.body()));
		return parameters + "{\n" + body.substring(1, body.length() - 1) + "\n}";
	}

	private String call(Ex.Call e) {
		List<String> arguments = new ArrayList<>();
		for (Ex.Argument each : e.arguments()) {
			arguments.add(((each.name() != null) ? each.name() + ": " : "") + text(each.value()));
		}
		if (!arguments.isEmpty() && e.arguments().get(0).name() == null
				&& !(e.arguments().get(0).value() instanceof Ex.Lambda) && this.random.nextInt(8) == 0) {
			return "(" + arguments.get(0) + " |> " + e.function() + "("
					+ String.join(", ", arguments.subList(1, arguments.size())) + "))";
		}
		return e.function() + "(" + String.join(", ", arguments) + ")";
	}

	private String each(Ex.Each e) {
		String list = text(e.list());
		String rest = text(e.callback()) + ((e.start() != null) ? ", " + text(e.start()) : "");
		return switch (this.random.nextInt(3)) {
			case 0 -> e.function() + "(" + list + ", " + rest + ")";
			case 1 -> "(" + list + " |> " + e.function() + "(" + rest + "))";
			default -> list + "." + e.function() + "(" + rest + ")";
		};
	}

	private String lazy(Ex.Lazy e) {
		List<Ex> o = e.operands();
		String first = text(o.get(0));
		String second = text(o.get(1));
		return switch (e.choice()) {
			case AND -> "(" + first + " and " + second + ")";
			case OR -> "(" + first + " || " + second + ")";
			case COALESCE -> "(" + first + " ?? " + second + ")";
			case CONDITIONAL -> "(" + first + " ? " + second + " : " + text(o.get(2)) + ")";
			case THEN -> "(if " + first + " then " + second + " else " + text(o.get(2)) + ")";
		};
	}

	private String operation(Ex.Operation e) {
		StringBuilder result = new StringBuilder();
		String template = e.template();
		for (int i = 0; i < template.length(); i++) {
			char c = template.charAt(i);
			if (c == '$' && i + 1 < template.length() && Character.isDigit(template.charAt(i + 1))) {
				String operand = text(e.operands().get(template.charAt(++i) - '0'));
				result.append(operand.startsWith("{") ? "(" + operand + ")" : operand);
			}
			else {
				result.append(c);
			}
		}
		boolean lines = template.startsWith("\"") && result.indexOf("\n") >= 0;
		return lines ? joined(e) : result.toString();
	}

	/** An interpolation that would have several lines. */
	private String joined(Ex.Operation e) {
		String parts = e.template().replaceAll("\\{(\\$\\d)}", "\" + $1 + \"");
		return operation(new Ex.Operation(e.type(), "(" + parts + ")", e.operands(), e.meaning()));
	}

	@Override
	public String toString() {
		return this.out.toString();
	}

	static @Nullable String kind(String message) {
		return message.contains("overflow") ? "overflow" : message.contains("by zero") ? "zero"
				: message.contains("out of range") ? "range"
				: message.contains("too few elements") ? "apart" : null;
	}

}
