package dev.flin.benchmarks.fork;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A child JVM. It answers with lines {@code @key=value} on its standard output; what else it writes is kept for the
 * message when it fails. It ends when its standard input does.
 */
public final class Fork implements AutoCloseable {

	private static final char MARK = '@';

	private final Process process;

	private final BufferedReader lines;

	private final List<String> chatter = new ArrayList<>();

	private Fork(Process process) {
		this.process = process;
		this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	public static Builder of(Class<?> main) {
		return new Builder(main.getName());
	}

	/** The entries of the class path of this JVM. */
	public static List<String> ownClassPath() {
		return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
	}

	/** Prints an answer of the child that runs this. */
	public static void answer(String key, Object value) {
		System.out.println(MARK + key + "=" + value.toString().replace("\n", "\\n"));
		System.out.flush();
	}

	/**
	 * Waits for an answer.
	 * @throws ForkFailedException when the child ends without it
	 */
	public String await(String key) {
		String start = MARK + key + "=";
		try {
			for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				if (line.startsWith(start)) {
					return line.substring(start.length());
				}
				if (this.chatter.size() < 40) {
					this.chatter.add(line);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new ForkFailedException("no answer '" + key + "'\n" + String.join("\n", this.chatter));
	}

	/**
	 * Waits until the child has ended by itself.
	 * @throws ForkFailedException when it failed
	 */
	public void awaitEnd() {
		try {
			for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				if (this.chatter.size() < 40) {
					this.chatter.add(line);
				}
			}
			if (this.process.waitFor() != 0) {
				throw new ForkFailedException("it failed\n" + String.join("\n", this.chatter));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ForkFailedException("interrupted");
		}
	}

	/** Sends a line to the child. */
	public void say(String line) {
		try {
			this.process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the child wrote besides its answers, as far as it was read. */
	public List<String> chatter() {
		return List.copyOf(this.chatter);
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	/** Thrown when a child does not answer. */
	public static final class ForkFailedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String story;

		ForkFailedException(String story) {
			super(story);
			this.story = story;
		}

		/** What the child wrote. */
		public String story() {
			return this.story;
		}

	}

	/** What to start. */
	public static final class Builder {

		private final String main;

		private final List<String> options = new ArrayList<>();

		private final List<String> arguments = new ArrayList<>();

		private List<String> classPath = ownClassPath();

		private @Nullable Duration limit;

		private Builder(String main) {
			this.main = main;
		}

		/** Options of the JVM. */
		public Builder options(String... values) {
			this.options.addAll(List.of(values));
			return this;
		}

		public Builder arguments(Object... values) {
			Arrays.stream(values).map(Object::toString).forEach(this.arguments::add);
			return this;
		}

		/** Which entries of this JVM's class path the child has; all when not given. */
		public Builder classPath(Predicate<String> wanted) {
			this.classPath = ownClassPath().stream().filter(wanted).toList();
			return this;
		}

		/** The class path of the child. */
		public Builder classPath(List<String> entries) {
			this.classPath = List.copyOf(entries);
			return this;
		}

		/** Ends the child after this time, whatever it does. */
		public Builder limit(Duration value) {
			this.limit = value;
			return this;
		}

		public Fork start() {
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(this.options);
			command.add("--enable-native-access=ALL-UNNAMED");
			command.add("-cp");
			command.add(String.join(File.pathSeparator, this.classPath));
			command.add(this.main);
			command.addAll(this.arguments);
			try {
				Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
				if (this.limit != null) {
					process.onExit().orTimeout(this.limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally((late) -> {
						process.destroyForcibly();
						return process;
					});
				}
				return new Fork(process);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
