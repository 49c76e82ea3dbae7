package dev.flin.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Makes texts of the bytes of files. */
public final class SourceText {

	private SourceText() {
	}

	/**
	 * The text of a file, which is written in UTF-8.
	 * @param path how messages call the file
	 * @throws IOException when it is not, with the line
	 */
	public static String decoded(String path, byte[] bytes) throws IOException {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(bytes.length);
		CoderResult result = decoder.decode(in, out, true);
		out.flip();
		if (result.isError()) {
			long line = out.chars().filter((c) -> c == '\n').count() + 1;
			throw new IOException(
					path + " is not UTF-8 text: its line " + line + " has bytes that are no characters of it");
		}
		return out.toString();
	}

}
