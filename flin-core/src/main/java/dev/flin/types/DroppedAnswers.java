package dev.flin.types;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/**
 * Warns of answers that nobody gives: {@code error(404)} in a line whose value is not used only makes a value, and the
 * code after it goes on.
 */
final class DroppedAnswers {

	private static final Set<String> ANSWERS = Set.of("error", "redirect");

	private final Body body;

	DroppedAnswers(Body body) {
		this.body = body;
	}

	/** Looks at a statement whose value is not used: at itself and at the last lines of its branches. */
	void in(Stmt statement) {
		if (statement instanceof Stmt.Eval eval) {
			in(eval.value());
		}
		else if (statement instanceof Stmt.Var variable) {
			kept(variable.value());
		}
	}

	/** {@code note = Note.find(id) ?? error(404)}: the code goes on as if the note had been found. */
	private void kept(@Nullable Expr value) {
		if (value instanceof Expr.Binary choice && (choice.op() == Expr.BinaryOp.COALESCE
				|| choice.op() == Expr.BinaryOp.ELVIS) && answer(choice.right()) instanceof String name) {
			this.body.report(Diagnostic.of(Code.W0112, this.body.file.tree.file(), choice.right().span(),
					"this answer is not given: the variable holds what '" + name + "' made, and the code goes on")
				.withHelp(choice.op().text() + " return " + name + "(…)"));
		}
	}

	/** The name of the function that makes an answer; null for other expressions. */
	private @Nullable String answer(@Nullable Expr value) {
		return (value instanceof Expr.Call call && call.callee() instanceof Expr.Name name
				&& ANSWERS.contains(name.name())
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Builtin) ? name.name() : null;
	}

	/** Expressions that are not named here hold no lines, or use their values. */
	private void in(@Nullable Expr value) {
		if (value instanceof Expr.ResponseOf response) {
			warn("response", response.span());
		}
		else if (value != null && answer(value) instanceof String name) {
			warn(name, value.span());
		}
		else if (value instanceof Expr.If choice) {
			in(choice.then());
			in(choice.otherwise());
		}
		else if (value instanceof Expr.Match match) {
			match.arms().forEach((arm) -> in(arm.body()));
		}
		else if (value instanceof Expr.TryCatch attempt) {
			in(attempt.body());
			in(attempt.handler());
		}
		else {
			in(lines(value));
		}
	}

	private static Part.@Nullable Block lines(@Nullable Expr value) {
		if (value instanceof Expr.BlockOf block) {
			return block.block();
		}
		if (value instanceof Expr.Transaction transaction) {
			return transaction.body();
		}
		if (value instanceof Expr.For loop) {
			return loop.body();
		}
		return (value instanceof Expr.While loop) ? loop.body() : null;
	}

	private void in(Part.@Nullable Block block) {
		List<Stmt> lines = (block != null) ? block.body() : List.of();
		if (!lines.isEmpty()) {
			in(lines.getLast());
		}
	}

	private void warn(String name, Span span) {
		this.body.report(Diagnostic.of(Code.W0112, this.body.file.tree.file(), span,
				"this answer is not given: '" + name + "' only makes it, and the code goes on")
			.withHelp("return " + name + ("response".equals(name) ? " { … }" : "(…)")));
	}

}
