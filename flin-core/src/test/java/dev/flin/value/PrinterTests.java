package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterTests {

	@ParameterizedTest
	@CsvSource({ "10.0, 10", "3.5, 3.5", "-0.0, 0", "0.30000000000000004, 0.30000000000000004", "1e21, 1e+21",
			"1e20, 100000000000000000000", "123456789012345680000, 123456789012345680000", "1e-6, 0.000001",
			"1e-7, 1e-7", "1.5e-10, 1.5e-10", "-2.50, -2.5", "NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity",
			"1.7976931348623157e308, 1.7976931348623157e+308", "5e-324, 5e-324" })
	void numbersPrintAsInJavaScript(double number, String printed) {
		assertThat(Printer.number(number)).isEqualTo(printed);
	}

	@Test
	void textsAreQuotedOnlyInsideContainers() {
		assertThat(Printer.print("a\"b")).isEqualTo("a\"b");
		assertThat(Printer.print(FlinList.of(1L, "a\"b", null))).isEqualTo("[1, \"a\\\"b\", none]");
		assertThat(Printer.print(FlinTuple.of(1L, "a"))).isEqualTo("(1, \"a\")");
		assertThat(Printer.print(new FlinMap())).isEqualTo("[:]");
	}

	@Test
	void noneIsEmptyInInterpolation() {
		assertThat(Printer.print(null)).isEqualTo("none");
		assertThat(Printer.interpolate(null)).isEmpty();
		assertThat(Printer.interpolate(FlinList.of((Object) null))).isEqualTo("[none]");
	}

	@Test
	void otherValues() {
		EnumType command = EnumType.of("Command", "Stop", "Go/1", "Say/1");
		assertThat(Printer.print(command.value(0))).isEqualTo("Stop");
		assertThat(Printer.print(command.value(2, new Object[] { "hi" }))).isEqualTo("Say(\"hi\")");
		assertThat(Printer.print(Money.of(new BigDecimal("450"), "CFA"))).isEqualTo("450 XOF");
		assertThat(Printer.print(new BigDecimal("2.50"))).isEqualTo("2.50");
		assertThat(Printer.print(Instant.parse("2024-06-15T14:30:00Z"))).isEqualTo("2024-06-15T14:30:00Z");
		assertThat(Printer.print(FlinRange.inclusive(1, 3))).isEqualTo("[1, 2, 3]");
	}

	@ParameterizedTest
	@CsvSource({ "PT51H5M, 2d 3h 5m", "PT90M, 1h 30m", "PT0S, 0s", "PT-2H, -2h", "PT-2H-5M, -2h 5m", "PT1.5S, 1s 500ms",
			"PT0.000005S, 5us", "PT8760H, 365d" })
	void durationsPrintTheirParts(String duration, String printed) {
		assertThat(Printer.duration(Duration.parse(duration))).isEqualTo(printed);
	}

	@Test
	void aListInsideItselfEnds() {
		FlinList list = new FlinList();
		list.add("x");
		list.add(list);
		assertThat(Printer.print(list)).contains("…");
	}

	@Test
	void recordsPrintTheirIds() {
		EntityShape shape = new EntityShape("Product", List.of(new EntityShape.Field("name", "text", false)));
		EntityInstance product = new SampleEntity(shape);
		assertThat(product.toString()).isEqualTo("Product #new");
		product.id(3);
		assertThat(Printer.print(product)).isEqualTo("Product #3");
	}

}
