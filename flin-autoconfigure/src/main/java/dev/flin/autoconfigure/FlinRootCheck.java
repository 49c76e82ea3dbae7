package dev.flin.autoconfigure;

import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Says when somebody names a root that holds no file: the application would start without FLIN, in silence.
 */
public final class FlinRootCheck implements EnvironmentPostProcessor, Ordered {

	/** After {@code application.yml}, which may say where the files are. */
	private static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 20;

	private final Log log;

	public FlinRootCheck(DeferredLogFactory logs) {
		this.log = logs.getLog(FlinRootCheck.class);
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		String root = environment.getProperty("flin.root");
		if (root != null && !new FlinSources(root, application.getClassLoader()).hasFiles()) {
			this.log.warn("flin.root: there is no .flin file at '" + root
					+ "', so FLIN does nothing; a root is a directory, or a location such as "
					+ FlinSources.ROOT_DEFAULT);
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
