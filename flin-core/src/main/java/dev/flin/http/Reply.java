package dev.flin.http;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinMap;
import dev.flin.value.WholeAnswer;

/**
 * A response as a value of the program: what {@code response { }}, {@code error}, {@code redirect} and their like give.
 *
 * @param status the status code
 * @param form how the body is sent
 * @param body the body
 * @param headers the header fields that were asked for
 */
public record Reply(int status, Form form, @Nullable Object body, HttpFields headers) implements WholeAnswer {

	private static final int FIELDS_TOLD_MAX = 1000;

	/** How a body is sent. */
	public enum Form {

		/** As its value says: markup as HTML, files as downloads, other values as JSON, none without a body. */
		BY_VALUE,
		/** As plain text. */
		TEXT,
		/** As JSON, none too. */
		JSON,
		/** As HTML. */
		HTML,
		/** As it is emitted: the body is the code that does. */
		STREAM,
		/** As server-sent events: the body is the code that emits them, a list, or one value. */
		EVENTS,
		/** As the error page for the status, or as JSON: the body is the message. */
		ERROR

	}

	public static Reply ok(@Nullable Object body) {
		return (body instanceof Reply reply) ? reply
				: new Reply((body != null) ? 200 : 204, Form.BY_VALUE, body, HttpFields.EMPTY);
	}

	/**
	 * The answer with a body that may be an answer itself, such as {@code text("…")}: it says how it is sent, and its
	 * header fields are there unless others take their place.
	 */
	public static Reply around(int status, @Nullable Object body, HttpFields headers) {
		if (!(body instanceof Reply inner)) {
			return new Reply(status, Form.BY_VALUE, body, headers);
		}
		return new Reply(status, inner.form, inner.body,
				HttpFields.builder().addAll(inner.headers).setAll(headers).build());
	}

	public static Reply json(int status, @Nullable Object body) {
		return new Reply(status, Form.JSON, body, HttpFields.EMPTY);
	}

	public static Reply error(int status, String message) {
		return new Reply(status, Form.ERROR, message, HttpFields.EMPTY);
	}

	/** The JSON body of an error. */
	public static FlinMap errorBody(int status, String message) {
		return FlinMap.of("error", message, "status", (long) status);
	}

	/**
	 * The answer to what is not as it has to be: the first fields with their messages, and of the others how many they
	 * are. Thousands of records may be refused at once.
	 * @param fields messages by field, in the order in which they are told
	 */
	public static Reply invalid(Map<String, String> fields) {
		FlinMap messages = new FlinMap();
		fields.entrySet()
			.stream()
			.limit(FIELDS_TOLD_MAX)
			.forEach((field) -> messages.put(field.getKey(), field.getValue()));
		FlinMap body = errorBody(400, "Validation failed");
		body.put("fields", messages);
		if (fields.size() > FIELDS_TOLD_MAX) {
			body.put("more", (long) fields.size() - FIELDS_TOLD_MAX);
		}
		return json(400, body);
	}

	public Reply withHeaders(HttpFields fields) {
		return new Reply(this.status, this.form, this.body, fields);
	}

	@Override
	public String toString() {
		return "response " + this.status + " " + Objects.toString(this.body, "");
	}

}
