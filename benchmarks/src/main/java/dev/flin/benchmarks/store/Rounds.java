package dev.flin.benchmarks.store;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.flin.benchmarks.report.Samples;

/** Measures several things in turn, so that what disturbs the machine disturbs all of them. */
final class Rounds {

	private static final int WARM_UP = 8;

	/** How many times as long everything together is done in turn. */
	private static final int ALTERNATING = 30;

	private static final int ALTERNATIONS_MIN = 25;

	/** How often one thing is done before the next one's turn; soon it has back what others took of the caches. */
	private static final int BURST = 32;

	private final int rounds;

	private final Duration time;

	private final Duration warmUp;

	private final boolean cpuTime;

	private final Map<String, Work> works = new LinkedHashMap<>();

	private final Map<String, List<Double>> samples = new LinkedHashMap<>();

	/**
	 * Prepares.
	 * @param cpuTime take the CPU time of a single worker instead of the time that passes
	 */
	Rounds(int rounds, Duration time, boolean cpuTime) {
		this(rounds, time, time.multipliedBy(WARM_UP), cpuTime);
	}

	private Rounds(int rounds, Duration time, Duration warmUp, boolean cpuTime) {
		this.rounds = rounds;
		this.time = time;
		this.warmUp = warmUp;
		this.cpuTime = cpuTime;
	}

	/** Prepares for things whose code ran often enough before; their first round is as short as the others. */
	static Rounds ofWarm(int rounds, Duration time) {
		return new Rounds(rounds, time, time, false);
	}

	/** The clock of a measurement by one thread, in nanoseconds. */
	static long clock(boolean cpuTime) {
		return cpuTime ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : System.nanoTime();
	}

	/** Something done again and again. */
	interface Work {

		/**
		 * Does it.
		 * @param worker the thread, from 0
		 * @param n how often it did it before
		 * @return for how many it counts
		 */
		long once(int worker, long n) throws Exception;

	}

	void add(String name, Work work) {
		this.works.put(name, work);
		this.samples.put(name, new ArrayList<>());
	}

	/** Measures; the first round is not counted. */
	void run(int workers) throws Exception {
		for (int round = 0; round <= this.rounds; round++) {
			for (Map.Entry<String, Work> entry : this.works.entrySet()) {
				Duration length = (round == 0) ? this.warmUp : this.time;
				double rate = (workers == 1) ? perSecondOfOne(entry.getValue(), length)
						: perSecond(workers, entry.getValue(), length);
				if (round > 0) {
					List<Double> rates = this.samples.get(entry.getKey());
					if (rates != null) {
						rates.add(rate);
					}
				}
			}
		}
	}

	/**
	 * Measures one worker whose things take as long as a disk that others use, too: each is done a few times, then the
	 * next, so that what belongs to one round lies side by side in time. Their order changes, for the disk may still be
	 * busy with the one before. A single time would measure how much of the processor's caches the others took.
	 */
	void runAlternating() throws Exception {
		for (Work work : this.works.values()) {
			perSecondOfOne(work, this.warmUp);
		}
		long deadline = System.nanoTime() + this.time.multipliedBy(ALTERNATING).toNanos();
		for (long n = 0; n < ALTERNATIONS_MIN || System.nanoTime() < deadline; n++) {
			List<Map.Entry<String, Work>> shuffled = new ArrayList<>(this.works.entrySet());
			Collections.shuffle(shuffled, new Random(n));
			for (Map.Entry<String, Work> entry : shuffled) {
				long start = System.nanoTime();
				long done = 0;
				for (long i = 0; i < BURST; i++) {
					done += entry.getValue().once(0, n * BURST + i);
				}
				List<Double> rates = this.samples.get(entry.getKey());
				if (rates != null) {
					rates.add(done * 1e9 / (System.nanoTime() - start));
				}
			}
		}
	}

	/** What several workers do in a while, each in a thread of its own. */
	static double perSecond(int workers, Work work, Duration length) throws Exception {
		long started = System.nanoTime();
		long deadline = started + length.toNanos();
		List<Future<Long>> parts = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
			for (int i = 0; i < workers; i++) {
				int worker = i;
				parts.add(threads.submit(() -> repeat(worker, work, deadline)));
			}
		}
		long all = 0;
		for (Future<Long> part : parts) {
			all += part.get();
		}
		return all / ((System.nanoTime() - started) / 1e9);
	}

	private double perSecondOfOne(Work work, Duration length) throws Exception {
		long started = clock(this.cpuTime);
		long done = 0;
		long times = 0;
		long now = started;
		while (now - started < length.toNanos()) {
			done += work.once(0, times++);
			now = clock(this.cpuTime);
		}
		return done / ((now - started) / 1e9);
	}

	private static long repeat(int worker, Work work, long deadline) throws Exception {
		long done = 0;
		long times = 0;
		while (System.nanoTime() < deadline) {
			done += work.once(worker, times++);
		}
		return done;
	}

	/** The median of a second's count. */
	double rate(String name) {
		return Samples.median(this.samples.getOrDefault(name, List.of()));
	}

	/** The median of the ratios of each round. */
	double ratio(String name, String to) {
		List<Double> above = this.samples.getOrDefault(name, List.of());
		List<Double> below = this.samples.getOrDefault(to, List.of());
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
			ratios.add(above.get(i) / below.get(i));
		}
		return Samples.median(ratios);
	}

	List<String> names() {
		return List.copyOf(this.works.keySet());
	}

}
