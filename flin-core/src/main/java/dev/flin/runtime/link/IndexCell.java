package dev.flin.runtime.link;

/** A variable of kind int, which only the compiler itself has, that the parts of a divided function share. */
public final class IndexCell {

	public int value;

}
