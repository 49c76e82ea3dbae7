package dev.flin.autoconfigure.reactive;

import org.springframework.http.server.reactive.ServerHttpResponse;

import dev.flin.http.HttpFields;

/**
 * Puts the header fields of an answer into the response of the server. Names that filters have set before stand back.
 */
interface AnswerFields {

	/** For any server. */
	AnswerFields PLAIN = (response, fields) -> {
		fields.forEach((name, value) -> response.getHeaders().remove(name));
		fields.forEach(response.getHeaders()::add);
	};

	void write(ServerHttpResponse response, HttpFields fields);

}
