package dev.flin.benchmarks.skeleton;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Table;
import dev.flin.benchmarks.store.RawLog;
import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreSchema;
import dev.flin.store.WriteTransaction;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.RealFileSystem;

/** New versions of records, each a transaction of its own, beside raw forced appends of as many bytes. */
final class SavesPart {

	private static final int[] WRITERS = { 1, 4, 16 };

	private static final String PRODUCT = "Product";

	private static final StoreSchema SCHEMA = new StoreSchema(List.of(EntitySchema.of(PRODUCT,
			FieldSchema.required("name", FieldType.TEXT), FieldSchema.required("price", FieldType.INT),
			FieldSchema.required("stock", FieldType.INT), FieldSchema.required("active", FieldType.BOOL),
			FieldSchema.required("notes", FieldType.TEXT))));

	private final Path data;

	private final int rounds;

	private final Duration time;

	SavesPart(Path data, boolean quick) {
		this.data = data;
		this.rounds = quick ? 3 : 9;
		this.time = Duration.ofMillis(quick ? 700 : 3_000);
	}

	String run(PrintStream out) throws Exception {
		Table table = new Table("durable saves/s, median of " + this.rounds, "store", "raw, a force each",
				"raw, forces shared", "store / raw each", "store / raw shared", "saves a force");
		List<String> ratios = new ArrayList<>();
		try (Store store = Stores.open(new RealFileSystem(this.data.resolve("saves")), StoreConfig.defaults(), SCHEMA,
				Clock.systemUTC())) {
			List<Long> ids = records(store);
			int bytes = bytesOfSave(store, ids);
			try (RawLog each = new RawLog(this.data.resolve("raw-each"), bytes, false);
					RawLog shared = new RawLog(this.data.resolve("raw-shared"), bytes, true)) {
				for (int writers : WRITERS) {
					ratios.add(measure(store, ids, each, shared, writers, table));
				}
			}
			table.print(out);
			out.println("a save is " + bytes + " bytes of log\n");
		}
		return "saves/s of raw append-and-force with 1, 4, 16 writers " + String.join(" ", ratios);
	}

	private String measure(Store store, List<Long> ids, RawLog each, RawLog shared, int writers, Table table)
			throws InterruptedException, ExecutionException {
		List<Double> saves = new ArrayList<>();
		List<Double> alone = new ArrayList<>();
		List<Double> grouped = new ArrayList<>();
		List<Double> toAlone = new ArrayList<>();
		List<Double> toGrouped = new ArrayList<>();
		long commits = store.health().commits();
		long forces = store.health().forces();
		for (int round = 0; round < this.rounds + 1; round++) {
			double raw = perSecond(writers, (writer, count) -> each.append());
			double saved = perSecond(writers, (writer, count) -> save(store, ids.get(writer), count));
			double rawShared = perSecond(writers, (writer, count) -> shared.append());
			if (round > 0) {
				saves.add(saved);
				alone.add(raw);
				grouped.add(rawShared);
				toAlone.add(saved / raw);
				toGrouped.add(saved / rawShared);
			}
		}
		double saved = (double) (store.health().commits() - commits) / (store.health().forces() - forces);
		table.row(writers + ((writers == 1) ? " writer" : " writers"), Table.whole(Samples.median(saves)),
				Table.whole(Samples.median(alone)), Table.whole(Samples.median(grouped)),
				Table.ratio(Samples.median(toAlone)), Table.ratio(Samples.median(toGrouped)),
				Table.fraction(saved, 1));
		return Table.ratio(Samples.median(toGrouped));
	}

	private static List<Long> records(Store store) {
		List<Long> ids = new ArrayList<>();
		for (int i = 0; i < 64; i++) {
			try (WriteTransaction transaction = store.begin(null)) {
				ids.add(transaction.insert(PRODUCT, values(i), null).id());
				transaction.commit();
			}
		}
		return ids;
	}

	/** The log's growth by one save. Checkpoints, which shrink it, are far away yet. */
	private static int bytesOfSave(Store store, List<Long> ids) {
		int count = 100;
		long before = store.health().logBytes();
		for (int i = 0; i < count; i++) {
			save(store, ids.getFirst(), i);
		}
		return (int) ((store.health().logBytes() - before) / count);
	}

	private static void save(Store store, long id, long count) {
		try (WriteTransaction transaction = store.begin(null)) {
			transaction.update(PRODUCT, id, values(count), null);
			transaction.commit();
		}
	}

	private static @Nullable Object[] values(long count) {
		return new Object[] { "A small round table", 1_000 + count, count % 100, true,
				"Oak, oiled; four legs that can be taken off. Delivered flat." };
	}

	private double perSecond(int writers, Write write) throws InterruptedException, ExecutionException {
		List<Future<Long>> parts = new ArrayList<>();
		long started = System.nanoTime();
		long deadline = started + this.time.toNanos();
		try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
			for (int i = 0; i < writers; i++) {
				int writer = i;
				parts.add(threads.submit(() -> {
					long count = 0;
					while (System.nanoTime() < deadline) {
						write.once(writer, count++);
					}
					return count;
				}));
			}
		}
		long all = 0;
		for (Future<Long> part : parts) {
			all += part.get();
		}
		return all / ((System.nanoTime() - started) / 1e9);
	}

	/** One durable write of one of the writers. */
	@FunctionalInterface
	private interface Write {

		void once(int writer, long count) throws IOException, InterruptedException;

	}

}
