package dev.flin.store.mv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.MemoryFileSystem;
import dev.flin.store.fs.StoreFile;

/** Blocks with checksums. */
class CheckedFileTests {

	private static final String NAME = "store.mv";

	private static final int SLOT = 4096 + 128;

	private final FileSystem files = new MemoryFileSystem();

	@Test
	void givesWhatWasWrittenAndTellsWhichBlocksAreNot() throws IOException {
		byte[] bytes = new byte[600 * CheckedFile.BLOCK_BYTES];
		new Random(1).nextBytes(bytes);
		CheckedFile file = CheckedFile.of(this.files.open(NAME));
		file.write(ByteBuffer.wrap(bytes), 0);
		assertThat(file.size()).isEqualTo(bytes.length);
		ByteBuffer part = ByteBuffer.allocate(10_000);
		assertThat(file.read(part, 5000).isEmpty()).isTrue();
		assertThat(part.flip().mismatch(ByteBuffer.wrap(bytes, 5000, 10_000))).isNegative();
		flip(64 + 2 * SLOT + 7, 3);
		assertThat(file.read(ByteBuffer.allocate(10_000), 5000)).hasToString("{32}");
		assertThat(CheckedFile.of(this.files.open(NAME)).read(ByteBuffer.allocate(1), 2 * 4096)).hasToString("{0}");
	}

	@Test
	void aBlockAtAnotherPlaceIsNotTakenForThatOne() throws IOException {
		CheckedFile file = CheckedFile.of(this.files.open(NAME));
		file.write(ByteBuffer.allocate(2 * CheckedFile.BLOCK_BYTES), 0);
		try (StoreFile raw = this.files.open(NAME)) {
			ByteBuffer slot = ByteBuffer.allocate(SLOT);
			raw.readFully(slot, 64);
			raw.write(slot.flip(), 64 + SLOT);
		}
		assertThat(file.read(ByteBuffer.allocate(2 * CheckedFile.BLOCK_BYTES), 0).cardinality()).isEqualTo(32);
	}

	@Test
	void aFileWithoutChecksumsStaysReadable() throws IOException {
		try (StoreFile raw = this.files.open(NAME)) {
			raw.write(ByteBuffer.wrap("H:2,block:0 and so on".getBytes(java.nio.charset.StandardCharsets.UTF_8)), 0);
		}
		CheckedFile file = CheckedFile.of(this.files.open(NAME));
		ByteBuffer read = ByteBuffer.allocate(3);
		assertThat(file.read(read, 0).isEmpty()).isTrue();
		assertThat(read.array()).asString().isEqualTo("H:2");
	}

	@Test
	void aLaterFormatIsRefused() throws IOException {
		CheckedFile.of(this.files.open(NAME)).write(ByteBuffer.allocate(CheckedFile.BLOCK_BYTES), 0);
		try (StoreFile raw = this.files.open(NAME)) {
			ByteBuffer header = ByteBuffer.allocate(16);
			raw.readFully(header, 0);
			header.putInt(8, 3);
			java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
			crc.update(header.array(), 0, 12);
			raw.write(header.putInt(12, (int) crc.getValue()).clear(), 0);
		}
		assertThatThrownBy(() -> MapStore.open(this.files, NAME, 1 << 20)).isInstanceOf(StoreException.CannotOpen.class)
			.hasMessageContaining("format 3");
	}

	private void flip(long at, int bit) throws IOException {
		try (StoreFile raw = this.files.open(NAME)) {
			ByteBuffer one = ByteBuffer.allocate(1);
			raw.readFully(one, at);
			raw.write(ByteBuffer.wrap(new byte[] { (byte) (one.get(0) ^ 1 << bit) }), at);
		}
	}

}
