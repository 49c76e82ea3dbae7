package dev.flin.runtime.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.BuiltinEntry;

class StandardLibraryTests {

	private static final Path INDEX = Path.of("src/main/resources/dev/flin/runtime/lib", StandardLibrary.INDEX);

	private final BuiltinCatalog catalog = BuiltinCatalog.of(StandardLibrary.classes());

	/** With {@code -Dflin.golden=write} the index is written anew, and the test fails once. */
	@Test
	void theIndexIsCurrent() throws IOException {
		String index = this.catalog.toIndex();
		String known = Files.exists(INDEX) ? Files.readString(INDEX, StandardCharsets.US_ASCII) : "";
		if ("write".equals(System.getProperty("flin.golden"))) {
			Files.writeString(INDEX, index, StandardCharsets.US_ASCII);
		}
		assertThat(known).as("write it with -Dflin.golden=write").isEqualTo(index);
		assertThat(StandardLibrary.catalog().entries()).isEqualTo(this.catalog.entries());
	}

	@Test
	void theSignatureOfEachFitsItsJavaMethod() {
		BuiltinDispatch dispatch = new BuiltinDispatch(this.catalog);
		for (String name : this.catalog.names()) {
			assertThatCode(() -> dispatch.has(name, Object.class, 0)).as(name).doesNotThrowAnyException();
		}
	}

	@Test
	void eachIsDocumentedAndHasAnExample() {
		for (BuiltinEntry entry : this.catalog.entries()) {
			assertThat(entry.doc()).as(entry.signature()).endsWith(".");
			if (!entry.browserOnly()) {
				assertThat(entry.example() + entry.errors()).as(entry.signature()).contains(" // ");
			}
		}
	}

	@Test
	void noSignatureIsThereTwice() {
		Set<String> signatures = new HashSet<>();
		for (BuiltinEntry entry : this.catalog.entries()) {
			assertThat(signatures.add(entry.signature())).as(entry.signature()).isTrue();
		}
	}

	@Test
	void overloadsForSpecialTypesComeFirst() {
		assertThat(this.catalog.named("abs").get(0).specializations()).containsExactly("(D)D", "(J)J");
		assertThat(this.catalog.named("round").get(0).signature()).isEqualTo("round(x: int) -> int");
		assertThat(this.catalog.named("avg")).last()
			.extracting(BuiltinEntry::signature)
			.isEqualTo("avg<T: Numeric>(xs: [T]) -> number");
		assertThat(this.catalog.named("log").get(0).name()).isEqualTo("log");
		assertThat(this.catalog.named("no_such_name")).isEmpty();
	}

	@Test
	void flagsAreKept() {
		assertThat(this.catalog.named("push").get(0).mutates()).isTrue();
		assertThat(this.catalog.named("pi").get(0).isValue()).isTrue();
		assertThat(this.catalog.named("upper").get(0).pure()).isTrue();
		assertThat(this.catalog.named("random").get(0).pure()).isFalse();
		assertThat(this.catalog.named("window").stream().anyMatch(BuiltinEntry::browserOnly)).isTrue();
	}

}
