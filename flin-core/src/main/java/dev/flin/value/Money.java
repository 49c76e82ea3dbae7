package dev.flin.value;

import java.math.BigDecimal;

/**
 * An exact amount of one currency. The amount keeps the scale it was written with; equality is by value.
 *
 * @param currency an ISO 4217 code in upper case
 */
public record Money(BigDecimal amount, String currency) {

	/** Makes an amount of money; {@code CFA} means {@code XOF}. */
	public static Money of(BigDecimal amount, String currency) {
		return new Money(amount, currencyCode(currency));
	}

	/** The ISO 4217 code that a currency is known by. */
	public static String currencyCode(String written) {
		return "CFA".equals(written) ? "XOF" : written;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Money money && this.currency.equals(money.currency)
				&& this.amount.compareTo(money.amount) == 0;
	}

	@Override
	public int hashCode() {
		return 31 * Equality.hash(this.amount) + this.currency.hashCode();
	}

	@Override
	public String toString() {
		return this.amount.toPlainString() + " " + this.currency;
	}

}
