package dev.flin.syntax;

/** A place to which the parser can go back. */
record Checkpoint(int offset, int lastEnd, int nextId, int depth, int openBraces, int openRounds, int diagnostics,
		boolean endReported, boolean depthReported, Layout layout, Place place, int start) {
}
