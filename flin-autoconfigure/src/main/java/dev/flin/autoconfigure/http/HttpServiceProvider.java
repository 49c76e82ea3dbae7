package dev.flin.autoconfigure.http;

import org.jspecify.annotations.Nullable;
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
			engine.service(HttpCalls.class, new Calls());
		}
	}

	/** Made when somebody asks for the first time: most commands never do. */
	private static final class Calls implements HttpCalls {

		private volatile @Nullable HttpCalls made;

		@Override
		public Answer send(Call call) throws Failed, InterruptedException {
			HttpCalls calls = this.made;
			if (calls == null) {
				calls = make();
			}
			return calls.send(call);
		}

		private synchronized HttpCalls make() {
			HttpCalls known = this.made;
			if (known == null) {
				known = new NettyHttpCalls();
				this.made = known;
			}
			return known;
		}

	}

}
