package dev.flin.autoconfigure.http;

import org.springframework.util.ClassUtils;

import dev.flin.FlinEngine;
import dev.flin.ServiceProvider;
import dev.flin.port.HttpCalls;

/**
 * Requests to other servers for engines outside of an application, such as those of tests.
 */
public final class HttpServiceProvider implements ServiceProvider {

	@Override
	public void provide(FlinEngine.Builder engine) {
		if (ClassUtils.isPresent("reactor.netty.http.client.HttpClient", HttpServiceProvider.class.getClassLoader())) {
			engine.service(HttpCalls.class, Calls.make());
		}
	}

	/** Apart, because the classes need not be there. */
	private static final class Calls {

		static HttpCalls make() {
			return new NettyHttpCalls();
		}

	}

}
