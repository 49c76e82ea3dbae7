package dev.flin.autoconfigure.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.http.FileStorage;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.value.FileValue;

class FlinStorageAutoConfigurationTests {

	@TempDir
	private Path root;

	private ApplicationContextRunner runner = new ApplicationContextRunner();

	/** Files in memory. */
	private static final class Memory implements FileStorage {

		private final Map<String, FileValue> files = new ConcurrentHashMap<>();

		@Override
		public void put(String key, FileValue file) {
			this.files.put(key, file);
		}

		@Override
		public @Nullable FileValue find(String key) {
			return this.files.get(key);
		}

		@Override
		public void delete(String key) {
			this.files.remove(key);
		}

	}

	@BeforeEach
	void setUp() throws Exception {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/up.flin"), "route POST { save_file(body.f, \"docs\").url }\n");
		this.runner = this.runner
			.withConfiguration(
					AutoConfigurations.of(FlinAutoConfiguration.class, FlinStorageAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory");
	}

	@Test
	void shouldTakeAStorageOfTheApplication() {
		Memory memory = new Memory();
		this.runner.withBean(FileStorage.class, () -> memory).run((context) -> {
			FlinEngine engine = context.getBean(FlinEngine.class);
			String body = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a b.txt\"\r\n"
					+ "Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n";
			String url = engine
				.handle(HttpRequest.of("POST", "/up",
						HttpFields.of("Content-Type", "multipart/form-data; boundary=x"), body))
				.text();
			assertThat(memory.files.keySet()).singleElement().asString().matches("docs/[A-Za-z0-9_-]{22}-a_b\\.txt");
			assertThat(url).startsWith("\"/_flin/storage/");
		});
	}

	@Test
	void shouldSayWhatABucketNeeds() {
		this.runner.withPropertyValues("flin.storage.type=s3")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("flin.storage.bucket is needed for files in a bucket"));
		this.runner
			.withPropertyValues("flin.storage.type=r2", "flin.storage.bucket=b", "flin.storage.access-key=k",
					"flin.storage.secret-key=s")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("flin.storage.endpoint"));
	}

	@Test
	void shouldDoNothingWithoutFiles() throws Exception {
		Files.delete(this.root.resolve("app/up.flin"));
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(FlinStorageProperties.class));
	}

}
