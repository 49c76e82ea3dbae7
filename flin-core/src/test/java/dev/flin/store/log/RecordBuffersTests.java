package dev.flin.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.flin.store.StoreConfig.Durability;
import dev.flin.store.StoreException;
import dev.flin.store.fs.MemoryFileSystem;

class RecordBuffersTests {

	private static final int LARGE = 10 << 20;

	private final RecordBuffers buffers = new RecordBuffers();

	private void put(long sequence, int length) {
		this.buffers.reserve(length);
		this.buffers.put(sequence, 0, ByteBuffer.allocate(length));
	}

	@Test
	void growWithWhatTheyHold() {
		put(1, 100);
		put(2, LARGE);
		put(3, 100);
		assertThat(this.buffers.take().remaining()).isEqualTo(LARGE + 200 + 3 * LogFormat.RECORD_HEADER_BYTES);
		assertThat(this.buffers.take().remaining()).isZero();
	}

	@Test
	void holdALargeRecordThatWasReservedBeforeTheyWereExchanged() {
		put(1, LARGE);
		this.buffers.reserve(LARGE);
		assertThat(this.buffers.take().remaining()).isGreaterThan(LARGE);
		this.buffers.put(2, 0, ByteBuffer.allocate(LARGE));
		assertThat(this.buffers.take().remaining()).isEqualTo(LARGE + LogFormat.RECORD_HEADER_BYTES);
	}

	@Test
	void letGoOfWhatALargeRecordNeeded() {
		put(1, LARGE);
		assertThat(this.buffers.take().capacity()).isGreaterThan(LARGE);
		for (int i = 0; i < 3; i++) {
			put(2 + i, 100);
			assertThat(this.buffers.take().capacity()).isLessThan(1 << 20);
		}
	}

	@Test
	void aTransactionThatIsLargerThanALogTakesIsRefused() {
		WriteAheadLog<String> log = new WriteAheadLog<>(new MemoryFileSystem(), 1 << 20, Durability.SYNC,
				Duration.ofMillis(50), Clock.systemUTC(), (mark) -> {
				});
		assertThatThrownBy(() -> log.reserve((1 << 30) + 1)).isInstanceOf(StoreException.TooLarge.class)
			.hasMessage("A transaction of 1,073,741,825 bytes is larger than the log takes (1,073,741,824);"
					+ " save in several transactions");
		assertThat(log.failure()).isNull();
	}

}
