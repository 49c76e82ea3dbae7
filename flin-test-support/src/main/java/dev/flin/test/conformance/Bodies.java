package dev.flin.test.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;

/** Bodies of answers as text. */
final class Bodies {

	private Bodies() {
	}

	static String text(HttpResponse response) {
		return switch (response.body()) {
			case ResponseBody.Bytes bytes -> response.text();
			case ResponseBody.Content content -> read(content);
		};
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
