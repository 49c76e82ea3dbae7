package dev.flin.http.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.StreamSink;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;

/**
 * The streams of server-sent events that clients may come back to. Each remembers its last events under a name that
 * nobody can guess, so that only who has seen an event of a stream gets those after it. The table is bounded: the
 * stream that was not used for longest is forgotten first.
 */
public final class Events {

	static final int REMEMBERED_EVENTS = 64;

	private static final int STREAMS_MAX = 2_000;

	private static final int EVENT_CHARS_MAX = 64 * 1024;

	/** Of all streams together. */
	private static final long CHARS_MAX = 16L * 1024 * 1024;

	/** Proxies close what is silent for long. */
	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

	private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{22})-([0-9]{1,15})");

	private record Sent(long number, String text) {
	}

	/** One stream: what it has sent last. */
	private static final class Memory {

		private final String key;

		private final String owner;

		private final Deque<Sent> last = new ArrayDeque<>();

		private long number;

		/** Of the last events together; guarded by the table. */
		private long chars;

		/** Whether the table has no room for it any more. */
		private volatile boolean forgotten;

		/** Whether the program has come to the end of the stream. */
		private boolean finished;

		private Memory(String key, String owner) {
			this.key = key;
			this.owner = owner;
		}

	}

	private final Map<String, Memory> memories = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Memory> eldest) {
			if (size() > STREAMS_MAX) {
				forget(eldest.getValue());
				return true;
			}
			return false;
		}

	};

	/** What all streams remember together. */
	private long chars;

	private final Supplier<String> keys;

	/**
	 * @param keys makes unguessable names of 22 characters
	 */
	public Events(Supplier<String> keys) {
		this.keys = keys;
	}

	/**
	 * Begins a stream, or goes on with the one that the client names; what it has missed is sent first.
	 * @param owner the path and the user: an id does not lead to the stream of another one
	 */
	public Stream open(FlinContext context, StreamSink sink, String owner, @Nullable String lastId) {
		Matcher matcher = ID.matcher((lastId != null) ? lastId : "");
		Memory known = matcher.matches() ? find(matcher.group(1), owner) : null;
		sink.keepAlive(STILL_HERE, HEARTBEAT);
		Stream stream = new Stream(context, sink, (known != null) ? known : begin(owner));
		if (known != null) {
			stream.replay(Long.parseLong(matcher.group(2)));
		}
		return stream;
	}

	/** Whether the stream that a client comes back to had come to its end, and the client has all of it. */
	public boolean isOver(String owner, @Nullable String lastId) {
		Matcher matcher = ID.matcher((lastId != null) ? lastId : "");
		Memory known = matcher.matches() ? find(matcher.group(1), owner) : null;
		if (known == null) {
			return false;
		}
		synchronized (known) {
			return known.finished && Long.parseLong(matcher.group(2)) >= known.number;
		}
	}

	private synchronized @Nullable Memory find(String key, String owner) {
		Memory memory = this.memories.get(key);
		return (memory != null && memory.owner.equals(owner)) ? memory : null;
	}

	private synchronized void forget(Memory memory) {
		memory.forgotten = true;
		this.chars -= memory.chars;
		memory.chars = 0;
	}

	/** Notes what a stream remembers by now; the streams that were not used for longest give way to it. */
	private synchronized void account(Memory memory, long nowChars) {
		if (memory.forgotten) {
			return;
		}
		this.chars += nowChars - memory.chars;
		memory.chars = nowChars;
		Iterator<Memory> eldest = this.memories.values().iterator();
		while (this.chars > CHARS_MAX && eldest.hasNext()) {
			Memory old = eldest.next();
			if (old != memory) {
				eldest.remove();
				forget(old);
			}
		}
	}

	private synchronized Memory begin(String owner) {
		Memory memory = new Memory(this.keys.get(), owner);
		this.memories.put(memory.key, memory);
		return memory;
	}

	/** A stream that is open. */
	public final class Stream extends Emitter {

		private final Memory memory;

		Stream(FlinContext context, StreamSink sink, Memory memory) {
			super(context, sink);
			this.memory = memory;
		}

		/** Whether everything was sent in an earlier connection. */
		public boolean isFinished() {
			synchronized (this.memory) {
				return this.memory.finished;
			}
		}

		/** The program has come to its end; unless it did so because the client was gone. */
		public void finish() {
			synchronized (this.memory) {
				this.memory.finished = !isCut();
			}
		}

		private void replay(long after) {
			StringBuilder missed = new StringBuilder();
			synchronized (this.memory) {
				for (Sent sent : this.memory.last) {
					if (sent.number() > after) {
						missed.append(sent.text());
					}
				}
			}
			if (!missed.isEmpty()) {
				send(missed.toString());
			}
		}

		@Override
		public void emit(@Nullable Object value, @Nullable String event, @Nullable String id) {
			send(remember(textOf(value), event, id));
		}

		private String remember(String data, @Nullable String event, @Nullable String id) {
			synchronized (this.memory) {
				this.memory.number++;
				StringBuilder text = new StringBuilder();
				field(text, "id", (id != null) ? id : this.memory.key + "-" + this.memory.number);
				if (event != null) {
					field(text, "event", event);
				}
				for (String line : data.split("\r\n|\r|\n", -1)) {
					text.append("data: ").append(line).append('\n');
				}
				text.append('\n');
				keep(text.toString());
				return text.toString();
			}
		}

		/** Who can come back gets it again then. */
		private void keep(String text) {
			Deque<Sent> last = this.memory.last;
			if (this.memory.forgotten) {
				last.clear();
				return;
			}
			if (text.length() <= EVENT_CHARS_MAX) {
				last.addLast(new Sent(this.memory.number, text));
			}
			if (last.size() > REMEMBERED_EVENTS) {
				last.removeFirst();
			}
			account(this.memory, last.stream().mapToLong((sent) -> sent.text().length()).sum());
		}

		/** A line break here would begin another field. */
		private static void field(StringBuilder text, String name, String value) {
			if (value.chars().anyMatch((c) -> c == '\n' || c == '\r' || c == 0)) {
				throw new FlinError("the " + name + " of an event has a line break");
			}
			text.append(name).append(": ").append(value).append('\n');
		}

	}

}
