package dev.flin.view;

/** Gives new instances of the components of one application, as they are now. */
@FunctionalInterface
public interface ComponentSource {

	/**
	 * A component ready to be rendered once.
	 * @param path the path of its file in the application
	 */
	Component component(String path);

}
