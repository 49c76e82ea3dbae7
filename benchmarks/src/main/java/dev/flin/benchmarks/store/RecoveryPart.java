package dev.flin.benchmarks.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;

import dev.flin.benchmarks.report.Table;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreKeys;
import dev.flin.store.StoreConfig.Durability;

/** How long it takes to open a store of which nothing but the log is left, and one that was closed. */
final class RecoveryPart {

	/** Seconds in which a million log records have to be back. */
	private static final double GOAL = 10;

	private static final int RECORDS = 10_000;

	private final Path data;

	private final int saves;

	private final boolean cpuTime;

	private boolean equal = true;

	RecoveryPart(Path data, boolean quick, boolean cpuTime) {
		this.cpuTime = cpuTime;
		this.data = data;
		this.saves = quick ? 100_000 : 1_000_000;
	}

	boolean isEqual() {
		return this.equal;
	}

	String run(PrintStream out) throws Exception {
		Path directory = this.data.resolve("recovery");
		Path copy = this.data.resolve("recovery-copy");
		// no checkpoint, so that every save is still in the log
		StoreConfig config = new StoreConfig(Durability.NONE, Duration.ofSeconds(1), 16 << 20, Long.MAX_VALUE,
				Long.MAX_VALUE, 32L << 20, ZoneOffset.UTC, false, StoreKeys.NONE,
				this.cpuTime ? Runnable::run : (task) -> Thread.ofPlatform().daemon().start(task));
		try (FlinDatabase database = FlinDatabase.open(directory, config);
				Database.Session session = database.session()) {
			for (int save = 0; save < this.saves; save++) {
				Item item = Item.of(1 + save % RECORDS, 1 + save / RECORDS);
				if (save < RECORDS) {
					session.insert(item);
				}
				else {
					session.update(item);
				}
			}
			PastPart.copy(directory, copy);
		}
		long start = Rounds.clock(this.cpuTime);
		FlinDatabase recovered = FlinDatabase.open(copy, config);
		double seconds = (Rounds.clock(this.cpuTime) - start) / 1e9;
		check(recovered, out);
		recovered.close();
		start = Rounds.clock(this.cpuTime);
		FlinDatabase.open(copy, false).close();
		double clean = (Rounds.clock(this.cpuTime) - start) / 1e9;
		out.printf(Locale.ROOT, "%,d log records recovered in %.2f s; opened and closed in %.3f s after that%n%n",
				this.saves, seconds, clean);
		return "a million log records recovered in "
				+ Table.ratio(seconds * 1_000_000 / this.saves / GOAL) + " of " + Table.whole(GOAL) + " s";
	}

	private void check(FlinDatabase recovered, PrintStream out) throws Exception {
		try (Database.Session session = recovered.session()) {
			for (int save = this.saves - RECORDS; save < this.saves; save++) {
				Item item = Item.of(1 + save % RECORDS, 1 + save / RECORDS);
				if (!item.equals(session.find(item.id()))) {
					out.printf("record %d is not what was saved%n", item.id());
					this.equal = false;
					return;
				}
			}
		}
	}

}
