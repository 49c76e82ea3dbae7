package dev.flin.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;

/**
 * What one run, request, action or job has: where it prints, its time and chance, its limits, and the services of its
 * host. Used by one thread at a time; only {@link #stop} may be called from another.
 */
public final class FlinContext {

	/** How many {@linkplain #stopMarks marks} there are: a power of two. */
	public static final int STOP_MARKS = 16;

	private static final VarHandle STOP_REASON;

	static {
		try {
			STOP_REASON = MethodHandles.lookup().findVarHandle(FlinContext.class, "stopReason", FlinError.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("the stop flag of a context cannot be reached", ex);
		}
	}

	/** How long a thread of a run waits for its turn before it asks for it. */
	private static final long TURN_MILLIS = 1;

	private static final Object NO_RESULT = new Object();

	/** How many services a run has of its own, as a rule. */
	private static final int SERVICES = 8;

	private final BuiltinDispatch builtins;

	private final Consumer<String> printSink;

	private final InstantSource clock;

	private final ZoneId zone;

	private final RandomGenerator random;

	private final Limits limits;

	/** A copy of the limit, because every call reads it. */
	private final int callDepthMax;

	/** A copy too: each text that is put together is compared with it. */
	private final int collectionSizeMax;

	/** The types of the run's own services; so few that looking at all of them is faster than a map. */
	private Class<?>[] serviceTypes = new Class<?>[SERVICES];

	private Object[] services = new Object[SERVICES];

	private int serviceCount;

	/** Those of the engine, which all its contexts share. */
	private final Map<Class<?>, Object> hostServices;

	/** The service that was asked for last: code that makes records asks for the same one each time. */
	private @Nullable Object lastService;

	private final TextMemo texts = new TextMemo();

	/** The text without surrogates that was read last of those that {@link #texts} remembers. */
	private @Nullable String simpleText;

	/** All zero until the run is to stop. */
	private final int[] stopMarks = new int[STOP_MARKS];

	private Locale locale;

	/** Where the locale comes from when somebody asks for it first; null once it is known. */
	private @Nullable Supplier<Locale> localeSource;

	private int callDepth;

	/** What a function leaves here that gives ints bare and has another result; {@link #NO_RESULT} else. */
	private @Nullable Object otherResult = NO_RESULT;

	private long outputBytes;

	private Instant nowFloor = Instant.MIN;

	/** Written by other threads; read through {@link #STOP_REASON}. */
	private @Nullable FlinError stopReason;

	/** Held by the thread that runs code of FLIN. Only one does, unless it is asked to let others. */
	private final ReentrantLock turn = new ReentrantLock(true);

	/** Whether a thread has waited for its turn long enough that the one that has it should hand it over. */
	private boolean turnWanted;

	/** What the depth that remains has to reach: more than there ever is when the marks are set, else zero. */
	private int depthFloor;

	private FlinContext(Builder builder) {
		this.builtins = builder.builtins;
		this.printSink = builder.printSink;
		this.clock = builder.clock;
		this.zone = builder.zone;
		this.locale = builder.locale;
		this.random = builder.random;
		this.limits = builder.limits;
		this.callDepthMax = builder.limits.callDepth();
		this.collectionSizeMax = builder.limits.collectionSize();
		builder.services.forEach(this::put);
		this.hostServices = builder.hostServices;
	}

	/**
	 * Starts a context. Clock and randomness have no default, because every run must be replayable.
	 */
	public static Builder builder(BuiltinDispatch builtins, InstantSource clock, RandomGenerator random) {
		return new Builder(builtins, clock, random);
	}

	public BuiltinDispatch builtins() {
		return this.builtins;
	}

	public ZoneId zone() {
		return this.zone;
	}

	public Locale locale() {
		Supplier<Locale> source = this.localeSource;
		if (source != null) {
			this.localeSource = null;
			this.locale = source.get();
		}
		return this.locale;
	}

	public void locale(Locale locale) {
		this.localeSource = null;
		this.locale = locale;
	}

	/** Says where the locale comes from, which is asked when it is needed first. */
	public void locale(Supplier<Locale> source) {
		this.localeSource = source;
	}

	public RandomGenerator random() {
		return this.random;
	}

	public Limits limits() {
		return this.limits;
	}

	TextMemo texts() {
		return this.texts;
	}

	/** Whether each code unit of a text is a code point. */
	boolean isSimple(String text) {
		return text == this.simpleText || isOtherSimple(text);
	}

	private boolean isOtherSimple(String text) {
		boolean simple = this.texts.isSimple(text);
		if (simple && this.texts.remembers(text)) {
			this.simpleText = text;
		}
		return simple;
	}

	/** The number of code points of a text. */
	int length(String text) {
		return (text == this.simpleText) ? text.length() : this.texts.length(text);
	}

	/** Writes one line of {@code print}. */
	public void print(String line) {
		countOutput(line.length() + 1L);
		this.printSink.accept(line);
	}

	/** Counts bytes that are about to be written against the limit. */
	public void countOutput(long bytes) {
		this.outputBytes += bytes;
		if (this.outputBytes > this.limits.outputBytes()) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"the output is longer than the limit of " + this.limits.outputBytes()
							+ " bytes (flin.limits.output)");
		}
	}

	/** The time of {@code now}: the clock's, in microseconds, but never before what the run has already seen. */
	public Instant now() {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		return now.isBefore(this.nowFloor) ? this.nowFloor : now;
	}

	/** Tells that the run has seen a system time: {@code now} will not lie before it. */
	public void raiseNow(Instant seen) {
		if (seen.isAfter(this.nowFloor)) {
			this.nowFloor = seen;
		}
	}

	/**
	 * Called at the start of a FLIN function that is not a tail call; {@link #leave} is called on each way out.
	 */
	public void enter() {
		if (++this.callDepth > this.callDepthMax) {
			throw tooDeep();
		}
	}

	public void leave() {
		this.callDepth--;
	}

	/** The depth now, to be restored with {@link #callDepth(int)} by a handler that caught an error. */
	public int callDepth() {
		return this.callDepth;
	}

	public void callDepth(int depth) {
		this.callDepth = depth;
	}

	/** How many calls may still be nested: what generated code passes on from call to call instead of counting here. */
	public int remainingDepth() {
		return this.callDepthMax - this.callDepth;
	}

	/** Says how deep the calls are, before code runs that counts here. */
	public void remainingDepth(int remaining) {
		this.callDepth = this.callDepthMax - remaining;
	}

	/** The error of a call that is too deep; also what a stack overflow of the thread becomes. */
	public FlinError tooDeep() {
		return new FlinError(FlinError.LIMIT_ERROR,
				"calls are nested deeper than the limit of " + this.callDepthMax + " (flin.limits.call-depth)");
	}

	/**
	 * What loops look at every so many turns, so that what runs can always be stopped: one of the marks, which they
	 * choose by the number of the turn; when it is not zero they call {@link #interrupted}. It costs a read of plain
	 * memory: no field that the JIT compiler holds in a register has to be read again after it, and because of a read
	 * of the same place the compiler would make one before the loop.
	 * @return an array of {@link #STOP_MARKS}
	 */
	public int[] stopMarks() {
		return this.stopMarks;
	}

	/**
	 * As {@link #stopMarks}, in a function that recurs before it calls anything, and fails when it is called too deep:
	 * both in one comparison that always goes the same way. As calls lie between two reads of the floor, the JIT
	 * compiler cannot make one of them.
	 * @param remaining how many calls may still be nested in that function
	 */
	public void checkCall(int remaining) {
		if (remaining < this.depthFloor) {
			belowFloor(remaining);
		}
	}

	/**
	 * A result of a function that gives ints bare. The least int stands for what is none, until the caller has asked
	 * for it: nothing runs in between.
	 */
	public long leaveResult(@Nullable Object result) {
		if (result instanceof Long whole) {
			return whole.longValue();
		}
		this.otherResult = result;
		return Long.MIN_VALUE;
	}

	/** What an int stands for that a function gave; null where it stands for itself. */
	public @Nullable Object otherThan(long result) {
		return (result == Long.MIN_VALUE) ? otherResult() : null;
	}

	/** What the least int stands for that a function gave; that int if nothing was left. */
	private @Nullable Object otherResult() {
		Object result = this.otherResult;
		this.otherResult = NO_RESULT;
		return (result != NO_RESULT) ? result : (Object) Long.MIN_VALUE;
	}

	private void belowFloor(int remaining) {
		if (remaining < 0) {
			throw tooDeep();
		}
		interrupted();
	}

	/** Called where a mark is set: the run is to stop, or another thread of it waits for its turn. */
	public void interrupted() {
		poll();
		if (this.turnWanted) {
			handOver();
		}
	}

	/** As {@link #stopMarks}, for code that has no count of its turns. */
	public void poll() {
		if (STOP_REASON.getOpaque(this) != null) {
			throw stopped();
		}
	}

	/** Stops the run at its next poll. May be called from any thread; the first reason counts. */
	public void stop(FlinError reason) {
		synchronized (this.stopMarks) {
			if (STOP_REASON.compareAndSet(this, null, reason)) {
				mark();
			}
		}
	}

	private void mark() {
		boolean marked = this.turnWanted || STOP_REASON.getOpaque(this) != null;
		this.depthFloor = marked ? Integer.MAX_VALUE : 0;
		Arrays.fill(this.stopMarks, marked ? 1 : 0);
	}

	/**
	 * Takes a reason to stop back, once what it stopped has ended.
	 * @return whether it was the reason
	 */
	public boolean resume(FlinError reason) {
		synchronized (this.stopMarks) {
			boolean taken = STOP_REASON.compareAndSet(this, reason, null);
			if (taken) {
				mark();
			}
			return taken;
		}
	}

	/** How many elements a list or map may have. */
	public int collectionSizeMax() {
		return this.collectionSizeMax;
	}

	/** A text that was put together, unless it is larger than allowed. */
	public String checked(String text) {
		if (text.length() > this.collectionSizeMax) {
			checkSize(text.length());
		}
		return text;
	}

	/** Fails when a collection or text is about to become larger than allowed. */
	public void checkSize(long size) {
		if (size > this.collectionSizeMax) {
			throw new FlinError(FlinError.LIMIT_ERROR, "a value of size " + size + " is over the limit of "
					+ this.collectionSizeMax + " (flin.limits.collection-size)");
		}
	}

	/**
	 * Runs code of FLIN on a thread that the run started, when no other thread of it does.
	 * @param depth how deep the calls around it are
	 */
	public void inTurn(int depth, Runnable code) {
		takeTurn();
		try {
			this.callDepth = depth;
			code.run();
		}
		finally {
			this.turn.unlock();
		}
	}

	/** Does something that waits. Meanwhile the other threads of the run may go on. */
	public void whileOthersRun(Runnable waiting) {
		int depth = this.callDepth;
		int holds = this.turn.getHoldCount();
		for (int i = 0; i < holds; i++) {
			this.turn.unlock();
		}
		try {
			waiting.run();
		}
		finally {
			for (int i = 0; i < holds; i++) {
				takeTurn();
			}
			this.callDepth = depth;
		}
	}

	/** Lets a thread run that waits for its turn. */
	private void handOver() {
		whileOthersRun(() -> {
		});
	}

	/** Waits for the turn. Whoever has it keeps it for a while, and hands it over at its next poll after that. */
	private void takeTurn() {
		if (this.turn.isHeldByCurrentThread()) {
			this.turn.lock();
			return;
		}
		boolean interrupted = Thread.interrupted();
		try {
			while (!this.turn.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
				turnWanted(true);
			}
			turnWanted(false);
		}
		catch (InterruptedException ex) {
			interrupted = true;
			turnWanted(true);
			this.turn.lock();
			turnWanted(false);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void turnWanted(boolean wanted) {
		synchronized (this.stopMarks) {
			this.turnWanted = wanted;
			mark();
		}
	}

	/** A service of the host, or null when this run has none of the kind. */
	public <T> @Nullable T service(Class<T> type) {
		Object last = this.lastService;
		if (last == null || last.getClass() != type) {
			int place = placeOf(type);
			last = (place < this.serviceCount) ? this.services[place] : this.hostServices.get(type);
			this.lastService = last;
		}
		return type.cast(last);
	}

	/** Where the run has a service of its own; the number of them when it has none. */
	private int placeOf(Class<?> type) {
		int place = 0;
		while (place < this.serviceCount && this.serviceTypes[place] != type) {
			place++;
		}
		return place;
	}

	private void put(Class<?> type, Object service) {
		int place = placeOf(type);
		if (place == this.services.length) {
			this.serviceTypes = Arrays.copyOf(this.serviceTypes, place * 2);
			this.services = Arrays.copyOf(this.services, place * 2);
		}
		this.serviceTypes[place] = type;
		this.services[place] = service;
		this.serviceCount = Math.max(this.serviceCount, place + 1);
	}

	/**
	 * A service that the running operation needs.
	 * @param what what needs it, for the message, such as {@code 'redirect'}
	 */
	public <T> T require(Class<T> type, String what) {
		T service = service(type);
		if (service == null) {
			throw new FlinError(what + " is not available here");
		}
		return service;
	}

	/** Gives this run a service, or replaces it. */
	public <T> void service(Class<T> type, T service) {
		put(type, service);
		this.lastService = null;
	}

	/** A new error each time, so that its trace is that of the place that was stopped. */
	public FlinError stopped() {
		FlinError reason = (FlinError) STOP_REASON.getAcquire(this);
		if (reason == null) {
			return new FlinError(FlinError.INTERRUPTED_ERROR, "the run was stopped");
		}
		return new FlinError(reason.code(), reason.message(), reason);
	}

	/** Collects what a context is made of. */
	public static final class Builder {

		private final BuiltinDispatch builtins;

		private final InstantSource clock;

		private final RandomGenerator random;

		private Map<Class<?>, Object> services = Map.of();

		private Map<Class<?>, Object> hostServices = Map.of();

		private Consumer<String> printSink = line -> {
		};

		private ZoneId zone = ZoneOffset.UTC;

		private Locale locale = Locale.ENGLISH;

		private Limits limits = Limits.DEFAULT;

		private Builder(BuiltinDispatch builtins, InstantSource clock, RandomGenerator random) {
			this.builtins = builtins;
			this.clock = clock;
			this.random = random;
		}

		/** Receives each printed line, without a line break. */
		public Builder printSink(Consumer<String> sink) {
			this.printSink = sink;
			return this;
		}

		public Builder zone(ZoneId zone) {
			this.zone = zone;
			return this;
		}

		public Builder locale(Locale locale) {
			this.locale = locale;
			return this;
		}

		public Builder limits(Limits limits) {
			this.limits = limits;
			return this;
		}

		public <T> Builder service(Class<T> type, T service) {
			if (this.services.isEmpty()) {
				this.services = new IdentityHashMap<>();
			}
			this.services.put(type, service);
			return this;
		}

		/** Services that many contexts share; never changed while one lives. */
		public Builder hostServices(Map<Class<?>, Object> shared) {
			this.hostServices = shared;
			return this;
		}

		public FlinContext build() {
			return new FlinContext(this);
		}

	}

}
