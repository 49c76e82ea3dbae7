package dev.flin.view;

import dev.flin.value.FlinMap;

/**
 * A compiled component, page or layout. The compiler makes one class for each file with markup; an instance is made for
 * each time it is rendered, so its top-level variables belong to that rendering alone.
 */
public interface Component {

	/**
	 * Runs the file from top to bottom and writes its markup.
	 * @param context what the whole page shares
	 * @param out where to write
	 * @param props the values given by name
	 * @param slots what fills the component's slots
	 */
	void render(RenderContext context, HtmlOutput out, FlinMap props, Slots slots);

}
