package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.flin.store.KilledAtWork.Work;
import dev.flin.store.engine.Backups;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.RealFileSystem;

/** A process is killed while it recovers, migrates, destroys or backs up, at one operation after another. */
class KillAtWorkTests {

	private static final int ROUNDS_MAX = Boolean.getBoolean("flin.test.long") ? 1000 : 6;

	private static final int PRODUCTS = 40;

	@TempDir
	private Path folder;

	/** A directory with everything in its log, as a process leaves it that was killed before. */
	private Path filled() throws IOException {
		Path filled = this.folder.resolve("filled");
		Store store = KilledAtWork.open(new RealFileSystem(filled), Shop.SCHEMA);
		for (long i = 1; i <= PRODUCTS; i++) {
			Shop.insert(store, marker(i), null, i);
			Shop.setPrice(store, i, 2 * i);
			if (i == PRODUCTS / 2) {
				store.checkpoint();
			}
		}
		Path left = this.folder.resolve("left");
		copy(filled, left);
		store.close();
		return left;
	}

	private static String marker(long id) {
		return "MARKER-%02d.".formatted(id);
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> all = Files.walk(from)) {
			for (Path file : all.toList()) {
				Path target = to.resolve(from.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(target);
				}
				else if (!file.getFileName().toString().equals("lock")) {
					Files.copy(file, target);
				}
			}
		}
	}

	/** Lets a process work and kills it after so many operations; tells how many, or -1 when it came to its end. */
	private static int work(Path data, Path backups, Work work, int operations)
			throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process child = new ProcessBuilder(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
				"-cp", System.getProperty("java.class.path"), KilledAtWork.class.getName(), data.toString(),
				backups.toString(), work.name()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		int said = 0;
		boolean done = false;
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				done |= line.equals(KilledAtWork.DONE);
				said++;
				if (said == operations) {
					child.toHandle().destroyForcibly();
				}
			}
		}
		assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return done ? -1 : said;
	}

	@ParameterizedTest
	@EnumSource
	void findsEverythingAsBeforeOrAsItWasToBecome(Work work) throws IOException, InterruptedException {
		Path left = filled();
		Path whole = this.folder.resolve("whole");
		copy(left, whole);
		assertThat(work(whole, Files.createDirectories(this.folder.resolve("whole-backups")), work, 0)).isEqualTo(-1);
		int operations = 1;
		int killed = 0;
		for (int round = 1; round <= ROUNDS_MAX; round++) {
			Path data = this.folder.resolve("data-" + round);
			Path backups = Files.createDirectories(this.folder.resolve("backups-" + round));
			copy(left, data);
			int said = work(data, backups, work, operations);
			String where = work + ", killed at operation " + operations;
			check(where, work, data, said < 0);
			checkBackups(where, backups);
			if (said < 0) {
				break;
			}
			killed++;
			operations += 1 + (ROUNDS_MAX > 6 ? 0 : operations / 2);
		}
		assertThat(killed).as("rounds in which the process was killed").isGreaterThan(1);
	}

	private static void check(String where, Work work, Path data, boolean done) throws IOException {
		boolean migrates = work == Work.MIGRATE || work == Work.MIGRATE_WITH_CODE;
		try (Store store = KilledAtWork.open(new RealFileSystem(data), migrates ? KilledAtWork.LATER : Shop.SCHEMA);
				Snapshot snapshot = store.snapshot()) {
			assertThat(store.verify().damages()).as(where).isEmpty();
			List<RecordVersion> products = snapshot.query(Query.of("Product")).toList();
			boolean ran = !store.migrationsRun().isEmpty();
			assertThat(ran || !done || work != Work.MIGRATE_WITH_CODE).as(where).isTrue();
			for (RecordVersion product : products) {
				if (!String.valueOf(product.value(Shop.NAME)).startsWith("MARKER")) {
					continue;
				}
				assertThat(snapshot.history("Product", product.id()).toList()).as(where).hasSize(2);
				assertThat(product.value(migrates ? 1 : Shop.PRICE)).as(where).isEqualTo(2 * product.id());
				if (migrates) {
					assertThat(product.value(2)).as(where).isEqualTo(ran ? 2 * product.id() : 7L);
				}
			}
			long first = products.getFirst().id();
			assertThat(first).as(where).isLessThanOrEqualTo((work == Work.DESTROY) ? 3 : 1);
			assertThat(products.size()).as(where).isGreaterThanOrEqualTo(PRODUCTS - (int) first + 1);
			store.checkpoint();
			for (long erased = 1; erased < first; erased++) {
				assertThat(filesWith(data, marker(erased))).as(where).isEmpty();
			}
		}
	}

	private static List<Path> filesWith(Path data, String marker) throws IOException {
		List<Path> found = new ArrayList<>();
		try (Stream<Path> all = Files.walk(data)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				String content = Files.readString(file, StandardCharsets.ISO_8859_1);
				if (content.contains(marker)) {
					found.add(file);
				}
			}
		}
		return found;
	}

	/** What lies in the folder is whole: a piece has its name only then. */
	private static void checkBackups(String where, Path folder) throws IOException {
		Backups backups = new Backups(new RealFileSystem(folder));
		for (Backups.Piece piece : backups.pieces()) {
			MemoryFileSystem target = new MemoryFileSystem();
			backups.restore(target, piece.name(), null, null, KilledAtWork.CONFIG, new ManualClock());
			try (Store restored = KilledAtWork.open(target, Shop.SCHEMA); Snapshot snapshot = restored.snapshot()) {
				assertThat(restored.verify().damages()).as(where).isEmpty();
				assertThat(snapshot.count(Query.of("Product"))).as(where)
					.isEqualTo(PRODUCTS + (piece.name().startsWith("2") ? 1 : 0));
			}
		}
	}

}
