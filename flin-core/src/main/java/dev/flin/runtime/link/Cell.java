package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

/** A variable that closures share. */
public final class Cell {

	public @Nullable Object value;

}
