package dev.flin.autoconfigure.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Says when a property that begins with {@code flin.} is none: what is written wrong would otherwise have no effect, in
 * silence. Without any such property nothing is read.
 */
public final class UnknownPropertyCheck implements EnvironmentPostProcessor, Ordered {

	/** After {@code flin.config}. */
	private static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 20;

	private static final ConfigurationPropertyName ALL = ConfigurationPropertyName.of("flin");

	/** What the engine for tests reads. */
	private static final ConfigurationPropertyName OF_TESTS = ConfigurationPropertyName.of("flin.test");

	private final Log log;

	public UnknownPropertyCheck(DeferredLogFactory logs) {
		this.log = logs.getLog(UnknownPropertyCheck.class);
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Supplier<KnownProperties> known = SingletonSupplier
			.of(() -> KnownProperties.read(application.getClassLoader()));
		Map<ConfigurationPropertyName, String> unknown = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource properties) {
				properties.stream()
					.filter((name) -> ALL.isAncestorOf(name) && !OF_TESTS.isAncestorOf(name))
					.filter((name) -> !known.get().has(name))
					.filter((name) -> !isOfSystem(source) || known.get().nearest(name) != null)
					.forEach((name) -> unknown.putIfAbsent(name, message(name, source, known.get())));
			}
		}
		unknown.values().forEach(this.log::warn);
	}

	/** Other programs may have variables that begin with the same letters. */
	private static boolean isOfSystem(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(underlying.getName());
	}

	private static String message(ConfigurationPropertyName name, ConfigurationPropertySource source,
			KnownProperties known) {
		var property = source.getConfigurationProperty(name);
		Origin origin = (property != null) ? property.getOrigin() : null;
		String nearest = known.nearest(name);
		return name + ((origin != null) ? " (" + origin + ")" : "") + " is no property of FLIN and has no effect"
				+ ((nearest != null) ? "; did you mean " + nearest + "?" : "");
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
