package dev.flin.demo.browser;

import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;

/** Starts a browser for each test that asks for one, and ends it. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (Chromium.find().isPresent()) {
			return ConditionEvaluationResult.enabled("Chromium is there");
		}
		if ("true".equals(System.getenv("CI"))) {
			throw new IllegalStateException("CI=true, and there is no chromium and chromedriver on the PATH");
		}
		return ConditionEvaluationResult.disabled("no chromium and chromedriver on the PATH; tools/test installs them");
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == WebDriver.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Optional<Chromium> chromium = Chromium.find();
		Running running = new Running(chromium.orElseThrow().start());
		context.getStore(NAMESPACE).put(running, running);
		return running.driver();
	}

	/** The store closes it when the test is over. */
	private record Running(ChromeDriver driver) implements AutoCloseable {

		@Override
		public void close() {
			this.driver.quit();
		}

	}

}
