package dev.flin.http;

import org.jspecify.annotations.Nullable;

/**
 * How values become JSON and back.
 */
public interface JsonFormat {

	/**
	 * Reads a whole JSON text.
	 * @throws MalformedJson when it is not one
	 */
	@Nullable Object read(String text) throws MalformedJson;

	/** Writes a value as it may leave to the outside: hidden fields left out, references one level deep. */
	byte[] write(@Nullable Object value);

	/** Where a JSON text stops being one. */
	final class MalformedJson extends Exception {

		private static final long serialVersionUID = 1L;

		private final int line;

		private final int column;

		/**
		 * @param line the line, from 1
		 * @param column the column of the first bad character, from 1; one past the end when the text stops too early
		 */
		public MalformedJson(int line, int column) {
			super("Malformed JSON at line " + line + ", column " + column);
			this.line = line;
			this.column = column;
		}

		public int line() {
			return this.line;
		}

		public int column() {
			return this.column;
		}

	}

}
