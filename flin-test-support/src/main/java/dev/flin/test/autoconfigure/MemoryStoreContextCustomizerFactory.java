package dev.flin.test.autoconfigure;

import java.util.List;
import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Keeps the records of tests in memory when nothing is said of them. Contexts of several tests stay open in one JVM,
 * and a directory has one user at a time; that of the application in development is not for tests either.
 */
final class MemoryStoreContextCustomizerFactory implements ContextCustomizerFactory {

	private static final String TYPE = "flin.store.type";

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		return new MemoryStore();
	}

	/** All are equal, so that contexts are shared as they were. */
	private record MemoryStore() implements ContextCustomizer {

		/** Looks when the context begins to start: other customizers may still name a directory. */
		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration config) {
			ConfigurableEnvironment environment = context.getEnvironment();
			context.addBeanFactoryPostProcessor((beans) -> {
				if (!environment.containsProperty(TYPE) && !environment.containsProperty("flin.store.directory")) {
					environment.getPropertySources()
						.addLast(new MapPropertySource("flinStoreOfTests", Map.of(TYPE, "memory")));
				}
			});
		}

	}

}
