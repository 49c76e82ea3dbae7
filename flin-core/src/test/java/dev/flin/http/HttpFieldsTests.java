package dev.flin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class HttpFieldsTests {

	private static final HttpFields COMMON = HttpFields.of("X-Frame-Options", "DENY", "Vary", "Origin");

	private static List<String> lines(HttpFields fields) {
		List<String> lines = new ArrayList<>();
		fields.forEach((name, value) -> lines.add(name + ": " + value));
		return lines;
	}

	@Test
	void shouldShareCommonFieldsBehindItsOwn() {
		HttpFields fields = HttpFields.builder().add("ETag", "\"1\"").addCommon(COMMON).build();
		assertThat(fields.common()).isSameAs(COMMON);
		assertThat(lines(fields)).containsExactly("ETag: \"1\"", "X-Frame-Options: DENY", "Vary: Origin");
		assertThat(fields.first("x-frame-options")).isEqualTo("DENY");
		assertThat(fields.all("vary")).containsExactly("Origin");
		assertThat(fields.isRepeated("Vary")).isFalse();
		assertThat(fields.toBuilder().build().common()).isSameAs(COMMON);
		assertThat(HttpFields.builder().addCommon(COMMON).build().isEmpty()).isFalse();
	}

	@Test
	void shouldCopyCommonFieldsOfWhichOneIsThereOrChanges() {
		HttpFields taken = HttpFields.builder().add("vary", "Accept").addCommon(COMMON).build();
		assertThat(taken.common()).isNull();
		assertThat(lines(taken)).containsExactly("vary: Accept", "X-Frame-Options: DENY");

		HttpFields.Builder shared = HttpFields.builder().add("ETag", "\"1\"").addCommon(COMMON);
		assertThat(lines(shared.build().toBuilder().set("x-frame-options", "SAMEORIGIN").build()))
			.containsExactly("ETag: \"1\"", "Vary: Origin", "x-frame-options: SAMEORIGIN");
		assertThat(lines(shared.build().toBuilder().add("Vary", "Accept").build()))
			.containsExactly("ETag: \"1\"", "X-Frame-Options: DENY", "Vary: Origin", "Vary: Accept");
		assertThat(lines(shared.build().toBuilder().remove("VARY").build()))
			.containsExactly("ETag: \"1\"", "X-Frame-Options: DENY");
		assertThat(lines(shared.build().toBuilder().setIfAbsent("Vary", "x").build()))
			.containsExactly("ETag: \"1\"", "X-Frame-Options: DENY", "Vary: Origin");
		assertThat(lines(COMMON)).containsExactly("X-Frame-Options: DENY", "Vary: Origin");
	}

	@Test
	void shouldKeepAllWhenFieldsWithCommonOnesAreAddedToOthers() {
		HttpFields shared = HttpFields.builder().add("ETag", "\"1\"").addCommon(COMMON).build();
		assertThat(lines(HttpFields.builder().add("A", "1").addAll(shared).build()))
			.containsExactly("A: 1", "ETag: \"1\"", "X-Frame-Options: DENY", "Vary: Origin");
		assertThat(lines(HttpFields.builder().addCommon(COMMON).addAll(HttpFields.of("Vary", "Cookie")).build()))
			.containsExactly("X-Frame-Options: DENY", "Vary: Origin", "Vary: Cookie");
		assertThat(lines(HttpFields.builder().add("ETag", "\"0\"").setAll(shared).build()))
			.containsExactly("ETag: \"1\"", "X-Frame-Options: DENY", "Vary: Origin");
	}

	@Test
	void shouldLeaveFieldsAloneThatWereBuiltBefore() {
		HttpFields.Builder builder = HttpFields.builder().add("A", "1");
		HttpFields before = builder.build();
		builder.add("B", "2").addCommon(COMMON).remove("A");
		assertThat(lines(before)).containsExactly("A: 1");
		assertThat(lines(builder.build())).containsExactly("B: 2", "X-Frame-Options: DENY", "Vary: Origin");
	}

	@Test
	void shouldRefuseControlCharacters() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpFields.of("A", "1\r\nSet-Cookie: x"))
			.withMessageContaining("U+000D");
		assertThatIllegalArgumentException().isThrownBy(() -> HttpFields.builder().set("A\n", "1"));
	}

}
