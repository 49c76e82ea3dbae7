package dev.flin.http;

import dev.flin.value.FileValue;

/**
 * What a response carries.
 */
public sealed interface ResponseBody {

	ResponseBody EMPTY = new Bytes(new byte[0], 0);

	static ResponseBody of(byte[] bytes) {
		return new Bytes(bytes, bytes.length);
	}

	/**
	 * Bytes in memory. The array is handed to the server as it is and not changed afterwards.
	 *
	 * @param array the bytes
	 * @param length how many of them count
	 */
	record Bytes(byte[] array, int length) implements ResponseBody {
	}

	/**
	 * Bytes that are made while they are sent, which may go on for as long as the client listens.
	 *
	 * @param source makes them, once, on a thread that may wait
	 */
	record Stream(Source source) implements ResponseBody {
	}

	/** Makes the bytes of an answer while they are sent. */
	@FunctionalInterface
	interface Source {

		/** Writes until the end, or until the client is gone. Called once, or never. */
		void writeTo(StreamSink sink);

	}

	/**
	 * A file that is opened when it is sent and streamed from there.
	 *
	 * @param file where the bytes come from
	 * @param asset whether it is a file of {@code public/}, which is the same for all requests
	 */
	record Content(FileValue file, boolean asset) implements ResponseBody {

		/** A file of one request. */
		public Content(FileValue file) {
			this(file, false);
		}

	}

}
