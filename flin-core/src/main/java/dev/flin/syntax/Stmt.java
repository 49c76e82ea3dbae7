package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/** A statement or declaration. */
public sealed interface Stmt extends Node {

	/** An expression for its effect, or, as the last of a block, for its value. Also markup and all control flow. */
	record Eval(int id, Span span, Expr value) implements Stmt {
	}

	enum Declare {

		/** No keyword: assigns an existing variable or declares one. */
		NONE,
		/** {@code let}, {@code var}: declares in the current scope. */
		LET,
		/** {@code const}. */
		CONST,
		/** {@code live orders = …}. */
		LIVE

	}

	/**
	 * {@code x: T = e}, {@code let x = e}, {@code [a, b] = xs}, {@code { name } = user}. A plain {@code x = e} without
	 * keyword and type is also this, with a {@link Pattern.Name}; assignments to members and indexes are
	 * {@link Expr.Assign}.
	 */
	record Var(int id, Span span, Declare declare, Pattern target, @Nullable TypeExpr type,
			@Nullable Expr value) implements Stmt {
	}

	/**
	 * A function.
	 * @param body null only for a signature in a trait
	 */
	record Fn(int id, Span span, Span nameSpan, String name, List<Part.TypeParam> typeParams, List<Part.Param> params,
			@Nullable TypeExpr result, Part.@Nullable Block body, boolean server, @Nullable String doc)
			implements Stmt {
	}

	record Enum(int id, Span span, Span nameSpan, String name, List<Part.TypeParam> typeParams,
			List<Part.Variant> variants, @Nullable String doc) implements Stmt {
	}

	record Entity(int id, Span span, Span nameSpan, String name, List<Part.Field> fields, List<Part.Hook> hooks,
			List<Part.Decorator> decorators, @Nullable String doc) implements Stmt {
	}

	record TypeAlias(int id, Span span, Span nameSpan, String name, List<Part.TypeParam> typeParams,
			TypeExpr type) implements Stmt {
	}

	record Trait(int id, Span span, Span nameSpan, String name, List<Part.TypeParam> typeParams, List<Fn> methods,
			@Nullable String doc) implements Stmt {
	}

	/**
	 * {@code impl Trait for Type { }} or {@code impl Type { }} ({@code trait} null).
	 * @param typeParams those that are written behind the keyword
	 */
	record Impl(int id, Span span, List<Part.TypeParam> typeParams, @Nullable TypeExpr trait, TypeExpr type,
			List<Fn> methods) implements Stmt {

		/** The written ones, and each {@code T} in {@code impl Stack<T>}: letters that nothing is called by. */
		public List<Part.TypeParam> allTypeParams(Predicate<String> isDeclared) {
			List<Part.TypeParam> all = new ArrayList<>(this.typeParams);
			switch (this.type) {
				case TypeExpr.Named t -> t.args().forEach(arg -> collect(arg, isDeclared, all));
				case TypeExpr.ListOf t -> collect(t.element(), isDeclared, all);
				case TypeExpr.MapOf t -> {
					collect(t.key(), isDeclared, all);
					collect(t.value(), isDeclared, all);
				}
				default -> {
				}
			}
			return all;
		}

		private static void collect(TypeExpr type, Predicate<String> isDeclared, List<Part.TypeParam> into) {
			if (type instanceof TypeExpr.Named t && t.args().isEmpty() && t.name().length() == 1
					&& Character.isUpperCase(t.name().charAt(0)) && !isDeclared.test(t.name())
					&& into.stream().noneMatch(each -> each.name().equals(t.name()))) {
				into.add(new Part.TypeParam(t.id(), t.span(), t.name(), List.of()));
			}
		}

	}

	/** {@code import …}/{@code export …} of a whole line; without effect but for its warning. */
	record Import(int id, Span span) implements Stmt {
	}

	/** {@code props { title: text  size: int = 3 }}. */
	record Props(int id, Span span, List<Part.Field> fields) implements Stmt {
	}

	/** {@code route GET ["/path"] { }}; {@code path} null: the file's own. Guards and validate stand in the body. */
	record Route(int id, Span span, String method, @Nullable String path, Part.Block body) implements Stmt {
	}

	/** {@code validate { }} ({@code source} "body") or {@code validate query { }}. */
	record Validate(int id, Span span, String source, List<Part.Field> fields) implements Stmt {
	}

	/** {@code guard auth}, {@code guard role("a")}; each rule is a name or call expression. */
	record Guard(int id, Span span, List<Expr> rules) implements Stmt {
	}

	record GuardDefinition(int id, Span span, Span nameSpan, String name, List<Part.Param> params,
			Part.Block body) implements Stmt {
	}

	record Middleware(int id, Span span, List<Expr> only, List<Expr> except, Part.Block body) implements Stmt {
	}

	/** {@code ws { on connect { } … }}. */
	record WebSocket(int id, Span span, @Nullable String path, List<Stmt> setup, List<Part.On> handlers)
			implements Stmt {
	}

	/** {@code onMount { }}, {@code onUpdate { }}, {@code onUnmount { }}. */
	record Lifecycle(int id, Span span, String event, Part.Block body) implements Stmt {
	}

	/** {@code test "name" { }}. */
	record Test(int id, Span span, Expr name, Part.Block body) implements Stmt {
	}

	/** {@code migrate { }}, {@code every 5s { }}, {@code cron "…" { }}, {@code after d { }}, {@code sse { }}. */
	record HostBlock(int id, Span span, String keyword, List<Part.Arg> args, Part.Block body) implements Stmt {
	}

	/** Stands where no statement could be read. */
	record Broken(int id, Span span) implements Stmt {
	}

}
