package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.store.fs.RealFileSystem;

/** A process is killed while it writes, again and again, in one directory. */
class KillTests {

	private static final int ROUNDS = Boolean.getBoolean("flin.test.long") ? 500 : 25;

	@TempDir
	private Path directory;

	private Process start(long seed) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List
				.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
				"-cp", System.getProperty("java.class.path"), Killed.class.getName(), this.directory.toString(),
				Long.toString(seed)));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	@Test
	void findsEveryAcknowledgedSaveAndNoHalfOne() throws IOException, InterruptedException {
		long acknowledged = 0;
		for (int round = 0; round < ROUNDS; round++) {
			Random random = new Random(round);
			Process child = start(round);
			try (BufferedReader lines = new BufferedReader(
					new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
				int before = 1 + random.nextInt(60);
				for (int i = 0; i < before; i++) {
					acknowledged = number(lines.readLine(), acknowledged);
				}
				child.toHandle().destroyForcibly();
				for (String line = lines.readLine(); line != null; line = lines.readLine()) {
					acknowledged = number(line, acknowledged);
				}
			}
			assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
			check("round " + round, acknowledged);
		}
		assertThat(acknowledged).isGreaterThan(2 * ROUNDS);
	}

	/** The last line may be cut; it is then a smaller number. */
	private static long number(String line, long before) {
		return (line == null || !line.matches("\\d+")) ? before : Math.max(before, Long.parseLong(line));
	}

	private void check(String where, long acknowledged) {
		try (Store store = Shop.open(new RealFileSystem(this.directory), new ManualClock());
				Snapshot snapshot = store.snapshot()) {
			List<RecordVersion> all = snapshot.query(Query.of("Product")).toList();
			assertThat(all.size()).as(where).isGreaterThanOrEqualTo((int) acknowledged).isEven();
			long sum = 0;
			for (RecordVersion record : all) {
				sum += (Long) record.values()[Shop.PRICE];
				boolean last = record.id() > all.getLast().id() - 2;
				assertThat(snapshot.history("Product", record.id()).toList()).as(where).hasSize(last ? 1 : 2);
			}
			assertThat(sum).as(where).isZero();
			assertThat(store.verify().damages()).as(where).isEmpty();
		}
	}

	@Test
	void aSecondProcessIsTurnedAwayWithTheHoldersNumber() throws IOException, InterruptedException {
		Process child = start(1);
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
			assertThat(lines.readLine()).isEqualTo("2");
			assertThatThrownBy(() -> Shop.open(new RealFileSystem(this.directory), new ManualClock()))
				.isInstanceOfSatisfying(StoreException.Locked.class,
						(ex) -> assertThat(ex.pid()).isEqualTo(child.pid()))
				.hasMessageContaining("is in use by process " + child.pid());
		}
		finally {
			child.destroyForcibly();
			assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aSecondStoreInOneProcessIsTurnedAwayToo() {
		try (Store first = Shop.open(new RealFileSystem(this.directory), new ManualClock())) {
			assertThatThrownBy(() -> Shop.open(new RealFileSystem(this.directory), new ManualClock()))
				.isInstanceOfSatisfying(StoreException.Locked.class,
						(ex) -> assertThat(ex.pid()).isEqualTo(ProcessHandle.current().pid()));
			assertThat(first.health().isHealthy()).isTrue();
		}
		Shop.open(new RealFileSystem(this.directory), new ManualClock()).close();
	}

}
