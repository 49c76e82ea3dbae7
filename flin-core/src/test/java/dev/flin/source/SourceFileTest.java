package dev.flin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SourceFileTest {

	@Test
	void linesAndColumnsCountFromOneAndByCodePoint() {
		SourceFile file = new SourceFile("a.flin", "a🐘b\r\n\nc");
		assertThat(file.lineCount()).isEqualTo(3);
		assertThat(file.lineOf(3)).isEqualTo(1);
		assertThat(file.columnOf(3)).isEqualTo(3);
		assertThat(file.line(1)).isEqualTo("a🐘b");
		assertThat(file.line(2)).isEmpty();
		assertThat(file.line(3)).isEqualTo("c");
		assertThat(file.lineOf(file.text().length())).isEqualTo(3);
		assertThat(file.startOf(3)).isEqualTo(7);
	}

	@Test
	void spansCoverAndContain() {
		Span span = new Span(2, 4).to(new Span(7, 9));
		assertThat(span).isEqualTo(new Span(2, 9));
		assertThat(span.length()).isEqualTo(7);
		assertThat(span.contains(8)).isTrue();
		assertThat(span.contains(9)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> new Span(3, 2));
	}

}
