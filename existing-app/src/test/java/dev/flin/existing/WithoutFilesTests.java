package dev.flin.existing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

/** The starter is there, and no file of FLIN: it does nothing. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "flin.root=classpath:/no-flin/", "flin.store.directory=target/no-flin" })
class WithoutFilesTests extends OwnBehaviour {

	@Test
	void thereAreNoBeans() {
		List<String> ours = Arrays.stream(context().getBeanDefinitionNames())
			.filter((name) -> {
				Class<?> type = context().getType(name);
				return type != null && type.getName().startsWith("dev.flin.")
						&& !type.getName().startsWith("dev.flin.existing.");
			})
			.toList();
		assertThat(ours).isEmpty();
	}

	@Test
	void thereAreNoThreads() {
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("flin"));
	}

	@Test
	void thereAreNoDirectories() {
		assertThat(Files.exists(Path.of("target/no-flin"))).isFalse();
		assertThat(Files.exists(Path.of(".flindb"))).isFalse();
	}

	@Test
	void thereAreNoRoutes() {
		client().get().uri("/_flin/health").exchange().expectStatus().isNotFound();
		client().get().uri("/entries").exchange().expectStatus().isNotFound();
		client().get().uri("/actuator/flinroutes").exchange().expectStatus().isNotFound();
		client().get().uri("/actuator/health").exchange().expectBody().jsonPath("$.components.flin").doesNotExist();
	}

}
