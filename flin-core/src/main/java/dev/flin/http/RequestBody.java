package dev.flin.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request, read at most once.
 */
@FunctionalInterface
public interface RequestBody {

	RequestBody NONE = () -> new ByteArrayInputStream(new byte[0]);

	/** Opens the bytes; the caller closes the stream, which also stops a body that has not arrived completely. */
	InputStream open() throws IOException;

	static RequestBody of(byte[] bytes) {
		return () -> new ByteArrayInputStream(bytes);
	}

}
