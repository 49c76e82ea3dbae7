package dev.flin.runtime.link;

/** A variable of kind double that closures share. */
public final class DoubleCell {

	public double value;

}
