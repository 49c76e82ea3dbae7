package dev.flin.http.route;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.Html;

/**
 * The error pages of an application.
 */
public interface Pages {

	Pages NONE = new Pages() {

		@Override
		public @Nullable Html error(FlinContext context, Exchange exchange, int status, String message) {
			return null;
		}

		@Override
		public @Nullable Html broken(Exchange exchange, RouteSpec route) {
			return null;
		}

	};

	/** The page for a status: {@code _404.flin} or {@code _error.flin} of the nearest directory; null without any. */
	@Nullable Html error(FlinContext context, Exchange exchange, int status, String message);

	/** What to show instead of a page whose file does not compile at present; null when it does. */
	@Nullable Html broken(Exchange exchange, RouteSpec route);

}
