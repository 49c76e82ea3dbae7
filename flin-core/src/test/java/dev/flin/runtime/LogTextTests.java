package dev.flin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTests {

	@Test
	void aLineStaysOneLine() {
		assertThat(LogText.of("one\r\ntwo\u0007")).isEqualTo("one\\r\\ntwo\\u0007");
	}

	@Test
	void ofTheMessageOfAnErrorOnlyTheBeginningIsWritten() {
		assertThat(LogText.ofError("no\nroom")).isEqualTo("no\\nroom");
		assertThat(LogText.ofError("x".repeat(1_000_000))).isEqualTo("x".repeat(2000) + "…");
	}

}
