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
	}

	private void in(@Nullable Expr value) {
		switch (value) {
			case Expr.ResponseOf response -> warn("response", response.span());
			case Expr.Call call when call.callee() instanceof Expr.Name name && ANSWERS.contains(name.name())
					&& this.body.resolution.symbol(name.id()) instanceof Symbol.Builtin ->
				warn(name.name(), call.span());
			case Expr.If choice -> {
				in(choice.then());
				in(choice.otherwise());
			}
			case Expr.Match match -> match.arms().forEach((arm) -> in(arm.body()));
			case Expr.BlockOf block -> in(block.block());
			case Expr.TryCatch attempt -> {
				in(attempt.body());
				in(attempt.handler());
			}
			case Expr.Transaction transaction -> in(transaction.body());
			case Expr.For loop -> in(loop.body());
			case Expr.While loop -> in(loop.body());
			case null, default -> {
				// Other expressions hold no lines, or use their values.
			}
		}
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
