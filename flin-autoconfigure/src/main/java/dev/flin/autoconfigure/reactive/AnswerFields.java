package dev.flin.autoconfigure.reactive;

import org.springframework.http.server.reactive.ServerHttpResponse;

import dev.flin.http.HttpFields;

/**
 * Puts the header fields of an answer into the response of the server. Names that filters have set before stand back.
 */
interface AnswerFields {

	/** The length of a body that is not known before it is sent. */
	int UNKNOWN = -1;

	/** For any server. */
	AnswerFields PLAIN = (response, fields, length) -> {
		fields.forEach((name, value) -> response.getHeaders().remove(name));
		fields.forEach(response.getHeaders()::add);
		if (length != UNKNOWN) {
			response.getHeaders().setContentLength(length);
		}
	};

	/**
	 * Puts them there.
	 * @param length how many bytes the body has, or {@link #UNKNOWN}
	 */
	void write(ServerHttpResponse response, HttpFields fields, int length);

}
