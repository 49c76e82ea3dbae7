package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnumTypeTests {

	private final EnumType signal = EnumType.of("Signal", "Stop", "Go/1");

	@Test
	void aValueIsOfItsVariantOnly() {
		assertThat(this.signal.has(0, this.signal.value(0))).isTrue();
		assertThat(this.signal.has(1, this.signal.value(0))).isFalse();
		assertThat(this.signal.has(1, this.signal.maker(1).with(5L))).isTrue();
		assertThat(this.signal.has(0, "Stop")).isFalse();
		assertThat(this.signal.has(0, null)).isFalse();
	}

	@Test
	void variantsOfAnEarlierDeclarationCountByName() {
		EnumType before = EnumType.of("Signal", "Go/1", "Stop");
		assertThat(this.signal.has(0, before.value(1))).isTrue();
		assertThat(this.signal.has(0, before.maker(0).with(5L))).isFalse();
		assertThat(this.signal.has(1, before.maker(0).with(5L))).isTrue();
		assertThat(this.signal.has(0, EnumType.of("Door", "Stop").value(0))).isFalse();
	}

}
