package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;

/** What an application of servlets is told. */
@ExtendWith(OutputCaptureExtension.class)
class ServletNoticeTests {

	@TempDir
	private Path root;

	private void start() {
		try (FlinEngine engine = FlinEngine.builder().root(SourceRoot.directory(this.root)).build()) {
			new ServletNotice(engine).afterSingletonsInstantiated();
		}
	}

	@Test
	void routesAreNotServed(CapturedOutput output) throws IOException {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/index.flin"), "<p>Hello</p>\n");
		Files.writeString(this.root.resolve("app/notes.flin"), "route GET { 1 }\n");
		start();
		assertThat(output).contains("The routes and pages of FLIN (2) are not served")
			.contains("spring.main.web-application-type");
	}

	@Test
	void recordsAloneAreNothingToWarnOf(CapturedOutput output) throws IOException {
		Files.createDirectories(this.root.resolve("entities"));
		Files.writeString(this.root.resolve("entities/Note.flin"), "entity Note { text: text }\n");
		start();
		assertThat(output).doesNotContain("not served");
	}

}
