package dev.flin.fuzz;

/** Writes markup with holes, tags, components and events. */
final class MarkupGrammar {

	private final Chance chance;

	private final Expressions expressions;

	MarkupGrammar(Chance chance, Expressions expressions) {
		this.chance = chance;
		this.expressions = expressions;
	}

	String element(int depth) {
		String name = this.chance.of("p", "div", "li", "a", "button", "svg", "h1", "span", "form", "select");
		StringBuilder out = new StringBuilder("<").append(name);
		for (int i = this.chance.below(3); i > 0; i--) {
			out.append(' ').append(attribute(depth));
		}
		if (this.chance.once(8)) {
			return out.append(" />").toString();
		}
		return out.append('>').append(children(depth)).append("</").append(name).append('>').toString();
	}

	private String children(int depth) {
		StringBuilder out = new StringBuilder();
		for (int i = this.chance.below(3); i >= 0; i--) {
			out.append(node(depth));
		}
		return out.toString();
	}

	/** Any piece of markup. */
	String node(int depth) {
		int d = depth - 1;
		if (depth <= 0) {
			return this.chance.of("text", "it's &amp; é", "{1 + 1}", "<br>", "", "// no comment");
		}
		return switch (this.chance.below(12)) {
			case 0, 1 -> "{" + value(d) + "}";
			case 2 -> "{if " + this.expressions.of(Kind.BOOL, d) + "}" + children(d) + "{else}" + children(d) + "{/if}";
			case 3 -> loop(d);
			case 4 -> "{match " + this.expressions.of(Kind.INT, d) + "}{case 1}" + children(d) + "{case n if n > 2}"
					+ children(d) + "{else}" + children(d) + "{/match}";
			case 5 -> "{@html " + this.expressions.of(Kind.TEXT, d) + "}";
			case 6 -> "<Card " + attribute(d) + ">" + children(d) + "</Card>";
			case 7 -> "{let m" + this.chance.below(3) + " = " + value(d) + "}";
			case 8 -> "<input bind={state} value=\"" + "{" + value(d) + "}\">";
			case 9 -> "<style>.a { color: red; width: {" + this.expressions.of(Kind.INT, d) + "}px }</style>";
			default -> element(d);
		};
	}

	private String loop(int d) {
		int scope = this.expressions.scope();
		String name = this.expressions.freshName();
		String source = this.expressions.of(Kind.INTS, d);
		this.expressions.declare(name, Kind.INT);
		String body = children(d);
		this.expressions.leave(scope);
		return this.chance.of("{for " + name + " in " + source + "}", "{for " + name + ", ix in " + source + " key=ix}",
				"{each " + source + " as " + name + "}") + body + "{/for}";
	}

	private String value(int d) {
		return "(" + this.expressions.of(this.expressions.anyKind(), d) + ")";
	}

	private String attribute(int depth) {
		int d = Math.max(0, depth - 1);
		return switch (this.chance.below(10)) {
			case 0 -> "class=\"a {" + value(d) + "}\"";
			case 1 -> "href={" + this.expressions.of(Kind.TEXT, d) + "}";
			case 2 -> "disabled={" + this.expressions.of(Kind.BOOL, d) + "}";
			case 3 -> "click={state = " + this.expressions.of(Kind.INT, d) + "}";
			case 4 -> "onClick={() => { state++ }}";
			case 5 -> "{...[\"title\": " + this.expressions.of(Kind.TEXT, d) + "]}";
			case 6 -> "class:on={" + this.expressions.of(Kind.BOOL, d) + "}";
			case 7 -> "style={" + this.expressions.of(Kind.TEXT, d) + "}";
			case 8 -> "{if " + this.expressions.of(Kind.BOOL, d) + "}data-a=\"1\"{else}data-b{/if}";
			default -> "title=x" + this.chance.below(9);
		};
	}

}
