package dev.flin.view;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinBugException;

/**
 * What a run needs to make markup: the application's components and the page that is being rendered. A service of each
 * {@link FlinContext}, because functions with markup may be called from anywhere in it. Used by one thread at a time.
 */
public final class Views {

	private final ComponentSource components;

	private final Icons icons;

	private final int maxOutputBytes;

	private @Nullable RenderContext current;

	/**
	 * Makes the service for one run.
	 * @param maxOutputBytes limit for each page
	 */
	public Views(ComponentSource components, Icons icons, int maxOutputBytes) {
		this.components = components;
		this.icons = icons;
		this.maxOutputBytes = maxOutputBytes;
	}

	/** The views of a run. */
	public static Views of(FlinContext flin) {
		Views views = flin.service(Views.class);
		if (views == null) {
			throw new FlinBugException("this run was started without views");
		}
		return views;
	}

	public ComponentSource components() {
		return this.components;
	}

	public Icons icons() {
		return this.icons;
	}

	/** The page in the making; outside of one, a page of its own for values of markup. */
	RenderContext current(FlinContext flin) {
		RenderContext page = this.current;
		if (page == null) {
			page = newPage(flin);
			this.current = page;
		}
		return page;
	}

	/** Starts a page: from now on it is the current one. */
	RenderContext newPage(FlinContext flin) {
		RenderContext page = new RenderContext(flin, this, this.maxOutputBytes);
		this.current = page;
		return page;
	}

}
