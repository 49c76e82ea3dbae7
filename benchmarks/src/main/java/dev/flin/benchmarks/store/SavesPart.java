package dev.flin.benchmarks.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Table;
import dev.flin.store.StoreHealth;

/** New versions of records, each a transaction of its own, by 1 to 64 writers at once. */
final class SavesPart {

	private static final int[] WRITERS = { 1, 4, 16, 64 };

	private static final String RAW = "raw append and force";

	private static final String FLIN = "FLIN store";

	private final Path data;

	private final int rounds;

	private final Duration time;

	private final Duration warmUp;

	private final List<Double> savesPerForce = new ArrayList<>();

	SavesPart(Path data, boolean quick) {
		this.data = data;
		this.rounds = quick ? 5 : 9;
		this.time = Duration.ofMillis(quick ? 80 : 500);
		this.warmUp = Duration.ofSeconds(quick ? 16 : 120);
	}

	/** Without forces first: everything saves more often then, and is compiled when it has to wait for the disk. */
	String run(PrintStream out) throws Exception {
		String notDurable = run(false, out);
		return run(true, out) + "; not durable " + notDurable;
	}

	private String run(boolean durable, PrintStream out) throws Exception {
		List<Database> databases = new ArrayList<>();
		List<List<Database.Session>> sessions = new ArrayList<>();
		String kind = durable ? "durable" : "not durable";
		try {
			for (Databases.Opener opener : Databases.ALL) {
				Database database = opener.open(this.data.resolve("saves-" + kind + databases.size()), durable);
				databases.add(database);
				sessions.add(sessions(database));
			}
			List<Rounds> measured = new ArrayList<>();
			int bytes = bytesOfSave(((FlinDatabase) databases.getFirst()));
			try (RawLog log = new RawLog(this.data.resolve("raw-" + kind), bytes, true)) {
				warmUp(sessions, log, out);
				for (int writers : WRITERS) {
					measured.add(measure(databases, sessions, durable ? log : null, writers));
				}
			}
			print(kind, measured, out);
			return durable ? summary(measured, growth(sessions.getFirst()))
					: Table.ratio(measured.getFirst().ratio(FLIN, "SQLite")) + " of SQLite";
		}
		finally {
			for (List<Database.Session> ofOne : sessions) {
				for (Database.Session session : ofOne) {
					session.close();
				}
			}
			for (Database database : databases) {
				database.close();
			}
		}
	}

	private void warmUp(List<List<Database.Session>> sessions, RawLog log, PrintStream out) throws Exception {
		List<Rounds.Work> works = new ArrayList<>();
		works.add((writer, n) -> {
			log.append();
			return 1;
		});
		for (List<Database.Session> own : sessions) {
			works.add((writer, n) -> {
				own.get(writer).update(Item.of(1 + writer, n + 2));
				return 1;
			});
		}
		Duration took = WarmUp.untilQuiet(works, WRITERS, this.warmUp);
		out.println("warmed up for " + took.toMillis() + " ms");
	}

	private static List<Database.Session> sessions(Database database) throws Exception {
		List<Database.Session> sessions = new ArrayList<>();
		for (int i = 1; i <= WRITERS[WRITERS.length - 1]; i++) {
			Database.Session session = database.session();
			session.insert(Item.of(i, 1));
			sessions.add(session);
		}
		return sessions;
	}

	/** The log's growth by one save. Checkpoints, which shrink it, are far away yet. */
	private static int bytesOfSave(FlinDatabase database) throws Exception {
		int count = 100;
		long before = database.store().health().logBytes();
		try (Database.Session session = database.session()) {
			for (int i = 0; i < count; i++) {
				session.update(Item.of(1, i + 2));
			}
		}
		return (int) ((database.store().health().logBytes() - before) / count);
	}

	private Rounds measure(List<Database> databases, List<List<Database.Session>> sessions,
			@Nullable RawLog log, int writers) throws Exception {
		Rounds measured = Rounds.ofWarm(this.rounds, this.time);
		if (log != null) {
			measured.add(RAW, (writer, n) -> {
				log.append();
				return 1;
			});
		}
		for (int i = 0; i < databases.size(); i++) {
			List<Database.Session> own = sessions.get(i);
			measured.add(databases.get(i).name(), (writer, n) -> {
				own.get(writer).update(Item.of(writer + 1, n + 2));
				return 1;
			});
		}
		StoreHealth before = ((FlinDatabase) databases.getFirst()).store().health();
		if (log != null && writers == 1) {
			measured.runAlternating();
		}
		else {
			measured.run(writers);
		}
		StoreHealth after = ((FlinDatabase) databases.getFirst()).store().health();
		if (after.forces() > before.forces()) {
			this.savesPerForce.add((double) (after.commits() - before.commits()) / (after.forces() - before.forces()));
		}
		return measured;
	}

	private void print(String kind, List<Rounds> measured, PrintStream out) {
		Table table = new Table(kind + " saves/s, median of " + this.rounds, "1 writer", "4 writers", "16 writers",
				"64 writers", "FLIN / it", "", "", "");
		for (String name : measured.getFirst().names()) {
			List<String> cells = new ArrayList<>(List.of(name));
			measured.forEach((rounds) -> cells.add(Table.whole(rounds.rate(name))));
			measured.forEach((rounds) -> cells.add(Table.ratio(rounds.ratio(FLIN, name))));
			table.row(cells);
		}
		table.print(out);
		if (!this.savesPerForce.isEmpty()) {
			out.println("saves of FLIN a force: " + this.savesPerForce.stream().map((value) ->
					Table.fraction(value, 1)).toList() + "\n");
			this.savesPerForce.clear();
		}
	}

	/** How many times as much all save as one, in turn: what the disk does changes from second to second. */
	private double growth(List<Database.Session> own) throws Exception {
		Rounds.Work save = (writer, n) -> {
			own.get(writer).update(Item.of(writer + 1, n + 2));
			return 1;
		};
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < this.rounds; round++) {
			double one = Rounds.perSecond(1, save, this.time);
			ratios.add(Rounds.perSecond(own.size(), save, this.time) / one);
		}
		return Samples.median(ratios);
	}

	private static String summary(List<Rounds> measured, double growth) {
		List<String> ofRaw = measured.stream().map((rounds) -> Table.ratio(rounds.ratio(FLIN, RAW))).toList();
		return "durable saves " + String.join(" ", ofRaw) + " of raw append and force with 1 4 16 64 writers, "
				+ Table.ratio(measured.getFirst().ratio(FLIN, "SQLite")) + " of SQLite, 64 writers "
				+ Table.ratio(growth) + " of one";
	}

}
