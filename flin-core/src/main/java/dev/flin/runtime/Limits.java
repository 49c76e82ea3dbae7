package dev.flin.runtime;

/**
 * How much one run may use. Each limit fails with an error of its own.
 *
 * @param callDepth nested calls of FLIN functions
 * @param timeMillis execution time; whoever starts the run watches it and calls {@link FlinContext#stop}
 * @param collectionSize elements of one list or map, and code units of one text made by a built-in
 * @param outputBytes printed or rendered bytes
 */
public record Limits(int callDepth, long timeMillis, int collectionSize, long outputBytes) {

	public static final int CALL_DEPTH_DEFAULT = 10_000;

	public static final long TIME_MILLIS_DEFAULT = 30_000;

	public static final int COLLECTION_SIZE_DEFAULT = 10_000_000;

	public static final long OUTPUT_BYTES_DEFAULT = 64L << 20;

	public static final Limits DEFAULT = new Limits(CALL_DEPTH_DEFAULT, TIME_MILLIS_DEFAULT, COLLECTION_SIZE_DEFAULT,
			OUTPUT_BYTES_DEFAULT);

	public Limits withCallDepth(int depth) {
		return new Limits(depth, this.timeMillis, this.collectionSize, this.outputBytes);
	}

}
