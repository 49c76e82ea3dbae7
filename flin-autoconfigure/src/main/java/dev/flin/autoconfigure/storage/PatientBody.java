package dev.flin.autoconfigure.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read while it comes. The timeout of a request ends with the header fields: this one gives up
 * when no byte comes for as long, so that a service that stalls holds nobody up for ever.
 */
final class PatientBody extends InputStream implements BodySubscriber<InputStream> {

	/** What the service has sent, that it is done, or that the connection broke. */
	private record Event(List<ByteBuffer> bytes, boolean last, @Nullable Throwable problem) {
	}

	private final Duration patience;

	/** Never more than one part and the end: another part is asked for when one was taken. */
	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private final Deque<ByteBuffer> current = new ArrayDeque<>();

	private final CompletableFuture<Subscription> subscribed = new CompletableFuture<>();

	private boolean ended;

	PatientBody(Duration patience) {
		this.patience = patience;
	}

	@Override
	public CompletionStage<InputStream> getBody() {
		return CompletableFuture.completedFuture(this);
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (this.subscribed.complete(subscription)) {
			subscription.request(1);
		}
		else {
			subscription.cancel();
		}
	}

	@Override
	public void onNext(List<ByteBuffer> item) {
		this.events.add(new Event(item, false, null));
	}

	@Override
	public void onError(Throwable throwable) {
		this.events.add(new Event(List.of(), true, throwable));
	}

	@Override
	public void onComplete() {
		this.events.add(new Event(List.of(), true, null));
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		while (length > 0) {
			ByteBuffer next = this.current.peekFirst();
			if (next == null) {
				if (this.ended) {
					return -1;
				}
				await();
			}
			else if (next.hasRemaining()) {
				int taken = Math.min(length, next.remaining());
				next.get(target, offset, taken);
				return taken;
			}
			else {
				this.current.removeFirst();
			}
		}
		return 0;
	}

	private void await() throws IOException {
		Event event = poll();
		if (event == null) {
			close();
			throw new IOException("the storage has sent nothing for " + this.patience.toMillis() + " ms");
		}
		this.ended = event.last();
		if (event.problem() != null) {
			throw new IOException("the storage broke off", event.problem());
		}
		this.current.addAll(event.bytes());
		if (!this.ended) {
			this.subscribed.join().request(1);
		}
	}

	private @Nullable Event poll() throws IOException {
		try {
			return this.events.poll(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			close();
			throw new InterruptedIOException("interrupted while the storage was read");
		}
	}

	/** Who does not want the rest tells the service, which would go on sending otherwise. */
	@Override
	public void close() {
		this.ended = true;
		this.current.clear();
		this.subscribed.thenAccept(Subscription::cancel);
	}

}
