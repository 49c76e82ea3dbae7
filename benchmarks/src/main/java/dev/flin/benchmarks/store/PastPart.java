package dev.flin.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.benchmarks.report.Table;

/** Reads of the past: a record at a time, all versions of a record; and the space that versions take. */
final class PastPart {

	private static final String FLIN = "FLIN store";

	private static final String PROGRAM = "FLIN program";

	private final Path data;

	private final Load load;

	private final int rounds;

	private final Duration time;

	private final List<Loaded> all = new ArrayList<>();

	private final boolean cpuTime;

	private boolean equal = true;

	PastPart(Path data, boolean quick, boolean cpuTime) {
		this.cpuTime = cpuTime;
		this.data = data;
		this.load = quick ? new Load(200, 2_300, 50) : new Load(1_000, 19_000, 100);
		this.rounds = quick ? 3 : 9;
		this.time = Duration.ofMillis(quick ? 60 : 300);
	}

	/** A database with everything saved. */
	private record Loaded(Path directory, Database database, Database.Session session, Instant[] moments,
			double bytesPerVersion) {
	}

	boolean isEqual() {
		return this.equal;
	}

	String run(PrintStream out) throws Exception {
		for (Databases.Opener opener : Databases.ALL) {
			this.all.add(load(opener));
		}
		try {
			for (Loaded loaded : this.all) {
				check(loaded, out);
			}
			Loaded flin = this.all.getFirst();
			// another engine cannot open a directory that is in use, so the program reads a copy
			Path copy = this.data.resolve("past-program");
			flin.database().close();
			copy(flin.directory(), copy);
			FlinDatabase reopened = FlinDatabase.open(flin.directory(), false);
			this.all.set(0, new Loaded(flin.directory(), reopened, reopened.session(), flin.moments(),
					flin.bytesPerVersion()));
			try (FlinProgram program = new FlinProgram(copy, this.load, flin.moments())) {
				check(program, out);
				return measure(program, out);
			}
		}
		finally {
			for (Loaded loaded : this.all) {
				loaded.session().close();
				loaded.database().close();
			}
		}
	}

	private Loaded load(Databases.Opener opener) throws Exception {
		Path directory = this.data.resolve("past" + this.all.size());
		Instant[] moments;
		try (Database database = opener.open(directory, false)) {
			moments = this.load.into(database);
		}
		double bytes = (double) size(directory) / this.load.versions();
		Database database = opener.open(directory, false);
		return new Loaded(directory, database, database.session(), moments, bytes);
	}

