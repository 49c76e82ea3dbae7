package dev.flin.value;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * An exact amount of one currency. The amount keeps the scale it was written with; equality is by value.
 *
 * @param currency an ISO 4217 code in upper case; empty only in {@link #NOTHING}
 */
public record Money(BigDecimal amount, String currency) {

	/** What no amounts add up to: zero, which every currency takes for its own. */
	public static final Money NOTHING = new Money(BigDecimal.ZERO, "");

	/** Makes an amount of money; {@code CFA} means {@code XOF}. */
	public static Money of(BigDecimal amount, String currency) {
		return new Money(amount, currencyCode(currency));
	}

	/** The ISO 4217 code that a currency is known by. */
	public static String currencyCode(String written) {
		return "CFA".equals(written) ? "XOF" : written;
	}

	/**
	 * The currency that two amounts are in.
	 * @return null when they are in two
	 */
	public @Nullable String commonCurrency(Money other) {
		return (this.currency.equals(other.currency) || other.currency.isEmpty()) ? this.currency
				: this.currency.isEmpty() ? other.currency : null;
	}

	/** By value; zero of no currency equals zero of any, so this is not transitive for zeros. */
	@Override
	public boolean equals(Object other) {
		return other instanceof Money money && this.amount.compareTo(money.amount) == 0
				&& commonCurrency(money) != null;
	}

	@Override
	public int hashCode() {
		return (this.amount.signum() == 0) ? 0 : 31 * Equality.hash(this.amount) + this.currency.hashCode();
	}

	@Override
	public String toString() {
		return this.currency.isEmpty() ? this.amount.toPlainString()
				: this.amount.toPlainString() + " " + this.currency;
	}

}
