package dev.flin.store.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreConfig.Durability;
import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * Appends records and makes them durable. Whoever comes last of those that may be expected writes and forces everything
 * that was appended so far; those who come meanwhile wait for the next round, which one of them leads. Whenever
 * records wait and no round is under way, the first who waits is awake or sleeps for a limited time. After the first
 * failure nothing is written any more and no force is tried again: what the disk has is unknown then.
 *
 * @param <M> what belongs to a moment in the log and is handed back when that moment is durable
 */
public final class WriteAheadLog<M> implements Closeable {

	/** Space ahead of the last record is filled with zeros, so that a force needs no new length of the file. */
	private static final int PREALLOCATE_BYTES = 1 << 20;

	private static final int ZEROS_BYTES = 64 << 10;

	private record Segment(String name, long firstSequence) {
	}

	/** A thread that waits for a record, or with {@code Long.MAX_VALUE} for its turn to lead. */
	private record Waiter(Thread thread, long sequence) {
	}

	private final FileSystem files;

	private final int segmentBytes;

	private final Durability durability;

	private final long forceIntervalMillis;

	private final InstantSource clock;

	private final Consumer<M> whenDurable;

	private final ReentrantLock lock = new ReentrantLock();

	/** Whether somebody writes and forces; whoever sets it leads the round. */
	private final AtomicBoolean rounding = new AtomicBoolean();

	/** Those who wait for a round to end, in the order in which they came. */
	private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();

	private final CommitDelay delay = new CommitDelay();

	private final Deque<Segment> segments = new ArrayDeque<>();

	/** Guarded by {@link #lock}. */
	private final RecordBuffers buffers = new RecordBuffers();

