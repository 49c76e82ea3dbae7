package dev.flin.store.mv;

import org.jspecify.annotations.Nullable;

/**
 * A value where it lies packed, as long as its page stays in memory. Who reads it may leave a note with it, which
 * spares the next reader the work: the value never changes, and one that is read from the file again is another.
 */
public final class PackedValue {

	private final Pack pack;

	private final int index;

	/** Never more than a help; threads need not see each other's at once. */
	private @Nullable Object note;

	PackedValue(Pack pack, int index) {
		this.pack = pack;
		this.index = index;
	}

	Pack pack() {
		return this.pack;
	}

	int length() {
		return this.pack.length(this.index);
	}

	/**
	 * The value.
	 * @return the bytes, which nobody may change
	 */
	public byte[] bytes() {
		return this.pack.value(this.index);
	}

	/**
	 * What was left with the value.
	 * @return the note, or null
	 */
	public @Nullable Object note() {
		return this.note;
	}

	/**
	 * Leaves a note in place of the one before.
	 * @param unchanging what threads may share without locks
	 */
	public void note(Object unchanging) {
		this.note = unchanging;
	}

}
