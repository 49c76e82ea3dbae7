package dev.flin.http.live;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.Reply;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/**
 * Answers that are made while they are sent. Generated code calls the methods for the blocks of the language.
 */
public final class Streams {

	private Streams() {
	}

	/** {@code stream { emit … }}. */
	public static Object stream(FlinFunction code) {
		return new Reply(200, Reply.Form.STREAM, code, HttpFields.EMPTY);
	}

	/** {@code every 5s { … }} in a stream: at once, and then again and again until the client is gone. */
	public static void every(FlinContext context, @Nullable Object interval, FlinFunction code) {
		if (!(interval instanceof Duration time) || !time.isPositive()) {
			throw new FlinError("'every' takes a time such as 5s");
		}
		Emitter emitter = context.require(Emitter.class, "'every'");
		do {
			code.call0();
		}
		while (emitter.pause(time));
	}

	/** {@code sse(source)}: events from a stream, the elements of a list, or one value. */
	public static Reply events(@Nullable Object source) {
		Object inner = (source instanceof Reply reply && reply.form() == Reply.Form.STREAM) ? reply.body() : source;
		return new Reply(200, Reply.Form.EVENTS, inner, HttpFields.EMPTY);
	}

	/** Runs what makes the answer. */
	public static void run(Emitter emitter, @Nullable Object source) {
		switch (source) {
			case FlinFunction code -> code.call0();
			case FlinList list -> list.forEach((element) -> emitter.emit(element, null, null));
			case null, default -> emitter.emit(source, null, null);
		}
	}

}
