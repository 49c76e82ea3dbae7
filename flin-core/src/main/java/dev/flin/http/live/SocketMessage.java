package dev.flin.http.live;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;

/**
 * A message of a WebSocket.
 */
public sealed interface SocketMessage {

	/** A text frame. */
	record Text(String text) implements SocketMessage {
	}

	/** A binary frame. The array is not changed afterwards. */
	record Binary(byte[] bytes) implements SocketMessage {
	}

	/** What is sent for a value: a text as it is, the content of a file as a binary frame, another value as JSON. */
	static SocketMessage of(@Nullable Object value, int bytesMax) {
		if (!(value instanceof FileValue file)) {
			return new Text(Emitter.textOf(value));
		}
		if (file.size() > bytesMax) {
			throw new FlinError("a message has at most " + bytesMax + " bytes (flin.web.socket.max-message)");
		}
		try (InputStream content = file.open()) {
			return new Binary(content.readNBytes(bytesMax));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The value that the program sees: JSON parsed, another text as it is, bytes as a file. */
	static @Nullable Object valueOf(SocketMessage message) {
		return switch (message) {
			case Text text -> parsed(text.text());
			case Binary binary -> new FileValue("message", "application/octet-stream", binary.bytes().length, null,
					() -> new ByteArrayInputStream(binary.bytes()));
		};
	}

	private static @Nullable Object parsed(String text) {
		try {
			return JsonParser.parse(text);
		}
		catch (FlinError notJson) {
			return text;
		}
	}

	/** How many bytes a received message has. */
	static int bytes(SocketMessage message) {
		return switch (message) {
			case Text text -> text.text().getBytes(StandardCharsets.UTF_8).length;
			case Binary binary -> binary.bytes().length;
		};
	}

}