	private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);

	private @Nullable M fillingMark;

	/** Changes under {@link #lock}. */
	private volatile long lastSequence;

	private volatile long durableSequence;

	private volatile long forcedSequence;

	private volatile @Nullable Throwable failure;

	private @Nullable StoreFile file;

	private long position;

	private long allocated;

	private volatile long lastForceMillis;

	private volatile long forces;

	/** Written by the leader of a round alone, as the count is. */
	private volatile long forceNanos;

	private volatile long bytesSinceStart;

	/**
	 * Creates a log behind what a reader found; call {@link #start(LogReader.End)} before use.
	 * @param files the data directory
	 * @param segmentBytes the size of a segment
	 * @param durability when a record counts as durable
	 * @param forceInterval how often to force with {@link Durability#INTERVAL}
	 * @param clock for that interval
	 * @param whenDurable takes the newest mark of each round, in order, on the thread that led it
	 */
	public WriteAheadLog(FileSystem files, int segmentBytes, Durability durability, Duration forceInterval,
			InstantSource clock, Consumer<M> whenDurable) {
		this.files = files;
		this.segmentBytes = segmentBytes;
		this.durability = durability;
		this.forceIntervalMillis = forceInterval.toMillis();
		this.clock = clock;
		this.whenDurable = whenDurable;
	}

	/**
	 * Goes on where the log ends; an unfinished write is cut off first.
	 * @param end where that is
	 * @throws IOException when a file cannot be written
	 */
	public void start(LogReader.End end) throws IOException {
		for (String name : this.files.list(LogFormat.FOLDER)) {
			if (name.matches("\\d{20}\\.log")) {
				this.segments.add(new Segment(name, Long.parseLong(name.substring(0, 20))));
			}
		}
		this.lastSequence = end.lastSequence();
		this.durableSequence = end.lastSequence();
		this.forcedSequence = end.lastSequence();
		this.lastForceMillis = this.clock.millis();
		if (end.end() == 0) {
			if (!end.segment().isEmpty()) {
				this.files.delete(LogFormat.FOLDER + "/" + end.segment());
				this.segments.removeLast();
			}
			newSegment(this.lastSequence + 1);
			return;
		}
		this.file = this.files.open(LogFormat.FOLDER + "/" + end.segment());
		this.position = end.end();
		// everything behind the end goes, also where only zeros are: the rest of a torn write may lie in an old page
		this.file.truncate(this.position);
		this.allocated = this.position;
		this.file.force(true);
		// whoever made the segment may have ended before its name was forced
		this.files.forceFolder(LogFormat.FOLDER);
		this.files.forceFolder("");
	}

	/**
	 * Makes sure of the memory for a record. Nothing may be appended between this and that record.
	 * @param length the payload's bytes
	 * @throws StoreException.TooLarge when the log takes no such record
	 */
	public void reserve(int length) {
		if (length > LogFormat.PAYLOAD_BYTES_MAX) {
			throw new StoreException.TooLarge(length, LogFormat.PAYLOAD_BYTES_MAX);
		}
		this.lock.lock();
		try {
			this.buffers.reserve(length);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds a record. Calls must come one at a time and in order of sequence.
	 * @param sequence the record's sequence, one more than the last
	 * @param payload the payload
	 * @param mark what to hand back when it is durable
	 */
	public void append(long sequence, ByteBuffer payload, M mark) {
		this.lock.lock();
		try {
			checkWritable();
			if (sequence != this.lastSequence + 1) {
				throw new IllegalStateException("Record " + sequence + " cannot follow " + this.lastSequence);
			}
			this.buffers.put(sequence, this.forcedSequence, payload);
			this.lastSequence = sequence;
			this.fillingMark = mark;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until a record is as durable as the log makes it.
	 * @param sequence the record
	 * @throws StoreException.ReadOnly when it could not be made durable
	 */
	public void await(long sequence) {
		if (this.durableSequence < sequence) {
			round(sequence, this.durability == Durability.SYNC);
		}
	}

	/**
	 * Whether what is appended now waits in any case, because a round is under way or others are expected.
	 * @return false when the next round may begin
	 */
	public boolean isGathering() {
		return this.rounding.get() || !isComplete();
	}

	private boolean isComplete() {
		return this.delay.isComplete(this.lastSequence - this.durableSequence);
	}

	/**
	 * Writes and forces everything appended so far, whatever the durability.
	 * @throws StoreException.ReadOnly when that fails
	 */
	public void force() {
		round(Long.MAX_VALUE, true);
	}

	/** Leads a round, or waits until those of others have done what is wanted. */
	private void round(long sequence, boolean sync) {
		Waiter waiter = null;
		boolean interrupted = false;
		long patience = (sync && sequence != Long.MAX_VALUE) ? this.delay.patienceNanos() : 0;
		try {
			while (this.durableSequence < sequence) {
				checkWritable();
				if ((patience <= 0 || isComplete()) && this.rounding.compareAndSet(false, true)) {
					leadIfNeeded(sequence, sync);
					return;
				}
				if (waiter == null) {
					// looks again before it sleeps: the round may have ended before anybody could see who waits
					waiter = new Waiter(Thread.currentThread(), sequence);
					this.waiting.add(waiter);
				}
				else {
					patience -= sleep(waiter, patience);
					interrupted |= Thread.interrupted();
				}
			}
		}
		finally {
			if (waiter != null && this.waiting.remove(waiter)) {
				wakeFirst();
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Sleeps until the end of a round or, when there is none, until others have come. Only the first who waits may have
	 * to lead without them.
	 * @param patience how long others are waited for
	 * @return how long they were
	 */
	private long sleep(Waiter waiter, long patience) {
		if (this.rounding.get() || this.waiting.peek() != waiter) {
			LockSupport.park(this);
			return 0;
		}
		long start = System.nanoTime();
		LockSupport.parkNanos(this, patience);
		return System.nanoTime() - start;
	}

	private void leadIfNeeded(long sequence, boolean sync) {
		boolean done = true;
		try {
			done = (sequence == Long.MAX_VALUE) ? this.forcedSequence >= lastSequence()
					: this.durableSequence >= sequence;
			if (!done) {
				lead(sync);
			}
		}
		finally {
			this.rounding.set(false);
			wake();
		}
		if (!done) {
			checkWritable();
		}
	}

	/** Wakes all for whom this round was enough, then who sees to the next one; after a failure everybody. */
	private void wake() {
		long durable = (this.failure == null) ? this.durableSequence : Long.MAX_VALUE;
		for (Iterator<Waiter> all = this.waiting.iterator(); all.hasNext();) {
			Waiter waiter = all.next();
			if (waiter.sequence() <= durable) {
				all.remove();
				LockSupport.unpark(waiter.thread());
			}
		}
		wakeFirst();
	}

	/** Whoever is not the first who waits relies on the first, so the next one has to learn that it is the first. */
	private void wakeFirst() {
		Waiter first = this.waiting.peek();
		if (first != null) {
			LockSupport.unpark(first.thread());
		}
	}

	/**
	 * Forces what was written since the last force, when the interval of {@link Durability#INTERVAL} is over; does
	 * nothing with another durability. A commit that no other follows is forced by this alone, so it has to be called
	 * about as often as the interval says.
	 */
	public void forceDue() {
		if (this.durability == Durability.INTERVAL && this.failure == null
				&& this.forcedSequence < this.durableSequence
				&& this.clock.millis() - this.lastForceMillis >= this.forceIntervalMillis) {
			force();
		}
	}

	private void lead(boolean sync) {
		ByteBuffer batch;
		M mark;
		long upTo;
		this.lock.lock();
		try {
			batch = this.buffers.take();
			mark = this.fillingMark;
			this.fillingMark = null;
			upTo = this.lastSequence;
		}
		finally {
			this.lock.unlock();
		}
		try {
			long before = this.durableSequence;
			long start = System.nanoTime();
			write(batch, upTo, sync);
			if (mark != null) {
				this.whenDurable.accept(mark);
			}
			this.delay.rounded(upTo - before, this.lastSequence - upTo, System.nanoTime() - start);
			// last, so that whoever waited for it finds the mark handed back
			this.durableSequence = upTo;
		}
		catch (IOException | RuntimeException | Error ex) {
			setFailure(ex);
		}
	}

	private void write(ByteBuffer batch, long upTo, boolean sync) throws IOException {
		StoreFile target = openFile();
		int length = batch.remaining();
		if (length > 0) {
			if (this.position + length > this.segmentBytes && this.position > LogFormat.SEGMENT_HEADER_BYTES) {
				target = roll(firstSequenceOf(batch));
			}
			preallocate(target, length);
			target.write(batch, this.position);
			this.position += length;
			this.bytesSinceStart += length;
		}
		boolean due = this.durability == Durability.INTERVAL
				&& this.clock.millis() - this.lastForceMillis >= this.forceIntervalMillis;
		if (sync || due) {
			long start = System.nanoTime();
			target.force(false);
			this.forceNanos += System.nanoTime() - start;
			this.forces++;
			this.lastForceMillis = this.clock.millis();
			this.forcedSequence = upTo;
		}
	}

	private static long firstSequenceOf(ByteBuffer batch) {
		return batch.getLong(batch.position() + 8);
	}

	private void preallocate(StoreFile target, int length) throws IOException {
		long end = this.position + length;
		if (end <= this.allocated) {
			return;
		}
		long wanted = Math.max(end, Math.min(this.segmentBytes, end + PREALLOCATE_BYTES));
		for (long at = end; at < wanted; at += this.zeros.capacity()) {
			target.write(this.zeros.clear().limit((int) Math.min(this.zeros.capacity(), wanted - at)), at);
		}
		this.allocated = wanted;
	}

	private StoreFile openFile() {
		StoreFile open = this.file;
		if (open == null) {
			throw new IllegalStateException("The log was not started");
		}
		return open;
	}

	/** The old segment is forced before the new one exists: only the last segment can end in the middle of a write. */
	private StoreFile roll(long firstSequence) throws IOException {
		StoreFile old = openFile();
		old.force(false);
		this.forces++;
		this.forcedSequence = firstSequence - 1;
		old.close();
		return newSegment(firstSequence);
	}

	private StoreFile newSegment(long firstSequence) throws IOException {
		String name = LogFormat.fileName(firstSequence);
		StoreFile fresh = this.files.open(LogFormat.FOLDER + "/" + name);
		this.file = fresh;
		fresh.truncate(0);
		fresh.write(LogFormat.segmentHeader(firstSequence), 0);
		fresh.force(true);
		this.files.forceFolder(LogFormat.FOLDER);
		this.files.forceFolder("");
		this.lock.lock();
		try {
			this.segments.add(new Segment(name, firstSequence));
		}
		finally {
			this.lock.unlock();
		}
		this.position = LogFormat.SEGMENT_HEADER_BYTES;
		this.allocated = this.position;
		return fresh;
	}

	/**
	 * Forces everything and starts a new segment, unless the last one is empty. Nothing may be appended meanwhile.
	 * @return the sequence that the next record has, with which a segment now starts
	 * @throws IOException when a file cannot be written
	 */
	public long cut() throws IOException {
		force();
		try {
			if (this.position > LogFormat.SEGMENT_HEADER_BYTES) {
				roll(this.lastSequence + 1);
			}
			return this.lastSequence + 1;
		}
		catch (IOException | RuntimeException ex) {
			fail(ex);
			throw ex;
		}
	}

	/**
	 * Removes segments. Everything in them must be in the store file, durably.
	 * @param sequence what {@link #cut()} gave; segments that start with it or later stay
	 * @throws IOException when a file cannot be removed
	 */
	public void removeBefore(long sequence) throws IOException {
		try {
			for (Segment oldest = oldestSegment(); oldest.firstSequence() < sequence; oldest = oldestSegment()) {
				this.files.delete(LogFormat.FOLDER + "/" + oldest.name());
				this.lock.lock();
				try {
					this.segments.removeFirst();
				}
				finally {
					this.lock.unlock();
				}
			}
			this.files.forceFolder(LogFormat.FOLDER);
		}
		catch (IOException | RuntimeException ex) {
			fail(ex);
			throw ex;
		}
	}

	private Segment oldestSegment() {
		this.lock.lock();
		try {
			return this.segments.getFirst();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops writing for good.
	 * @param cause why
	 */
	public void fail(Throwable cause) {
		setFailure(cause);
		wake();
	}

	private void setFailure(Throwable cause) {
		this.lock.lock();
		try {
			if (this.failure == null) {
				this.failure = cause;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkWritable() {
		Throwable cause = this.failure;
		if (cause != null) {
			throw new StoreException.ReadOnly("writing failed (" + cause.getMessage() + ")", cause);
		}
	}

	/**
	 * Why nothing is written any more.
	 * @return the first failure, or null
	 */
	public @Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * The newest record.
	 * @return its sequence
	 */
	public long lastSequence() {
		this.lock.lock();
		try {
			return this.lastSequence;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The newest record that is as durable as the log makes it.
	 * @return its sequence
	 */
	public long durableSequence() {
		return this.durableSequence;
	}

	/**
	 * The newest record that is known to be on disk.
	 * @return its sequence
	 */
	public long forcedSequence() {
		return this.forcedSequence;
	}

	/**
	 * How often the log was forced.
	 * @return the number since the start
	 */
	public long forces() {
		return this.forces;
	}

	/** How long the forces took together. */
	public long forceNanos() {
		return this.forceNanos;
	}

	/**
	 * How much was written.
	 * @return bytes since the start
	 */
	public long bytesWritten() {
		return this.bytesSinceStart;
	}

	/**
	 * The number of files.
	 * @return the segments
	 */
	public int segmentCount() {
		this.lock.lock();
		try {
			return this.segments.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() throws IOException {
		StoreFile open = this.file;
		if (open != null) {
			open.close();
		}
	}

}
