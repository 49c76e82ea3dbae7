package dev.flin.compiler;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import dev.flin.lower.EntityParts;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinList;
import dev.flin.value.Money;

/**
 * Values of literals in declarations.
 */
final class Constants {

	private Constants() {
	}

	/** The value of an expression of which {@link EntityParts#isConstant} is true. */
	static @Nullable Object of(Expr expr) {
		return switch (expr) {
			case Expr.None none -> null;
			case Expr.Bool bool -> bool.value();
			case Expr.Int number -> number.value();
			case Expr.Number number -> number.value();
			case Expr.DurationOf duration -> Duration.of(duration.micros(), ChronoUnit.MICROS);
			case Expr.MoneyOf money -> Money.of(money.amount(), money.currency());
			case Expr.Text text -> text(text);
			case Expr.Unary unary -> negative(of(unary.operand()));
			case Expr.ListOf list -> {
				FlinList values = new FlinList(list.elements().size());
				list.elements().forEach(element -> values.add(of(element.value())));
				yield values;
			}
			case Expr.Member member -> duration(of(member.target()), EntityParts.unitMicros(member.name()));
			default -> throw new FlinBugException("not a constant: " + expr.getClass().getSimpleName());
		};
	}

	private static String text(Expr.Text text) {
		StringBuilder out = new StringBuilder();
		for (Part.TextPart part : text.parts()) {
			if (part instanceof Part.Chunk chunk) {
				out.append(chunk.text());
			}
		}
		return out.toString();
	}

	private static Object negative(@Nullable Object value) {
		return switch (value) {
			case Long number -> Math.negateExact(number);
			case Double number -> -number;
			case Money money -> new Money(money.amount().negate(), money.currency());
			case Duration duration -> duration.negated();
			case null, default -> throw new FlinBugException("cannot negate a constant");
		};
	}

	private static Duration duration(@Nullable Object count, long micros) {
		long total = (count instanceof Long whole) ? Math.multiplyExact(whole, micros)
				: BigDecimal.valueOf((count instanceof Double number) ? number : 0)
					.multiply(BigDecimal.valueOf(micros))
					.longValue();
		return Duration.of(total, ChronoUnit.MICROS);
	}

}
