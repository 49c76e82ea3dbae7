package dev.flin.lower;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Declarations;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * What the markup of one file has in common.
 *
 * @param path the file
 * @param origin whose entries in the head these are, by the name of the view package
 * @param scopeAttribute the attribute that scoped styles look for; null when the file has none
 */
record ViewFile(String path, String origin, @Nullable String scopeAttribute) {

	static ViewFile of(SyntaxTree tree) {
		String path = tree.file().path();
		return new ViewFile(path, origin(path), hasScopedStyle(tree) ? scopeAttribute(path) : null);
	}

	/** The same file for markup that its styles are not for. */
	ViewFile withoutScope() {
		return new ViewFile(this.path, this.origin, null);
	}

	/**
	 * Whether a file is a page, layout or component: it has markup at its top level. A component may be empty; markup
	 * in a file that all share is a value like others.
	 */
	static boolean isView(SyntaxTree tree, boolean shared) {
		String path = tree.file().path();
		boolean component = path.startsWith("components/") || path.contains("/components/");
		return !shared && (component || hasMarkup(tree));
	}

	private static boolean hasMarkup(SyntaxTree tree) {
		for (Stmt statement : tree.body()) {
			if (markup(statement) != null) {
				return true;
			}
		}
		return false;
	}

	/** The statements as they run: props are there from the start, unless the default of one has to be computed. */
	static List<Stmt> inOrder(SyntaxTree tree) {
		List<Stmt> statements = new ArrayList<>(tree.body());
		int first = 0;
		for (int i = 0; i < statements.size(); i++) {
			if (statements.get(i) instanceof Stmt.Props props
					&& props.fields().stream().allMatch((field) -> isLiteral(field.defaultValue()))) {
				statements.add(first++, statements.remove(i));
			}
		}
		return statements;
	}

	private static boolean isLiteral(@Nullable Expr value) {
		return switch (value) {
			case Expr.Int e -> true;
			case Expr.Number e -> true;
			case Expr.Bool e -> true;
			case Expr.None e -> true;
			case Expr.ListOf list -> list.elements().isEmpty();
			case Expr.MapOf map -> map.entries().isEmpty();
			case Expr.Text text -> ExprLowering.constantText(text) != null;
			case null -> true;
			default -> false;
		};
	}

	static @Nullable List<Markup> markup(Stmt statement) {
		return (statement instanceof Stmt.Eval eval && eval.value() instanceof Expr.MarkupOf of) ? of.nodes() : null;
	}

	/** The layout that a page chooses by {@code layout = "x"}: empty for {@code none}, null when it says nothing. */
	static @Nullable String layout(SyntaxTree tree) {
		for (Stmt statement : tree.body()) {
			if (statement instanceof Stmt.Var set && set.target() instanceof Pattern.Name name
					&& name.name().equals("layout")) {
				Expr value = set.value();
				return (value instanceof Expr.None) ? "" : (value != null) ? ExprLowering.constantText(value) : null;
			}
		}
		return null;
	}

	private static String origin(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		if (name.startsWith("_layout")) {
			return "LAYOUT";
		}
		return Declarations.isComponent(path) ? "COMPONENT" : "PAGE";
	}

	private static boolean hasScopedStyle(SyntaxTree tree) {
		for (Stmt statement : tree.body()) {
			List<Markup> nodes = markup(statement);
			if (nodes != null && hasScopedStyle(nodes)) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasScopedStyle(List<? extends Markup> nodes) {
		for (Markup node : nodes) {
			if (node instanceof Markup.Element element
					&& (isScopedStyle(element) || hasScopedStyle(element.children()))) {
				return true;
			}
		}
		return false;
	}

	static boolean isStyle(Markup.Element element) {
		return element.name().toLowerCase(Locale.ROOT).equals("style");
	}

	static boolean isScopedStyle(Markup.Element element) {
		return isStyle(element) && element.attrs()
			.stream()
			.noneMatch((attr) -> attr instanceof Markup.Attribute named && named.name().equals("global"));
	}

	private static String scopeAttribute(String path) {
		CRC32 hash = new CRC32();
		hash.update(path.getBytes(StandardCharsets.UTF_8));
		return "data-f-" + Long.toString(hash.getValue(), 36);
	}

}
