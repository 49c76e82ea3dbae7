package dev.flin.http;

import org.jspecify.annotations.Nullable;

/**
 * What the host's own security found out about a request. Asked on the thread of the request, which may wait, and only
 * when somebody wants to know.
 */
public interface HostSecurity {

	/** A host without security of its own. */
	HostSecurity NONE = new HostSecurity() {

		@Override
		public @Nullable Object user() {
			return null;
		}

		@Override
		public @Nullable String csrfBinding() {
			return null;
		}

	};

	/** The user whom the host has authenticated; null for nobody. */
	@Nullable Object user();

	/**
	 * What a CSRF token has to be bound to because browsers send what the host knows the user by with every request,
	 * such as the id of its session; null when nobody is authenticated, or by something that a foreign page cannot
	 * send, such as a bearer token.
	 */
	@Nullable String csrfBinding();

}
