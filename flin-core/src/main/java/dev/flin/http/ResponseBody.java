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
	 * A file that is opened when it is sent and streamed from there.
	 *
	 * @param file where the bytes come from
	 */
	record Content(FileValue file) implements ResponseBody {
	}

}
