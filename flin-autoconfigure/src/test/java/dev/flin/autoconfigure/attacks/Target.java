package dev.flin.autoconfigure.attacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.client.ReactorResourceFactory;

import dev.flin.FlinEngine;

/**
 * The application that is attacked: one for all classes of attacks, on a port of its own.
 */
final class Target implements AutoCloseable {

	private static final String KEY = "target";

	private final Path root;

	private final ConfigurableApplicationContext context;

	private Target() {
		try {
			this.root = Files.createTempDirectory("flin-target");
			Victim.write(this.root);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		SpringApplication application = new SpringApplication(Application.class);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("target",
					Map.of("server.port", 0, "flin.root", "file:" + this.root.resolve("flin"), "flin.store.type",
							"memory", "flin.development", "false", "flin.limits.time", "5s", "flin.web.max-body",
							"64KB", "flin.web.max-upload", "1MB", "spring.security.user.password", "unused",
							"spring.main.banner-mode", "off", "logging.level.root", "warn")));
		application.setEnvironment(environment);
		this.context = application.run();
		wire().post("/api/setup", "{}");
	}

	/** A client without cookies. */
	Wire wire() {
		return new Wire(port());
	}

	int port() {
		return Integer.parseInt(
				Objects.requireNonNull(this.context.getEnvironment().getProperty("local.server.port")));
	}

	/** A client that is signed in. */
	Wire as(String name) {
		Wire wire = wire();
		Answer answer = wire.post("/api/enter?name=" + name, "{}");
		if (answer.status() != 200) {
			throw new AssertionError("sign-in failed: " + answer);
		}
		return wire;
	}

	FlinEngine engine() {
		return this.context.getBean(FlinEngine.class);
	}

	@Override
	public void close() {
		this.context.close();
		try (Stream<Path> files = Files.walk(this.root)) {
			files.sorted(Comparator.reverseOrder()).forEach((path) -> path.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		/** Applications of other tests dispose of what they share when they stop; this one stays. */
		@Bean
		ReactorResourceFactory ownResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

	}

	/** Gives tests the one application. */
	static final class Running implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == Target.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			return context.getRoot()
				.getStore(ExtensionContext.Namespace.create(Target.class))
				.computeIfAbsent(KEY, (key) -> new Target(), Target.class);
		}

	}

}
