package dev.flin.runtime.link;

/** A variable of kind boolean that closures share. */
public final class BoolCell {

	public boolean value;

}
