package dev.flin.test.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.http.StreamSink;

/** Bodies of answers as text. */
final class Bodies {

	private Bodies() {
	}

	static String text(HttpResponse response) {
		return switch (response.body()) {
			case ResponseBody.Bytes bytes -> response.text();
			case ResponseBody.Content content -> read(content);
			case ResponseBody.Stream stream -> read(stream);
		};
	}

	/** What a stream sends before it waits for the first time. */
	private static String read(ResponseBody.Stream stream) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		stream.source().writeTo(new StreamSink() {

			@Override
			public void write(byte[] part) {
				bytes.writeBytes(part);
			}

			@Override
			public boolean pause(Duration time) {
				return false;
			}

			@Override
			public void keepAlive(byte[] sign, Duration silence) {
				// Nobody is waiting.
			}

		});
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static String read(ResponseBody.Content content) {
		try (InputStream in = content.file().open()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
