package dev.flin.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;

/** Applications that start on data which is in use, cut off or damaged. */
@ExtendWith(OutputCaptureExtension.class)
class StoreStartTests {

	private static final int NOTES = 20;

	@TempDir
	private Path directory;

	@BeforeEach
	void setUp() throws IOException {
		Path entities = Files.createDirectories(this.directory.resolve("flin/entities"));
		Files.writeString(entities.resolve("Note.flin"), "entity Note {\n    text: text\n}\n");
	}

	private ApplicationContextRunner on(Path data) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FlinAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.directory.resolve("flin"), "flin.store.directory=" + data);
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new FlinStoreFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).isNotNull();
		return analysis;
	}

	/** The data of an application that was killed after it had saved notes. */
	private Path killed() {
		Path copy = this.directory.resolve("killed");
		Path data = this.directory.resolve("data");
		on(data).run((context) -> {
			for (int i = 0; i < NOTES; i++) {
				context.getBean(FlinStore.class).create("Note", Map.of("text", "note " + i));
			}
			try (Stream<Path> files = Files.walk(data)) {
				for (Path file : files.toList()) {
					Files.copy(file, copy.resolve(data.relativize(file).toString()));
				}
			}
		});
		return copy;
	}

	private static Path log(Path data) throws IOException {
		try (Stream<Path> files = Files.list(data.resolve("log"))) {
			return files.sorted().toList().getLast();
		}
	}

	private static int end(byte[] log) {
		int end = log.length;
		while (log[end - 1] == 0) {
			end--;
		}
		return end;
	}

	private static Map<String, ByteBuffer> contents(Path data) throws IOException {
		Map<String, ByteBuffer> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(data)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String name = data.relativize(file).toString();
				if (!name.equals("lock") && !name.equals("session.key")) {
					contents.put(name, ByteBuffer.wrap(Files.readAllBytes(file)));
				}
			}
		}
		return contents;
	}

	@Test
	void shouldRefuseADirectoryThatAnotherApplicationOfThisProcessHas() {
		Path data = this.directory.resolve("data");
		on(data).run((first) -> {
			first.getBean(FlinStore.class).create("Note", Map.of("text", "mine"));
			on(data).run((second) -> {
				FailureAnalysis analysis = analysis(second);
				String pid = Long.toString(ProcessHandle.current().pid());
				assertThat(analysis.getDescription()).contains(data.toString(), "in use by process " + pid);
				assertThat(analysis.getAction()).contains("in this very process", "flin.store.directory");
			});
			first.getBean(FlinStore.class).create("Note", Map.of("text", "still mine"));
			assertThat(first.getBean(FlinStore.class).count("Note")).isEqualTo(2);
		});
		on(data).run((next) -> assertThat(next.getBean(FlinStore.class).count("Note")).isEqualTo(2));
	}

	@Test
	void shouldSayThatADirectoryCannotBeWrittenTo() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		for (Path data : List.of(file, file.resolve("data"))) {
			on(data).run((context) -> {
				FailureAnalysis analysis = analysis(context);
				assertThat(analysis.getDescription()).contains("The data directory " + data + " cannot be written to: ",
						"Make it writable", "flin.store.directory");
				assertThat(analysis.getAction()).contains("Do what the message says");
			});
		}
	}

	@Test
	void shouldRefuseALogThatIsDamagedInTheMiddleAndTouchNothing() throws IOException {
		Path data = killed();
		Path log = log(data);
		byte[] bytes = Files.readAllBytes(log);
		bytes[end(bytes) / 2] ^= 1;
		Files.write(log, bytes);
		Map<String, ByteBuffer> before = contents(data);
		on(data).run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).contains("damaged", log.getFileName().toString(), "at offset");
			assertThat(analysis.getAction()).contains("left untouched", "copy");
		});
		assertThat(contents(data)).isEqualTo(before);
	}

	@Test
	void shouldStartAfterAnUnfinishedWriteAndSaySo(CapturedOutput output) throws IOException {
		Path data = killed();
		Path log = log(data);
		byte[] bytes = Files.readAllBytes(log);
		int end = end(bytes);
		for (int i = end - 5; i < end; i++) {
			bytes[i] = 0;
		}
		Files.write(log, bytes);
		on(data).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(FlinStore.class).count("Note")).isEqualTo(NOTES - 1);
			assertThat(context.getBean(FlinEngine.class).health().parts().get("database").details())
				.as("the schema and all notes but the last")
				.containsEntry("recovered", (long) NOTES);
		});
		assertThat(output).contains("unfinished write");
	}

}
