package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Dynamic;
import dev.flin.runtime.Failures;
import dev.flin.runtime.Operations;
import dev.flin.value.Equality;
import dev.flin.value.Money;

/**
 * From an old value to a new one.
 */
public final class ChangeFunctions {

	private ChangeFunctions() {
	}

	@Builtin(value = "value_changed(old: any, new: any) -> bool", doc = "Whether two values differ.",
			example = "value_changed(1, 2) // true")
	public static boolean valueChanged(@Nullable Object before, @Nullable Object after) {
		return !Equality.equal(before, after);
	}

	@Builtin(value = "calculate_delta<T: Summable>(old: T?, new: T?) -> T?",
			doc = "The new value less the old one; `none` when one of them is.",
			example = "calculate_delta(10, 15) // 5\ncalculate_delta(1000 CFA, 800 CFA) // -200 XOF")
	public static @Nullable Object calculateDelta(@Nullable Object before, @Nullable Object after) {
		return (before == null || after == null) ? null : Dynamic.subtract(after, before);
	}

	@Builtin(value = "calculate_delta(old: time?, new: time?) -> duration?",
			doc = "The time from the old value to the new one; `none` when one of them is.",
			example = "calculate_delta(time(\"2026-01-01\"), time(\"2026-01-03\")) // 2 days")
	public static @Nullable Duration calculateDuration(@Nullable Instant before, @Nullable Instant after) {
		return (before == null || after == null) ? null : Duration.between(before, after);
	}

	@Builtin(value = "percent_change<T: Summable>(old: T?, new: T?) -> number?",
			doc = "By how many per cent of the old value's size the new one is larger; `none` when the old one is "
					+ "zero, and when one of them is `none`.",
			example = "percent_change(50, 75) // 50\npercent_change(0, 5) // none")
	public static @Nullable Double percentChange(@Nullable Object before, @Nullable Object after) {
		if (before == null || after == null) {
			return null;
		}
		BigDecimal old = decimal(before);
		if (old.signum() == 0) {
			return null;
		}
		BigDecimal change = decimal(Dynamic.subtract(after, before)).movePointRight(2);
		return Operations.divide(change, old.abs()).doubleValue();
	}

	private static BigDecimal decimal(Object value) {
		return switch (value) {
			case Long n -> BigDecimal.valueOf(n);
			case Double n -> Operations.decimal(n);
			case BigDecimal n -> n;
			case Money m -> m.amount();
			case Duration d -> BigDecimal.valueOf(d.toNanos() / 1_000);
			default -> throw Failures.raised("no change in per cent of such values");
		};
	}

}
