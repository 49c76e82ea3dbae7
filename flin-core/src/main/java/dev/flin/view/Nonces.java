package dev.flin.view;

/**
 * Marks what a page may run: a service of the context, absent where nothing is sent to a browser.
 */
@FunctionalInterface
public interface Nonces {

	/** The value that the page's own scripts and styles carry, the same for all of one answer. */
	String nonce();

}
