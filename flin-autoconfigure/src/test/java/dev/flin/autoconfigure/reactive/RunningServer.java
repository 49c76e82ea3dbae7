package dev.flin.autoconfigure.reactive;

import java.nio.file.Path;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;

import dev.flin.autoconfigure.FlinAutoConfiguration;

/** An application with a server that listens, for tests of what only travels over a real connection. */
final class RunningServer {

	private RunningServer() {
	}

	/** Serves the files of a directory, on a free port and with a store in memory. */
	static ReactiveWebApplicationContextRunner of(Path root) {
		return new ReactiveWebApplicationContextRunner(AnnotationConfigReactiveWebServerApplicationContext::new)
			.withConfiguration(AutoConfigurations.of(NettyReactiveWebServerAutoConfiguration.class,
					HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class, FlinAutoConfiguration.class,
					FlinWebFluxAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + root, "flin.store.type=memory", "server.port=0",
					"flin.development=false");
	}

	/** Where the server of an application listens. */
	static int port(AssertableReactiveWebApplicationContext context) {
		return ((ReactiveWebServerApplicationContext) context.getSourceApplicationContext()).getWebServer().getPort();
	}

}
