package dev.flin.benchmarks.web;

import java.nio.file.Path;
import java.time.Duration;

import dev.flin.benchmarks.fork.Fork;

/** {@link WebApplication} in a JVM of its own. */
final class WebServer implements AutoCloseable {

	private final Fork fork;

	private final int port;

	private WebServer(Fork fork, int port) {
		this.fork = fork;
		this.port = port;
	}

	static WebServer start(Path data, boolean security, String... options) {
		Fork fork = Fork.of(WebApplication.class)
			.classPath((entry) -> security || !entry.contains("spring-security")
					&& !entry.contains("spring-boot-security"))
			.options("-Xmx1g", "-XX:+UseG1GC")
			.options(options)
			.arguments("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn",
					"--flin.development=false", "--flin.store.directory=" + data, "--flin.root=classpath:/web/",
					"--flin.web.socket.max-connections=20000", "--flin.web.events.max-connections=20000",
					"--flin.web.events.max-per-client=20000", "--bench.security=" + security)
			.limit(Duration.ofMinutes(30))
			.start();
		try {
			return new WebServer(fork, Integer.parseInt(fork.await("port")));
		}
		catch (RuntimeException ex) {
			fork.close();
			throw ex;
		}
	}

	int port() {
		return this.port;
	}

	/** Bytes of the heap in use after a collection. */
	long heap() {
		this.fork.say("heap");
		return Long.parseLong(this.fork.await("heap"));
	}

	/** CPU time of the process so far. */
	double cpuSeconds() {
		this.fork.say("cpu");
		return Long.parseLong(this.fork.await("cpu")) / 1e9;
	}

	/** Bytes that all threads have allocated on the heap so far. */
	double allocatedBytes() {
		this.fork.say("allocated");
		return Long.parseLong(this.fork.await("allocated"));
	}

	@Override
	public void close() {
		this.fork.close();
	}

}
