package dev.flin.view;

import org.jspecify.annotations.Nullable;

/** What the forms of a page need of their request: a service of the context, absent where there is no request. */
public interface Forms {

	/**
	 * The token that a form sends back, so that nobody else can send it; null while there is nothing to protect.
	 * Written differently each time, so that the size of a compressed page tells nothing about it.
	 */
	@Nullable String formToken();

	/** What was sent for a field of a form that was refused, to be shown in it again; null otherwise. */
	@Nullable Object sent(String name);

}
