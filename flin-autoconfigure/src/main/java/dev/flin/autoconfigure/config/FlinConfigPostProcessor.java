package dev.flin.autoconfigure.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Adds the settings of {@code flin.config} after all others: whatever else says something about a key wins.
 */
public final class FlinConfigPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String FILE = "flin.config";

	/** After {@code application.yml}, which may say where the files are. */
	private static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 10;

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String root = environment.getProperty("flin.root", "classpath:/flin/");
		String location = (root.contains(":") ? root : "file:" + root) + (root.endsWith("/") ? "" : "/") + FILE;
		ResourceLoader resources = (application.getResourceLoader() != null) ? application.getResourceLoader()
				: new DefaultResourceLoader(application.getClassLoader());
		Resource file = resources.getResource(location);
		if (!file.exists()) {
			return;
		}
		try {
			Map<String, Object> settings = FlinConfigFile.read(file.getContentAsString(StandardCharsets.UTF_8),
					location);
			environment.getPropertySources().addLast(new MapPropertySource(location, settings));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
