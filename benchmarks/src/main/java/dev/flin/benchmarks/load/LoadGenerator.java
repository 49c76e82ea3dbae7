package dev.flin.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import dev.flin.benchmarks.report.Samples;

/**
 * Sends the same request over several connections, each as fast as it is answered, until a time or a count is over. One
 * thread does it all, so that it takes little of what the server needs.
 */
public final class LoadGenerator {

	/** Stands in a path for the number of the connection. */
	public static final String CONNECTION = "{connection}";

	private static final int COUNT_MAX = 400_000;

	/** An answer that takes longer has failed. */
	private static final long ANSWER_MILLIS = 20_000;

	private final int port;

	private final int connections;

	public LoadGenerator(int port, int connections) {
		this.port = port;
		this.connections = connections;
	}

	public Round run(String path, Duration time) throws IOException {
		List<LoadConnection> open = new ArrayList<>();
		try (Selector selector = Selector.open()) {
			for (int i = 0; i < this.connections; i++) {
				byte[] request = HttpConnection.get(path.replace(CONNECTION, Integer.toString(i)));
				LoadConnection connection = new LoadConnection(this.port, request);
				open.add(connection);
				connection.register(selector);
			}
			return send(selector, open, time);
		}
		finally {
			for (LoadConnection connection : open) {
				connection.close();
			}
		}
	}

	private static Round send(Selector selector, List<LoadConnection> connections, Duration time) throws IOException {
		long[] latencies = new long[1024];
		int count = 0;
		int waiting = connections.size();
		long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		long started = System.nanoTime();
		long deadline = started + time.toNanos();
		for (LoadConnection connection : connections) {
			connection.send();
		}
		while (waiting > 0) {
			if (selector.select(ANSWER_MILLIS) == 0) {
				throw new IOException("no answer within " + ANSWER_MILLIS + " ms");
			}
			for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext();) {
				LoadConnection connection = (LoadConnection) keys.next().attachment();
				keys.remove();
				long latency = connection.receive();
				if (latency < 0) {
					continue;
				}
				if (count == latencies.length) {
					latencies = Arrays.copyOf(latencies, count * 2);
				}
				latencies[count++] = latency;
				if (System.nanoTime() < deadline && count < COUNT_MAX) {
					connection.send();
				}
				else {
					waiting--;
				}
			}
		}
		double nanos = System.nanoTime() - started;
		double cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
		double[] all = Arrays.stream(latencies, 0, count).asDoubleStream().toArray();
		return new Round(count, count / nanos * 1e9, Samples.percentile(all, 50) / 1e3,
				Samples.percentile(all, 99) / 1e3, cpu / nanos);
	}

	/**
	 * What was measured.
	 *
	 * @param count requests answered
	 * @param perSecond requests answered in a second
	 * @param p50 median latency in microseconds
	 * @param p99 latency in microseconds that one in a hundred exceeds
	 * @param busy which part of the time the generator's thread used a core: near 1 it measured itself
	 */
	public record Round(int count, double perSecond, double p50, double p99, double busy) {
	}

}