	static long size(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			long sum = 0;
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				sum += Files.size(file);
			}
			return sum;
		}
	}

	static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(from.relativize(file).toString()));
			}
		}
	}

	private void check(Loaded loaded, PrintStream out) throws Exception {
		for (int n = 0; n < 200; n++) {
			long id = this.load.uniformId(n);
			int mark = this.load.uniformMark(n);
			Item found = loaded.session().asOf(id, loaded.moments()[mark]);
			boolean same = Objects.equals(found, this.load.at(id, mark))
					&& loaded.session().history(id).equals(this.load.history(id));
			if (!same) {
				out.printf("%s: record %d at mark %d is not what was saved%n", loaded.database().name(), id, mark);
				this.equal = false;
				return;
			}
		}
	}

	private void check(FlinProgram program, PrintStream out) {
		long uniform = 0;
		long skewed = 0;
		long history = 0;
		for (int n = 0; n < FlinProgram.READS; n++) {
			Item item = this.load.at(this.load.uniformId(n), this.load.uniformMark(n));
			Item often = this.load.at(this.load.skewedId(n), this.load.skewedMark(n));
			uniform += (item == null) ? 0 : item.sum();
			skewed += (often == null) ? 0 : often.sum();
		}
		for (int n = 0; n < FlinProgram.HISTORIES; n++) {
			history += this.load.history(this.load.uniformId(n)).stream().mapToLong(Item::sum).sum();
		}
		boolean same = program.run("uniform.flin") == uniform && program.run("skewed.flin") == skewed
				&& program.run("history.flin") == history;
		if (!same) {
			out.println(PROGRAM + ": a sum is not that of what was saved");
			this.equal = false;
		}
	}

	private String measure(FlinProgram program, PrintStream out) throws Exception {
		Rounds current = new Rounds(this.rounds, this.time, this.cpuTime);
		Rounds uniform = new Rounds(this.rounds, this.time, this.cpuTime);
		Rounds skewed = new Rounds(this.rounds, this.time, this.cpuTime);
		Rounds history = new Rounds(this.rounds, this.time, this.cpuTime);
		uniform.add(PROGRAM, (worker, n) -> count(program.run("uniform.flin"), FlinProgram.READS));
		skewed.add(PROGRAM, (worker, n) -> count(program.run("skewed.flin"), FlinProgram.READS));
		history.add(PROGRAM, (worker, n) -> count(program.run("history.flin"), FlinProgram.HISTORIES));
		for (Loaded loaded : this.all) {
			String name = loaded.database().name();
			Database.Session session = loaded.session();
			current.add(name, (worker, n) -> found(session.find(this.load.uniformId(n))));
			uniform.add(name, (worker, n) -> count(session.asOf(this.load.uniformId(n % FlinProgram.READS),
					loaded.moments()[this.load.uniformMark(n % FlinProgram.READS)]), 1));
			skewed.add(name, (worker, n) -> count(session.asOf(this.load.skewedId(n % FlinProgram.READS),
					loaded.moments()[this.load.skewedMark(n % FlinProgram.READS)]), 1));
			history.add(name, (worker, n) -> count(session.history(this.load.uniformId(n % FlinProgram.HISTORIES)),
					1));
		}
		for (Rounds rounds : List.of(current, uniform, skewed, history)) {
			rounds.run(1);
		}
		print(current, uniform, skewed, history, out);
		double space = this.all.getFirst().bytesPerVersion();
		double envers = this.all.stream()
			.filter((loaded) -> loaded.database().name().startsWith("Envers"))
			.mapToDouble(Loaded::bytesPerVersion)
			.min()
			.orElse(Double.NaN);
		return "as-of reads as entities " + Table.ratio(uniform.ratio(PROGRAM, "SQLite")) + " (skewed "
				+ Table.ratio(skewed.ratio(PROGRAM, "SQLite")) + ") of SQLite, "
				+ Table.whole(uniform.ratio(PROGRAM, "Envers, validity")) + "× of Envers validity; history "
				+ Table.ratio(history.ratio(PROGRAM, "H2 SQL")) + " of H2 SQL; bytes per version "
				+ Table.ratio(space / envers) + " of Envers; current version of a long history "
				+ Table.ratio(longHistory(out)) + " the time";
	}

	private static long found(@Nullable Object value) {
		if (value == null) {
			throw new IllegalStateException("a record is missing");
		}
		return 1;
	}

	/** Keeps a result from being optimised away. */
	private static long count(@Nullable Object value, long units) {
		return (value != null && value.hashCode() == 0x5EED5EED) ? units - 1 : units;
	}

	private void print(Rounds current, Rounds uniform, Rounds skewed, Rounds history, PrintStream out) {
		out.printf("%,d versions of %,d records, each saved alone; reads by one thread%n%n", this.load.versions(),
				this.load.records());
		Table table = new Table("reads/s, median of " + this.rounds, "current", "as of, uniform", "as of, skewed",
				"history", "bytes a version", "FLIN / it", "uniform", "skewed", "history");
		for (String name : uniform.names()) {
			double bytes = this.all.stream()
				.filter((loaded) -> loaded.database().name().equals(name))
				.mapToDouble(Loaded::bytesPerVersion)
				.sum();
			String flin = name.equals(FLIN) || name.equals(PROGRAM) ? FLIN : PROGRAM;
			table.row(name, Table.whole(current.rate(name)), Table.whole(uniform.rate(name)),
					Table.whole(skewed.rate(name)), Table.whole(history.rate(name)),
					(bytes == 0) ? "-" : Table.whole(bytes), "", Table.ratio(uniform.ratio(flin, name)),
					Table.ratio(skewed.ratio(flin, name)), Table.ratio(history.ratio(flin, name)));
		}
		table.print(out);
	}

	/** How much longer it takes to read a record with a long history. */
	private double longHistory(PrintStream out) throws Exception {
		int versions = 20_000;
		try (FlinDatabase database = FlinDatabase.open(this.data.resolve("long"), false);
				Database.Session session = database.session()) {
			for (int id = 1; id <= 2; id++) {
				session.insert(Item.of(id, 1));
			}
			for (int version = 2; version <= versions; version++) {
				session.update(Item.of(2, version));
			}
			Rounds rounds = new Rounds(this.rounds, this.time, this.cpuTime);
			rounds.add("short", (worker, n) -> found(session.find(1)));
			rounds.add("long", (worker, n) -> found(session.find(2)));
			rounds.run(1);
			out.printf("reads/s of a record with one version %,.0f, with %,d versions %,.0f%n%n",
					rounds.rate("short"), versions, rounds.rate("long"));
			return rounds.ratio("short", "long");
		}
	}

}
