package dev.flin.test.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Runs conformance cases. As a program: {@code ConformanceRunner [--only PATTERN] DIR|FILE…} prints one line for each
 * failure and ends with {@code N passed, N failed}; the exit status is 1 when a case failed.
 */
public final class ConformanceRunner {

	/** A case that takes longer hangs. */
	static final Duration CASE_TIME_MAX = Duration.ofSeconds(20);

	private static final long STACK_BYTES = 16L << 20;

	private ConformanceRunner() {
	}

	/**
	 * The program.
	 * @param args folders and files, and perhaps {@code --only PATTERN}: a part of {@code file :: title}, {@code *}
	 * standing for any text
	 */
	public static void main(String[] args) throws IOException {
		System.exit(run(List.of(args), System.out));
	}

	/** Runs with arguments and gives the exit status. */
	static int run(List<String> args, PrintStream out) throws IOException {
		List<Path> places = new ArrayList<>();
		String only = null;
		for (int i = 0; i < args.size(); i++) {
			if (args.get(i).equals("--only") && i + 1 < args.size()) {
				only = args.get(++i);
			}
			else {
				places.add(Path.of(args.get(i)));
			}
		}
		if (places.isEmpty()) {
			out.println("usage: conformance [--only PATTERN] DIR|FILE...");
			return 2;
		}
		int[] counts = new int[2];
		runAll(ConformanceCase.read(places), only, (test, failure) -> {
			counts[(failure == null) ? 0 : 1]++;
			if (failure != null) {
				out.println("FAILED " + test.id() + ": " + failure.replace('\n', ' '));
			}
		});
		out.println(counts[0] + " passed, " + counts[1] + " failed");
		return (counts[1] == 0) ? 0 : 1;
	}

	/** Why each case failed, by its id, in order; null for those that passed. */
	static Map<String, @Nullable String> results(List<Path> places) throws IOException {
		Map<String, @Nullable String> results = new LinkedHashMap<>();
		runAll(ConformanceCase.read(places), null, (test, failure) -> results.put(test.id(), failure));
		return results;
	}

	private static void runAll(List<ConformanceCase> cases, @Nullable String only,
			BiConsumer<ConformanceCase, @Nullable String> report) throws IOException {
		for (ConformanceCase test : cases) {
			if (only == null || matches(test.id(), only)) {
				report.accept(test, failure(test));
			}
		}
	}

	private static boolean matches(String id, String pattern) {
		int at = 0;
		for (String part : pattern.split("\\*")) {
			int found = id.indexOf(part, at);
			if (found < 0) {
				return false;
			}
			at = found + part.length();
		}
		return true;
	}

	/** Why a case fails, or null. A case that hangs is left behind on its own thread. */
	private static @Nullable String failure(ConformanceCase test) throws IOException {
		Path work = Files.createTempDirectory("flin-conformance");
		FutureTask<@Nullable String> task = new FutureTask<>(() -> attempt(test, work));
		Thread thread = new Thread(null, task, "conformance " + test.id(), STACK_BYTES);
		thread.setDaemon(true);
		thread.start();
		try {
			return task.get(CASE_TIME_MAX.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			thread.interrupt();
			return "took longer than " + CASE_TIME_MAX.toSeconds() + " seconds";
		}
		catch (ExecutionException ex) {
			return String.valueOf(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
		finally {
			delete(work);
		}
	}

	private static @Nullable String attempt(ConformanceCase test, Path work) {
		try {
			CaseRun.run(test, work);
			return null;
		}
		catch (CaseFailure ex) {
			return ex.getMessage();
		}
		catch (RuntimeException | Error ex) {
			StackTraceElement[] trace = ex.getStackTrace();
			return ex + ((trace.length > 0) ? " at " + trace[0] : "");
		}
	}

	private static void delete(Path work) throws IOException {
		try (Stream<Path> files = Files.walk(work)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
