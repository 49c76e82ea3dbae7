package dev.flin.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** What programs read of a file. */
class FileValueTests {

	private static FileValue file(byte[] bytes) {
		return new FileValue("names.csv", "text/csv", bytes.length, null, () -> new ByteArrayInputStream(bytes));
	}

	private static FileValue file(String text) {
		return file(text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void textIsTheWholeContent() {
		assertThat(file("name\nKof\u00ed\n").member("text")).isEqualTo("name\nKof\u00ed\n");
		assertThat(file("").member("text")).isEqualTo("");
	}

	@Test
	void theMarkOfSpreadsheetsIsNoPartOfTheText() {
		assertThat(file("\uFEFFname\n").text()).isEqualTo("name\n");
	}

	@Test
	void otherBytesAreNoText() {
		assertThatThrownBy(() -> file(new byte[] { (byte) 0xff, 1 }).text()).isInstanceOf(FlinError.class)
			.hasMessage("'names.csv' is no text in UTF-8");
	}

	@Test
	void aHugeFileIsNoText() {
		FileValue huge = new FileValue("film.mp4", "video/mp4", 5_000_000_000L, null, () -> {
			throw new IOException("read");
		});
		assertThatThrownBy(huge::text).isInstanceOf(FlinError.class)
			.hasMessage("'film.mp4' has 4.7 GB, and is read as a text up to 64 MB");
	}

}
