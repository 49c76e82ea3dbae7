package dev.flin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class SourceTextTest {

	@Test
	void aFileIsTextInUtf8() throws IOException {
		assertThat(SourceText.decoded("a.flin", "é\n🐘".getBytes(StandardCharsets.UTF_8))).isEqualTo("é\n🐘");
		assertThat(SourceText.decoded("a.flin", new byte[0])).isEmpty();
	}

	@Test
	void otherBytesAreToldWithFileAndLine() {
		assertThatThrownBy(() -> SourceText.decoded("app/index.flin", "a\né".getBytes(StandardCharsets.ISO_8859_1)))
			.isInstanceOf(IOException.class)
			.hasMessage("app/index.flin is not UTF-8 text: its line 2 has bytes that are no characters of it");
	}

	@Test
	void aCharacterThatEndsTooEarlyIsTold() {
		assertThatThrownBy(() -> SourceText.decoded("a.flin", new byte[] { 'a', (byte) 0xc3 }))
			.hasMessageContaining("its line 1 has");
	}

}
