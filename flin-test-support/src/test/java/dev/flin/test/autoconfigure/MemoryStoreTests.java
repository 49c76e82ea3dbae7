package dev.flin.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.flin.FlinStore;
import dev.flin.test.autoconfigure.shop.Shop;

/** Where the records of whole applications are in tests; several of them are open at a time. */
class MemoryStoreTests {

	@Nested
	@SpringBootTest(classes = Shop.class, properties = "flin.root=classpath:/slice/")
	class OfOneContext {

		@Autowired
		private FlinStore store;

		@Test
		void recordsAreInMemory() {
			this.store.create("Note", Map.of("text", "a"));
			assertThat(this.store.count("Note")).isEqualTo(1);
			assertThat(Path.of(".flindb")).doesNotExist();
		}

	}

	@Nested
	@SpringBootTest(classes = Shop.class, properties = { "flin.root=classpath:/slice/", "another=context" })
	class OfAnother {

		@Autowired
		private FlinStore store;

		@Test
		void recordsAreItsOwn() {
			this.store.create("Note", Map.of("text", "b"));
			assertThat(this.store.count("Note")).isEqualTo(1);
		}

	}

	@Nested
	@DirtiesContext
	@SpringBootTest(classes = Shop.class, properties = "flin.root=classpath:/slice/")
	class WithADirectory {

		@TempDir
		private static Path directory;

		@DynamicPropertySource
		static void store(DynamicPropertyRegistry properties) {
			properties.add("flin.store.directory", () -> directory.resolve("data").toString());
		}

		@Test
		void itIsUsed(@Autowired FlinStore store) {
			store.create("Note", Map.of("text", "a"));
			assertThat(directory.resolve("data")).isDirectory();
		}

	}

}
