package dev.flin.runtime.lib;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Money;
import dev.flin.value.Printer;

/**
 * Amounts of money.
 */
public final class MoneyFunctions {

	private MoneyFunctions() {
	}

	@Builtin(value = "money(amount: int, currency: text) -> money", doc = "An amount of a currency (ISO 4217 code).",
			example = "money(50, \"USD\") // 50 USD",
			errors = "money(3, \"EURO\") // \"EURO\" is not a currency")
	public static Money money(long amount, String currency) {
		return money(BigDecimal.valueOf(amount), currency);
	}

	@Builtin(value = "money(amount: decimal, currency: text) -> money", doc = "An exact amount of a currency.",
			example = "money(decimal(\"4.50\"), \"USD\") // 4.50 USD")
	public static Money money(BigDecimal amount, String currency) {
		Money money = Money.of(amount, currency);
		currencyOf(money.currency());
		return money;
	}

	@Builtin(value = "money(amount: number, currency: text) -> money", doc = "The amount that the number prints as.",
			example = "money(4.5, \"USD\") // 4.5 USD")
	public static Money money(double amount, String currency) {
		return money(Operations.decimal(amount), currency);
	}

	@Builtin(value = "money(amount: text, currency: text) -> money", doc = "The exact amount that a text says.",
			example = "money(\"4.50\", \"USD\") // 4.50 USD",
			errors = "money(\"x\", \"USD\") // \"x\" is not a decimal")
	public static Money money(String amount, String currency) {
		return money(ConversionFunctions.toDecimal(amount), currency);
	}

	@Builtin(value = "amount(m: money) -> decimal", doc = "The amount without its currency.",
			example = "(450 USD).amount // 450")
	public static BigDecimal amount(Money m) {
		return m.amount();
	}

	@Builtin(value = "currency(m: money) -> text", doc = "The ISO 4217 code.", example = "(1 CFA).currency // \"XOF\"")
	public static String currency(Money m) {
		return m.currency();
	}

	@Builtin(value = "convert(m: money, rate: decimal, currency: text) -> money",
			doc = "In another currency, at so many of its units for one.",
			example = "(10 USD).convert(600, \"XOF\") // 6000 XOF")
	public static Money convert(Money m, BigDecimal rate, String currency) {
		return money(m.amount().multiply(rate), currency);
	}

	@Builtin(value = "convert(m: money, rate: number, currency: text) -> money",
			doc = "In another currency, at so many of its units for one.",
			example = "(10 EUR).convert(1.5, \"USD\") // 15.0 USD",
			errors = "convert(10 USD, 2.5, \"NOPE\") // \"NOPE\" is not a currency")
	public static Money convert(Money m, double rate, String currency) {
		return convert(m, Operations.decimal(rate), currency);
	}

	@Builtin(value = "round_money(m: money) -> money",
			doc = "Rounded to the smallest unit of the currency, 5 to the even neighbour.",
			example = "money(decimal(\"12.346\"), \"USD\").round_money // 12.35 USD")
	public static Money roundMoney(Money m) {
		return new Money(m.amount().setScale(digits(m), RoundingMode.HALF_EVEN), m.currency());
	}

	@Builtin(value = "allocate(m: money, parts: int) -> [money]",
			doc = "So many parts that differ by the smallest unit at most and add up to the whole.",
			example = "(10 USD).allocate(3) // [3.34 USD, 3.33 USD, 3.33 USD]",
			errors = "allocate(10 USD, 0) // cannot divide money into 0 parts")
	public static FlinList allocate(FlinContext context, Money m, long parts) {
		if (parts <= 0) {
			throw new FlinError("cannot divide money into " + parts + " parts");
		}
		context.checkSize(parts);
		int scale = Math.max(digits(m), m.amount().scale());
		BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
		BigDecimal share = m.amount().divide(BigDecimal.valueOf(parts), scale, RoundingMode.DOWN);
		BigDecimal left = m.amount().subtract(share.multiply(BigDecimal.valueOf(parts)));
		BigDecimal step = (left.signum() < 0) ? unit.negate() : unit;
		FlinList shares = new FlinList();
		for (long i = 0; i < parts; i++) {
			boolean more = left.signum() != 0;
			shares.add(new Money(more ? share.add(step) : share, m.currency()));
			left = more ? left.subtract(step) : left;
		}
		return shares;
	}

	@Builtin(value = "allocate<T: Numeric>(m: money, ratios: [T]) -> [money]",
			doc = "Parts in these ratios that add up to the whole; what is left over goes to the first ones.",
			example = "(100 USD).allocate([1, 1, 2]) // [25.00 USD, 25.00 USD, 50.00 USD]",
			errors = "allocate(10 USD, [0, 0]) // the ratios of a division of money are all 0")
	public static FlinList allocateByRatios(Money m, FlinList ratios) {
		BigDecimal sum = BigDecimal.ZERO;
		for (int i = 0; i < ratios.size(); i++) {
			if (ratio(ratios, i).signum() < 0) {
				throw new FlinError("the ratio of a part of money cannot be " + Printer.quoted(ratios.element(i)));
			}
			sum = sum.add(ratio(ratios, i));
		}
		if (sum.signum() == 0) {
			throw new FlinError("the ratios of a division of money are all 0");
		}
		int scale = Math.max(digits(m), m.amount().scale());
		List<BigDecimal> shares = new ArrayList<>();
		BigDecimal left = m.amount();
		for (int i = 0; i < ratios.size(); i++) {
			BigDecimal part = m.amount().multiply(ratio(ratios, i));
			shares.add(part.divide(sum, scale, RoundingMode.DOWN));
			left = left.subtract(shares.get(i));
		}
		BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
		BigDecimal step = (left.signum() < 0) ? unit.negate() : unit;
		FlinList parts = new FlinList();
		for (BigDecimal share : shares) {
			boolean more = left.signum() != 0;
			parts.add(new Money(more ? share.add(step) : share, m.currency()));
			left = more ? left.subtract(step) : left;
		}
		return parts;
	}

	private static BigDecimal ratio(FlinList ratios, int index) {
		return switch (ratios.element(index)) {
			case BigDecimal ratio -> ratio;
			case Long ratio -> BigDecimal.valueOf(ratio);
			case Double ratio when Double.isFinite(ratio) -> Operations.decimal(ratio);
			case null, default -> BigDecimal.valueOf(-1);
		};
	}

	static Currency currencyOf(String code) {
		try {
			return Currency.getInstance(code);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(Printer.quoted(code) + " is not a currency");
		}
	}

	private static int digits(Money m) {
		return m.currency().isEmpty() ? 0 : Math.max(0, currencyOf(m.currency()).getDefaultFractionDigits());
	}

}
