package dev.flin.http.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.flin.http.StreamSink;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinError;

/**
 * What {@code emit} and {@code every} speak to while an answer is streamed: a service of its context.
 */
public abstract class Emitter {

	private final FlinContext context;

	private final StreamSink sink;

	private boolean cut;

	Emitter(FlinContext context, StreamSink sink) {
		this.context = context;
		this.sink = sink;
	}

	/** Sends a value. */
	public abstract void emit(@Nullable Object value, @Nullable String event, @Nullable String id);

	/** Waits; false when the stream shall end. What others save meanwhile is seen afterwards. */
	boolean pause(Duration time) {
		EntitySession session = this.context.service(EntitySession.class);
		if (session != null) {
			session.refresh();
		}
		boolean goesOn = sleep(time);
		this.cut |= !goesOn;
		this.context.poll();
		return goesOn;
	}

	/** Whether the stream was ended from outside, and not by the program. */
	boolean isCut() {
		return this.cut;
	}

	private boolean sleep(Duration time) {
		try {
			return this.sink.pause(time);
		}
		catch (IOException ex) {
			throw gone(ex);
		}
	}

	void send(String text) {
		this.context.poll();
		try {
			this.sink.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw gone(ex);
		}
	}

	/** A text as it is, another value as JSON. */
	static String textOf(@Nullable Object value) {
		return (value instanceof String text) ? text : JsonWriter.write(value);
	}

	private static FlinError gone(IOException cause) {
		return new FlinError(FlinError.INTERRUPTED_ERROR, "the client is gone", cause);
	}

	/** {@code stream { }}: texts as they are, other values as lines of JSON. */
	public static final class Plain extends Emitter {

		public Plain(FlinContext context, StreamSink sink) {
			super(context, sink);
		}

		@Override
		public void emit(@Nullable Object value, @Nullable String event, @Nullable String id) {
			send((value instanceof String text) ? text : textOf(value) + "\n");
		}

	}

}
