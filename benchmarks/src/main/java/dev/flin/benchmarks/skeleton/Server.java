package dev.flin.benchmarks.skeleton;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.load.HttpConnection;

/** The application in a JVM of its own, in one of three kinds. */
final class Server implements AutoCloseable {

	/** What the application has of FLIN. */
	enum Kind {

		/** Not on the class path. */
		WITHOUT("without the starter"),
		/** On the class path, but no file to serve. */
		EMPTY("starter, no .flin file"),
		/** On the class path, with a handful of files. */
		FILES("starter, 6 .flin files");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		String label() {
			return this.label;
		}

	}

	private final Fork fork;

	private final int port;

	private final StartUp startUp;

	private Server(Fork fork, int port, StartUp startUp) {
		this.fork = fork;
		this.port = port;
		this.startUp = startUp;
	}

	/** Starts it, and asks for a path as soon as it listens. */
	static Server start(Kind kind, Path data, String firstPath) throws IOException {
		long started = System.nanoTime();
		Fork fork = Fork.of(BenchApplication.class)
			.classPath((entry) -> kind != Kind.WITHOUT || !isFlin(entry))
			.options("-Xmx512m", "-XX:+UseG1GC")
			.arguments("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn",
					"--flin.development=false", "--flin.store.directory=" + data,
					"--flin.root=classpath:" + ((kind == Kind.FILES) ? "/skeleton/" : "/nothing/"))
			.limit(Duration.ofMinutes(10))
			.start();
		try {
			double ready = Double.parseDouble(fork.await("ready"));
			int port = Integer.parseInt(fork.await("port"));
			long asked = System.nanoTime();
			try (HttpConnection connection = new HttpConnection(port)) {
				connection.exchange(HttpConnection.get(firstPath));
			}
			long answered = System.nanoTime();
			return new Server(fork, port,
					new StartUp(ready, (answered - asked) / 1e6, (answered - started) / 1e6));
		}
		catch (IOException | RuntimeException ex) {
			fork.close();
			throw ex;
		}
	}

	private static boolean isFlin(String entry) {
		String name = entry.replace('\\', '/');
		return name.contains("/flin-") || name.contains("/h2-mvstore") || name.contains("/org/ow2/asm/");
	}

	int port() {
		return this.port;
	}

	StartUp startUp() {
		return this.startUp;
	}

	@Override
	public void close() {
		this.fork.close();
	}

	/**
	 * Times in milliseconds.
	 *
	 * @param ready from the start of the JVM until the application was ready
	 * @param firstResponse of the first request
	 * @param total from the start of the process until the first response was there
	 */
	record StartUp(double ready, double firstResponse, double total) {
	}

}
