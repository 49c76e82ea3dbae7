package dev.flin.benchmarks.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Table;

/** Queries over indexes of many records; results are compared before anything is measured. */
final class QueriesPart {

	private static final String FLIN = "FLIN store";

	/** Of so many records one is saved again before the past is asked about. */
	private static final int CHANGED_OF = 50;

	private final Path data;

	private final int records;

	private final int rounds;

	private final Duration time;

	private final boolean cpuTime;

	private boolean equal = true;

	QueriesPart(Path data, boolean quick, boolean cpuTime) {
		this.cpuTime = cpuTime;
		this.data = data;
		this.records = quick ? 50_000 : 1_000_000;
		this.rounds = quick ? 3 : 7;
		this.time = Duration.ofMillis(quick ? 80 : 300);
	}

	/** Asks a question that differs from time to time; gives a number that says whether answers are equal. */
	interface Question {

		long ask(long n) throws Exception;

	}

	/** The questions by their names. */
	interface Queries extends AutoCloseable {

		void load(int records, int batch) throws Exception;

		/** Saves some records again and gives a moment before that. */
		Instant change(int every) throws Exception;

		Map<String, Question> questions(Instant before) throws Exception;

		@Override
		void close() throws SQLException;

	}

	boolean isEqual() {
		return this.equal;
	}

	String run(PrintStream out) throws Exception {
		Map<String, Queries> all = new LinkedHashMap<>();
		Map<String, Map<String, Question>> questions = new LinkedHashMap<>();
		try {
			all.put(FLIN, new FlinQueries(this.data.resolve("queries-flin")));
			all.put("SQLite", new SqlQueries(SqlDatabase.sqlite(this.data.resolve("queries-sqlite"), false)));
			all.put("H2 SQL", new SqlQueries(SqlDatabase.h2(this.data.resolve("queries-h2"), false)));
			for (Map.Entry<String, Queries> entry : all.entrySet()) {
				long start = System.nanoTime();
				entry.getValue().load(this.records, 1_000);
				out.printf(Locale.ROOT, "%s: %,d records saved in %.1f s%n", entry.getKey(), this.records,
						(System.nanoTime() - start) / 1e9);
				Instant before = entry.getValue().change(CHANGED_OF);
				questions.put(entry.getKey(), entry.getValue().questions(before));
			}
			out.println();
			compare(questions, out);
			return measure(questions, out);
		}
		finally {
			for (Queries queries : all.values()) {
				queries.close();
			}
		}
	}

	private void compare(Map<String, Map<String, Question>> questions, PrintStream out) throws Exception {
		for (Map.Entry<String, Question> question : questions.getOrDefault(FLIN, Map.of()).entrySet()) {
			for (Map.Entry<String, Map<String, Question>> other : questions.entrySet()) {
				for (long n = 0; n < 3; n++) {
					long wanted = question.getValue().ask(n);
					long found = ask(other.getValue(), question.getKey(), n);
					if (wanted != found) {
						out.printf("%s: '%s' gives %d in %s and %d in FLIN%n", other.getKey(), question.getKey(), found,
								other.getKey(), wanted);
						this.equal = false;
					}
				}
			}
		}
	}

	private static long ask(Map<String, Question> questions, String name, long n) throws Exception {
		Question question = questions.get(name);
		if (question == null) {
			throw new IllegalStateException("no question " + name);
		}
		return question.ask(n);
	}

	private String measure(Map<String, Map<String, Question>> questions, PrintStream out) throws Exception {
		Table table = new Table("queries/s over " + Table.whole(this.records), FLIN, "SQLite", "H2 SQL",
				"FLIN / SQLite", "FLIN / H2");
		List<Double> sqlite = new ArrayList<>();
		List<Double> h2 = new ArrayList<>();
		for (String name : questions.getOrDefault(FLIN, Map.of()).keySet()) {
			Rounds rounds = new Rounds(this.rounds, this.time, this.cpuTime);
			questions.forEach((database, own) -> rounds.add(database,
					(worker, n) -> (ask(own, name, n) == Long.MIN_VALUE) ? 0 : 1));
			rounds.run(1);
			sqlite.add(rounds.ratio(FLIN, "SQLite"));
			h2.add(rounds.ratio(FLIN, "H2 SQL"));
			table.row(name, Table.fraction(rounds.rate(FLIN), 1), Table.fraction(rounds.rate("SQLite"), 1),
					Table.fraction(rounds.rate("H2 SQL"), 1), Table.ratio(sqlite.getLast()),
					Table.ratio(h2.getLast()));
		}
		table.print(out);
		return "queries over " + Table.whole(this.records) + " records " + Table.ratio(Samples.geometricMean(sqlite))
				+ " of SQLite, " + Table.ratio(Samples.geometricMean(h2)) + " of H2";
	}

}
