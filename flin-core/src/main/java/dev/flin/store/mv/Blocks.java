package dev.flin.store.mv;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.h2.mvstore.WriteBuffer;

import dev.flin.store.StoreException;

/**
 * Puts a checksum behind a block of a page and checks it when the page is read.
 */
final class Blocks {

	private Blocks() {
	}

	static void seal(WriteBuffer buffer, int start) {
		CRC32C crc = new CRC32C();
		ByteBuffer written = buffer.getBuffer().duplicate();
		crc.update(written.limit(buffer.position()).position(start));
		buffer.putInt((int) crc.getValue());
	}

	static void check(ByteBuffer buffer, int start, String what) {
		CRC32C crc = new CRC32C();
		crc.update(buffer.duplicate().limit(buffer.position()).position(start));
		if (buffer.getInt() != (int) crc.getValue()) {
			throw new StoreException.Damaged("The store file is damaged: a block of " + what + " is not as written");
		}
	}

	/** What a failing read of MVStore means, whatever it stumbled over. */
	static StoreException unreadable(RuntimeException cause) {
		return (cause instanceof StoreException known) ? known
				: new StoreException.Damaged("The store file cannot be read: " + cause.getMessage(), cause);
	}

	static StoreException.Damaged unreadable(String what, RuntimeException cause) {
		return new StoreException.Damaged("The store file is damaged: a block of " + what + " cannot be read", cause);
	}

}
