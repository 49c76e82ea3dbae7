package dev.flin.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.value.Html;

/**
 * Renders components and pages from Java, for example for mails. Blocks while the component reads records: not for an
 * event loop.
 */
public final class FlinTemplates {

	private final FlinEngine engine;

	FlinTemplates(FlinEngine engine) {
		this.engine = engine;
	}

	/** Whether there is a component or page of this name. */
	public boolean exists(String name) {
		return this.engine.hasView(name);
	}

	/**
	 * The markup of a component, or of a page in its layout.
	 * @param name the name of a component, or the path of a file without its suffix
	 * @param props values by name
	 */
	public Html render(String name, Map<String, ? extends @Nullable Object> props) {
		return this.engine.render(name, props);
	}

	/** The markup of a component without props. */
	public Html render(String name) {
		return render(name, Map.of());
	}

}
