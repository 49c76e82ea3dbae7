package dev.flin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Money;

class OperationsTests {

	@Test
	void intsNeverWrap() {
		assertThat(Operations.add(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
		assertThatThrownBy(() -> Operations.add(Long.MAX_VALUE, 1)).isInstanceOf(FlinError.class)
			.hasMessage("int overflow: 9223372036854775807 + 1");
		assertThatThrownBy(() -> Operations.subtract(Long.MIN_VALUE, 1)).isInstanceOf(FlinError.class);
		assertThatThrownBy(() -> Operations.multiply(1L << 62, 2)).isInstanceOf(FlinError.class);
		assertThatThrownBy(() -> Operations.negate(Long.MIN_VALUE)).isInstanceOf(FlinError.class);
		assertThatThrownBy(() -> Operations.div(Long.MIN_VALUE, -1)).isInstanceOf(FlinError.class);
	}

	@Test
	void wholeQuotientAndRemainderBelongTogether() {
		for (long a : new long[] { 7, -7 }) {
			for (long b : new long[] { 2, -2, 3, -3 }) {
				assertThat(Operations.div(a, b) * b + Operations.remainder(a, b)).isEqualTo(a);
			}
		}
		assertThat(Operations.div(-7, 2)).isEqualTo(-3);
		assertThat(Operations.remainder(-7, 2)).isEqualTo(-1);
		assertThatThrownBy(() -> Operations.divide(1, 0)).hasMessage("division by zero");
	}

	@Test
	void powers() {
		assertThat(Operations.power(2, 10)).isEqualTo(1024);
		assertThat(Operations.power(-2, 63)).isEqualTo(Long.MIN_VALUE);
		assertThat(Operations.power(1, Long.MAX_VALUE)).isEqualTo(1);
		assertThatThrownBy(() -> Operations.power(2, 64)).isInstanceOf(FlinError.class);
		assertThat(Dynamic.power(2L, -1L)).isEqualTo(0.5);
	}

	@Test
	void operatorsOnValuesOfUnknownType() {
		assertThat(Dynamic.add(1L, 2L)).isEqualTo(3L);
		assertThat(Dynamic.add(1L, 0.5)).isEqualTo(1.5);
		assertThat(Dynamic.add("n", 1L)).isEqualTo("n1");
		assertThat(Dynamic.add(null, "x")).isEqualTo("x");
		assertThat(Dynamic.add(new BigDecimal("0.10"), new BigDecimal("0.20"))).isEqualTo(new BigDecimal("0.30"));
		assertThat(Dynamic.multiply(3L, Money.of(BigDecimal.TEN, "USD")))
			.isEqualTo(Money.of(new BigDecimal("30"), "USD"));
		assertThat(Dynamic.divide(7L, 2L)).isEqualTo(3.5);
		assertThat(Dynamic.divide(1.0, 0L)).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(Dynamic.concat(FlinList.ofLongs(1), FlinList.ofLongs(2)).toString()).isEqualTo("[1, 2]");
		assertThatThrownBy(() -> Dynamic.subtract("Ama", 1L)).hasMessage("cannot subtract int 1 from text \"Ama\"");
		assertThatThrownBy(() -> Dynamic.add(null, 1L)).hasMessage("cannot add none and int 1");
	}

	@Test
	void comparisonsWithNanAreFalse() {
		assertThat(Dynamic.less(Double.NaN, 1L)).isFalse();
		assertThat(Dynamic.greaterOrEqual(Double.NaN, 1.0)).isFalse();
		assertThat(Dynamic.less(1L, 2.5)).isTrue();
	}

	@Test
	void timesAndDurations() {
		Instant t = Instant.parse("2026-02-27T22:00:00Z");
		Duration d = Operations.duration(1.5, 3_600_000_000L);
		assertThat(d).isEqualTo(Duration.ofMinutes(90));
		assertThat(Dynamic.add(d, t)).isEqualTo(Instant.parse("2026-02-27T23:30:00Z"));
		assertThat(Dynamic.subtract(t, t.minusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
		assertThat(Operations.divide(Duration.ofHours(3), Duration.ofHours(2))).isEqualTo(1.5);
		assertThat(Operations.multiply(Duration.ofHours(3), 0.5)).isEqualTo(Duration.ofMinutes(90));
		assertThatThrownBy(() -> Operations.add(Instant.MAX, Duration.ofDays(1))).isInstanceOf(FlinError.class);
	}

	@Test
	void twoCurrenciesDoNotAddUp() {
		Money francs = Money.of(BigDecimal.TEN, "CFA");
		Money dollars = Money.of(BigDecimal.TEN, "USD");
		assertThatThrownBy(() -> Operations.add(francs, dollars))
			.hasMessage("cannot calculate 10 XOF + 10 USD: the currencies differ");
		assertThat(Operations.divide(dollars, 3).amount().precision()).isEqualTo(34);
	}

	@Test
	void slicesAreThoseOfPython() {
		FlinList xs = FlinList.ofLongs(0, 1, 2, 3, 4, 5);
		assertThat(Slices.slice(xs, 1L, 3L, null).toString()).isEqualTo("[1, 2]");
		assertThat(Slices.slice(xs, -2L, null, null).toString()).isEqualTo("[4, 5]");
		assertThat(Slices.slice(xs, null, null, -1L).toString()).isEqualTo("[5, 4, 3, 2, 1, 0]");
		assertThat(Slices.slice(xs, 4L, 2L, null)).isEmpty();
		assertThat(Slices.slice(xs, -99L, 2L, null).toString()).isEqualTo("[0, 1]");
		assertThat(Slices.slice("a🐘b", 1L, 3L, null)).isEqualTo("🐘b");
		assertThat(Slices.slice("hello", 0L, 5L, 2L)).isEqualTo("hlo");
		assertThatThrownBy(() -> Slices.slice(xs, null, null, 0L)).isInstanceOf(FlinError.class);
	}

}
