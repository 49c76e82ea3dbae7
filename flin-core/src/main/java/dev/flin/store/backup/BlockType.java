package dev.flin.store.backup;

/**
 * What a block of a piece is. The order is that of the numbers in the format; new types go to the end.
 */
public enum BlockType {

	/** The state of the store beside its maps, as of the end of the piece. */
	STATE,
	/** The start of a map: its name, the kind of its keys, and how many entries with which hash it has at the end. */
	MAP,
	/** Entries of the map that started last. */
	ENTRIES,
	/** Transactions of the log. */
	TRANSACTIONS,
	/** The name of a file among the blobs. */
	FILE,
	/** Bytes of the file that was named last. */
	BYTES,
	/** The end, with the number of blocks. */
	END

}
