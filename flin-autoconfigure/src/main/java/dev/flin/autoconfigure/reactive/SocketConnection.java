package dev.flin.autoconfigure.reactive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import dev.flin.http.live.Socket;
import dev.flin.http.live.SocketChannel;
import dev.flin.http.live.SocketMessage;
import dev.flin.http.live.SocketSettings;
import dev.flin.http.live.Upgrade;

/**
 * One open WebSocket. Messages of the client are handled one after the other; while one is, no more are read from the
 * connection than it can hold. Messages to the client wait in a bounded queue.
 */
final class SocketConnection implements SocketChannel {

	private static final Logger logger = LoggerFactory.getLogger(SocketConnection.class);

	/** How long a client that reads slowly holds up who sends to it. */
	private static final Duration SEND_TIME = Duration.ofSeconds(5);

	/** How long a client has to take note that it is closed. */
	private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

	private static final CloseStatus SILENT = new CloseStatus(1001, "idle for too long");

	private static final CloseStatus TOO_BIG = new CloseStatus(1009, "message too big");

	/** How many messages of the largest size may wait. */
	private static final int FULL_MESSAGES = 16;

	/** A message in the queue. */
	private record Outgoing(Function<WebSocketSession, WebSocketMessage> message, int bytes) {
	}

	private static final Outgoing PING = new Outgoing(
			(session) -> session.pingMessage((factory) -> factory.wrap(new byte[0])), 0);

	private final WebSocketSession session;

	private final SocketSettings settings;

	private final FlinWorkers workers;

	private final Runnable abort;

	private final Sinks.Many<Outgoing> queue;

	private final AtomicLong queuedBytes = new AtomicLong();

	private final ReentrantLock lock = new ReentrantLock();

	/** Somebody may send again. */
	private final Condition drained = this.lock.newCondition();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Sinks.Empty<Void> cut = Sinks.empty();

	/** The client has sent what is no message; what follows does not count. */
	private volatile boolean malformed;

	/** Why it is closed: what came first of the client's reason and ours. */
	private final AtomicReference<@Nullable CloseStatus> status = new AtomicReference<>();

	private volatile long heardNanos = System.nanoTime();

	private volatile long askedNanos = this.heardNanos;

	SocketConnection(WebSocketSession session, SocketSettings settings, FlinWorkers workers, Runnable abort) {
		this.session = session;
		this.settings = settings;
		this.workers = workers;
		this.abort = abort;
		this.queue = Sinks.many().unicast().onBackpressureBuffer(new LinkedBlockingQueue<>(settings.queue()));
	}

	/** Runs the socket until it is closed; completes in any case. */
	Mono<Void> run(Upgrade.Accepted accepted) {
		Socket socket = accepted.opener().open(this);
		this.session.closeStatus().subscribe((given) -> this.status.compareAndSet(null, given));
		Mono<Void> in = events(socket).concatMapDelayError(this::call, true, 1)
			.then()
			.onErrorComplete(this::isTooLong)
			.doFinally((signal) -> complete());
		Mono<Void> out = this.session.send(this.queue.asFlux().map(this::write).takeUntilOther(this.cut.asMono()))
			.then(Mono.defer(this::sayGoodbye));
		return Mono.when(in, out).onErrorResume(this::failed).then(Mono.defer(() -> {
			CloseStatus last = this.status.get();
			return call(() -> socket.closed((last != null) ? last.getCode() : CloseStatus.NO_CLOSE_FRAME.getCode(),
					reasonOf(last)));
		}));
	}

	/**
	 * What happens to a socket, in order. Who receives has to be there from the beginning, though nothing is asked for
	 * before the socket is opened: an error that meets nobody, such as that of a message that is too long, makes the
	 * server cut the connection without a word.
	 */
	private Flux<Runnable> events(Socket socket) {
		Flux<Runnable> messages = this.session.receive()
			.mapNotNull(this::read)
			.map((message) -> () -> socket.received(message));
		return Flux.mergeDelayError(1, Flux.just(socket::opened), messages);
	}

	/** A close frame without a code has no reason either, though the library names one. */
	private static String reasonOf(@Nullable CloseStatus status) {
		String reason = (status != null && status.getCode() != CloseStatus.NO_STATUS_CODE.getCode())
				? status.getReason() : null;
		return (reason != null) ? reason : "";
	}

	private Mono<Void> call(Runnable task) {
		return this.workers.run(() -> {
			task.run();
			return null;
		}, (thread) -> {
		});
	}

