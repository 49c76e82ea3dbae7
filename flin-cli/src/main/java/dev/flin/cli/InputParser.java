package dev.flin.cli;

import java.util.List;

import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

import dev.flin.ReplSession;

/** Tells the line editor when an input is complete, and which word the cursor is at. */
final class InputParser implements Parser {

	/** The word before the cursor; what stands before it is of no interest to the editor. */
	private record Input(String line, int cursor, String word) implements CompletingParsedLine {

		@Override
		public int wordCursor() {
			return this.word.length();
		}

		@Override
		public int wordIndex() {
			return 0;
		}

		@Override
		public List<String> words() {
			return List.of(this.word);
		}

		@Override
		public CharSequence escape(CharSequence candidate, boolean complete) {
			return candidate;
		}

		@Override
		public int rawWordCursor() {
			return this.word.length();
		}

		@Override
		public int rawWordLength() {
			return this.word.length();
		}

	}

	@Override
	public ParsedLine parse(String line, int cursor, ParseContext context) {
		boolean accepts = context == ParseContext.UNSPECIFIED || context == ParseContext.ACCEPT_LINE;
		// Two empty lines end an input in any case.
		if (accepts && !line.endsWith("\n\n") && ReplSession.isIncomplete(line)) {
			throw new EOFError(-1, -1, "the input goes on");
		}
		int start = cursor;
		while (start > 0 && isOfWord(line.charAt(start - 1))) {
			start--;
		}
		if (start == 1 && line.charAt(0) == ':') {
			start = 0;
		}
		return new Input(line, cursor, line.substring(start, cursor));
	}

	private static boolean isOfWord(char c) {
		return Character.isLetterOrDigit(c) || c == '_';
	}

}
