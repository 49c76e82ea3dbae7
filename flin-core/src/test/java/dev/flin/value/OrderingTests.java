package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;

class OrderingTests {

	@Test
	void textsCompareByCodePoint() {
		assertThat(Ordering.compareTexts("car", "carpet")).isNegative();
		assertThat(Ordering.compareTexts("\uFF5E", "\uD83D\uDC18")).isNegative();
		assertThat(Ordering.compareTexts("\uD83D\uDC18", "\uD83D\uDC19")).isNegative();
	}

	@Test
	void numbersOfAllKindsCompareByValue() {
		assertThat(Ordering.compare(2L, 2.5)).isNegative();
		assertThat(Ordering.compare(new BigDecimal("2.5"), 2.5)).isZero();
		assertThat(Ordering.compare(Long.MAX_VALUE, (double) Long.MAX_VALUE)).isNegative();
		assertThat(Equality.equal(Long.MAX_VALUE, (Object) (double) Long.MAX_VALUE)).isFalse();
		assertThat(Equality.equal(1L << 53, (Object) (double) (1L << 53))).isTrue();
	}

	@Test
	void whatHasNoOrderIsAnError() {
		assertThatThrownBy(() -> Ordering.compare("a", 1L)).hasMessage("cannot compare text \"a\" with int 1");
		assertThatThrownBy(() -> Ordering.compare(Money.of(BigDecimal.ONE, "USD"), Money.of(BigDecimal.ONE, "XOF")))
			.hasMessage("cannot compare 1 USD with 1 XOF: the currencies differ");
	}

	@Test
	void truth() {
		for (Object falsy : new Object[] { false, 0L, 0.0, -0.0, Double.NaN, "", new BigDecimal("0.00"),
				Money.of(BigDecimal.ZERO, "USD") }) {
			assertThat(Truthiness.isTrue(falsy)).as("%s", falsy).isFalse();
		}
		for (Object truthy : new Object[] { true, 1L, -0.5, " ", "0", new FlinList(), new FlinMap() }) {
			assertThat(Truthiness.isTrue(truthy)).as("%s", truthy).isTrue();
		}
		assertThat(Truthiness.isTrue(null)).isFalse();
	}

}
