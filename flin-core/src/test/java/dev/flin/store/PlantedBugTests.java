package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * Tests of the tests: stores with a planted bug, made by what stands between the store and its disk. The tests for
 * crashes, interruptions and damage must not pass with them. A fifth bug, a reference check that is left out, is
 * planted where references are checked: {@code PlantedReferenceBugTests}.
 */
class PlantedBugTests {

	private static final int SEEDS = 20;

	private static final int RECORDS_AT = 32;

	/** What a test does when it finds something: its assertion fails, or the store refuses its files. */
	private static void isFound(ThrowingCallable tests) {
		assertThatThrownBy(tests).isInstanceOfAny(AssertionError.class, StoreException.class);
	}

	private static void losePower(UnaryOperator<FileSystem> bug) {
		for (long seed = 0; seed < SEEDS; seed++) {
			CrashTests.losePower(seed, bug);
		}
	}

	@Test
	void noneIsFoundWhereThereIsNone() {
		for (long seed = 0; seed < 5; seed++) {
			CrashTests.losePower(seed, (disk) -> new OtherFiles(disk) {
			});
		}
	}

	private static OtherFiles withoutForcesOf(String prefix, FileSystem disk) {
		return new OtherFiles(disk) {

			@Override
			StoreFile wrap(String name, StoreFile file) {
				return new OtherFile(file) {

					@Override
					public void force(boolean metadata) throws IOException {
						if (!name.startsWith(prefix)) {
							super.force(metadata);
						}
					}

				};
			}

		};
	}

	@Test
	void commitsThatAreNotForced() {
		isFound(() -> losePower((disk) -> withoutForcesOf("log/", disk)));
	}

	@Test
	void checkpointsThatAreNotForced() {
		isFound(() -> losePower((disk) -> withoutForcesOf("store.mv", disk)));
	}

	@Test
	void aLogThatIsRemovedBeforeTheStoreFileHasItAll() {
		SimulatedDisk prepared = new SimulatedDisk();
		Model model = InterruptionTests.fill(prepared, 1, false);
		isFound(() -> InterruptionTests.interrupt("checkpoint", prepared,
				(disk) -> InterruptionTests.open(removingEarly(disk), Shop.SCHEMA).checkpoint(),
				(disk) -> InterruptionTests.check(disk, Shop.SCHEMA, model, null)));
	}

	private static FileSystem removingEarly(FileSystem disk) {
		return new OtherFiles(disk) {

			@Override
			public void rename(String from, String to) throws IOException {
				super.rename(from, to);
				if (to.equals("meta.json")) {
					for (String segment : list("log")) {
						delete("log/" + segment);
					}
					forceFolder("log");
				}
			}

		};
	}

	@Test
	void aSequenceThatIsGivenTwice() {
		isFound(() -> losePower((disk) -> new OtherFiles(disk) {

			@Override
			StoreFile wrap(String name, StoreFile file) {
				return name.startsWith("log/") ? new OtherFile(file) {

					@Override
					public void write(ByteBuffer bytes, long position) throws IOException {
						super.write(reusing(bytes, position), position);
					}

				} : file;
			}

		}));
	}

	/** Each tenth record has the sequence of the ninth. */
	private static ByteBuffer reusing(ByteBuffer bytes, long position) {
		ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
		boolean record = position >= RECORDS_AT && copy.limit() > 24 && copy.getInt(0) == copy.limit() - 24;
		if (record && copy.getLong(8) % 10 == 0) {
			copy.putLong(8, copy.getLong(8) - 1);
			copy.putInt(4, crc(copy, 0, copy.getInt(0)));
		}
		return copy;
	}

	private static int crc(ByteBuffer bytes, int start, int length) {
		CRC32C crc = new CRC32C();
		crc.update(bytes.duplicate().limit(start + 4).position(start));
		crc.update(bytes.duplicate().limit(start + 24 + length).position(start + 8));
		return (int) crc.getValue();
	}

	@Test
	void aLogWithoutChecksums() {
		TimeRun run = TimeRun.after(1, 60);
		run.store().checkpoint();
		for (int i = 0; i < 10; i++) {
			run.transaction(i);
		}
		TimeModel before = run.model().copy();
		run.transaction(11);
		String log = run.disk().names().stream().filter((name) -> name.startsWith("log/")).findFirst().orElseThrow();
		long bits = BitFlipTests.end(run.disk().content(log)) * 8L;
		isFound(() -> {
			for (long bit = RECORDS_AT * 8L; bit < bits; bit += 7) {
				SimulatedDisk flipped = run.disk().copy();
				flipped.flipBit(log, bit);
				BitFlipTests.check("bit " + bit, run, believing(flipped), run.model(), before);
			}
		});
		run.store().close();
	}

	/** Reads the log as if nobody had looked at the checksums of its records. */
	private static FileSystem believing(FileSystem disk) {
		return new OtherFiles(disk) {

			@Override
			StoreFile wrap(String name, StoreFile file) {
				return name.startsWith("log/") ? new OtherFile(file) {

					@Override
					public int read(ByteBuffer into, long position) throws IOException {
						int start = into.position();
						int count = super.read(into, position);
						ByteBuffer bytes = into.duplicate().flip().position(start).slice();
						for (int at = RECORDS_AT; position == 0 && isWhole(bytes, at); at += 24 + bytes.getInt(at)) {
							into.putInt(start + at + 4, crc(bytes, at, bytes.getInt(at)));
						}
						return count;
					}

				} : file;
			}

		};
	}

	private static boolean isWhole(ByteBuffer bytes, int at) {
		return at + 24 <= bytes.limit() && bytes.getInt(at) > 0 && bytes.getInt(at) <= bytes.limit() - at - 24;
	}

}
