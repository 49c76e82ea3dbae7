package dev.flin.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.flin.benchmarks.report.Samples;

/** Sends the same request over several connections, each as fast as it is answered, until a time or a count is over. */
public final class LoadGenerator {

	/** Stands in a path for the number of the connection. */
	public static final String CONNECTION = "{connection}";

	private static final int COUNT_MAX = 400_000;

	private final int port;

	private final int connections;

	public LoadGenerator(int port, int connections) {
		this.port = port;
		this.connections = connections;
	}

	public Round run(String path, Duration time) throws IOException, InterruptedException {
		List<Future<long[]>> parts = new ArrayList<>();
		long started = System.nanoTime();
		try (ExecutorService threads = Executors.newFixedThreadPool(this.connections)) {
			for (int i = 0; i < this.connections; i++) {
				byte[] request = HttpConnection.get(path.replace(CONNECTION, Integer.toString(i)));
				parts.add(threads.submit(() -> send(request, started + time.toNanos())));
			}
		}
		double seconds = (System.nanoTime() - started) / 1e9;
		List<long[]> latencies = new ArrayList<>();
		for (Future<long[]> part : parts) {
			latencies.add(result(part));
		}
		double[] all = latencies.stream().flatMapToLong(Arrays::stream).asDoubleStream().toArray();
		return new Round(all.length, all.length / seconds, Samples.percentile(all, 50) / 1e3,
				Samples.percentile(all, 99) / 1e3);
	}

	private long[] send(byte[] request, long deadline) throws IOException {
		long[] latencies = new long[1024];
		int count = 0;
		try (HttpConnection connection = new HttpConnection(this.port)) {
			long before = System.nanoTime();
			while (before < deadline && count < COUNT_MAX / this.connections) {
				HttpConnection.Answer answer = connection.exchange(request);
				if (answer.status() != 200) {
					throw new IOException("status " + answer.status() + " under load");
				}
				long after = System.nanoTime();
				if (count == latencies.length) {
					latencies = Arrays.copyOf(latencies, count * 2);
				}
				latencies[count++] = after - before;
				before = after;
			}
		}
		return Arrays.copyOf(latencies, count);
	}

	private static long[] result(Future<long[]> part) throws IOException, InterruptedException {
		try {
			return part.get();
		}
		catch (ExecutionException ex) {
			throw new IOException("a connection failed: " + ex.getCause(), ex);
		}
	}

	/**
	 * What was measured.
	 *
	 * @param count requests answered
	 * @param perSecond requests answered in a second
	 * @param p50 median latency in microseconds
	 * @param p99 latency in microseconds that one in a hundred exceeds
	 */
	public record Round(int count, double perSecond, double p50, double p99) {
	}

}
