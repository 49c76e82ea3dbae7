package dev.flin.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.flin.FlinBackups;
import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.store.BackupInfo;

/** Backups and meters of an application that runs. */
class FlinBackupEndpointAutoConfigurationTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlinBackupEndpointAutoConfiguration.class,
				FlinStoreMetricsAutoConfiguration.class))
		.withBean(FlinEngine.class, () -> FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("entities/Note.flin", "entity Note {\n    body: text\n}\n")))
			.build());

	@Test
	void shouldWriteAndListBackupsThatCanBeRestored() {
		this.runner
			.withPropertyValues("management.endpoints.jmx.exposure.include=*",
					"flin.store.backup.directory=" + this.directory.resolve("kept"),
					"flin.store.backup.passphrase=correct horse", "spring.jmx.enabled=true")
			.run((context) -> {
				FlinEngine engine = context.getBean(FlinEngine.class);
				FlinBackupEndpoint endpoint = context.getBean(FlinBackupEndpoint.class);
				engine.store().create("Note", Map.of("body", "first"));
				assertThat(endpoint.backup(null).kind()).isEqualTo(BackupInfo.Kind.FULL);
				engine.store().create("Note", Map.of("body", "second"));
				assertThat(endpoint.backup(true).encrypted()).isTrue();
				assertThat(endpoint.backups()).hasSize(2);
				Path restored = this.directory.resolve("data");
				assertThat(FlinBackups.restore(this.directory.resolve("kept"), restored, null, "correct horse", false)
					.records()).isEqualTo(2);
			});
	}

	@Test
	void shouldMeasureTheStore() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			FlinEngine engine = context.getBean(FlinEngine.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(FlinStoreMetrics.class).bindTo(registry);
			double before = registry.get("flin.store.commits").functionCounter().count();
			engine.store().create("Note", Map.of("body", "first"));
			assertThat(registry.get("flin.store.commits").functionCounter().count()).isEqualTo(before + 1);
			assertThat(registry.get("flin.store.checkpoint.lag").gauge().value()).isPositive();
			assertThat(registry.get("flin.store.healthy").gauge().value()).isEqualTo(1);
			assertThat(registry.find("flin.store.scrub.damages").gauge()).isNotNull();
		});
	}

	@Test
	void shouldBackOffWhenTheEndpointIsNotExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(FlinBackupEndpoint.class));
	}

}