	/** The message of a frame; null for what only tells that the client is there. */
	private @Nullable SocketMessage read(WebSocketMessage frame) {
		this.heardNanos = System.nanoTime();
		if (this.malformed) {
			return null;
		}
		return switch (frame.getType()) {
			case TEXT -> text(frame.getPayload());
			case BINARY -> new SocketMessage.Binary(bytes(frame.getPayload()));
			case PING, PONG -> null;
		};
	}

	private @Nullable SocketMessage text(DataBuffer payload) {
		try {
			return new SocketMessage.Text(
					StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(payload))).toString());
		}
		catch (CharacterCodingException ex) {
			this.malformed = true;
			close(CloseStatus.BAD_DATA.getCode(), "not UTF-8");
			return null;
		}
	}

	private static byte[] bytes(DataBuffer payload) {
		byte[] bytes = new byte[payload.readableByteCount()];
		payload.read(bytes);
		return bytes;
	}

	private WebSocketMessage write(Outgoing message) {
		this.queuedBytes.addAndGet(-message.bytes());
		if (this.waiting.get() > 0) {
			signal();
		}
		return message.message().apply(this.session);
	}

	private void signal() {
		this.lock.lock();
		try {
			this.drained.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean sendPatiently(SocketMessage message) {
		if (send(message)) {
			return true;
		}
		long left = SEND_TIME.toNanos();
		this.lock.lock();
		this.waiting.incrementAndGet();
		try {
			while (left > 0 && this.status.get() == null) {
				if (send(message)) {
					return true;
				}
				left = this.drained.awaitNanos(left);
			}
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.waiting.decrementAndGet();
			this.lock.unlock();
		}
	}

	@Override
	public boolean send(SocketMessage message) {
		return switch (message) {
			case SocketMessage.Text text -> offer(
					new Outgoing((session) -> session.textMessage(text.text()), text.text().length()));
			case SocketMessage.Binary binary -> offer(new Outgoing(
					(session) -> session.binaryMessage((factory) -> factory.wrap(binary.bytes())),
					binary.bytes().length));
		};
	}

	/** Puts a message into the queue; false when that is full, which it may be before anybody takes from it. */
	private synchronized boolean offer(Outgoing message) {
		if (this.queuedBytes.get() > (long) FULL_MESSAGES * this.settings.maxMessageBytes()) {
			return false;
		}
		this.queuedBytes.addAndGet(message.bytes());
		boolean taken = switch (this.queue.tryEmitNext(message)) {
			case OK, FAIL_TERMINATED, FAIL_CANCELLED -> true;
			case FAIL_OVERFLOW, FAIL_ZERO_SUBSCRIBER, FAIL_NON_SERIALIZED -> false;
		};
		if (!taken) {
			this.queuedBytes.addAndGet(-message.bytes());
		}
		return taken;
	}

	private void complete() {
		synchronized (this) {
			this.queue.tryEmitComplete();
		}
		signal();
	}

	@Override
	public void close(int code, String reason) {
		CloseStatus given = new CloseStatus(code, reason.isEmpty() ? null : reason);
		if (this.status.compareAndSet(null, given)) {
			complete();
			if (code == CloseStatus.SERVICE_OVERLOAD.getCode()) {
				this.cut.tryEmitEmpty();
			}
			Schedulers.parallel().schedule(this.abort, CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/** Our close frame, after everything that waited. */
	private Mono<Void> sayGoodbye() {
		CloseStatus given = this.status.get();
		return (given == null) ? Mono.empty()
				: this.session.close(given).timeout(CLOSE_TIME).onErrorResume((ex) -> Mono.fromRunnable(this.abort));
	}

	/** Closes because of a message that is longer, over all its frames, than one may be. */
	private boolean isTooLong(Throwable problem) {
		boolean tooLong = FlinSockets.NETTY && NettySockets.isTooLong(problem);
		if (tooLong) {
			close(TOO_BIG.getCode(), String.valueOf(TOO_BIG.getReason()));
		}
		return tooLong;
	}

	private Mono<Void> failed(Throwable problem) {
		logger.debug("A socket ended with an error", problem);
		complete();
		return this.session.close(CloseStatus.SERVER_ERROR).timeout(CLOSE_TIME).onErrorComplete();
	}

	/** Asks a silent client whether it is there; closes one that has been silent for too long. */
	void check(long now) {
		long silent = now - this.heardNanos;
		if (silent > this.settings.idle().toNanos()) {
			close(SILENT.getCode(), String.valueOf(SILENT.getReason()));
		}
		else if (silent > this.settings.ping().toNanos() && now - this.askedNanos > this.settings.ping().toNanos()) {
			this.askedNanos = now;
			offer(PING);
		}
	}

}
