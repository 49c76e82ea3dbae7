package dev.flin.runtime.link;

/** A variable of kind long that closures share. */
public final class LongCell {

	public long value;

}
