package dev.flin.store.engine;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;

/**
 * Texts that are values of a map, with their checksum. Those of earlier versions have none: they start with their
 * length, and none of them as these do.
 */
final class CheckedText {

	/** A zero as no length is written. */
	private static final int MARK = 0x8000;

	private static final int HEADER_BYTES = 6;

	private CheckedText() {
	}

	static byte[] encode(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		ByteWriter value = new ByteWriter(HEADER_BYTES + utf8.length);
		value.putByte(MARK >>> 8);
		value.putByte(MARK & 0xFF);
		value.putInt(checksum(utf8, 0));
		value.putBytes(utf8);
		return value.toBytes();
	}

	/** The checksum is looked at first, so that a wrong bit in the mark makes no text of the older kind. */
	static String decode(byte[] value) {
		if (value.length >= HEADER_BYTES) {
			ByteReader header = new ByteReader(value);
			header.skip(2);
			if (header.getInt() == checksum(value, HEADER_BYTES)) {
				return new String(value, HEADER_BYTES, value.length - HEADER_BYTES, StandardCharsets.UTF_8);
			}
		}
		boolean marked = value.length >= 2 && ((value[0] & 0xFF) << 8 | value[1] & 0xFF) == MARK;
		try {
			ByteReader old = new ByteReader(value);
			String text = old.getText();
			if (!marked && old.remaining() == 0) {
				return text;
			}
		}
		catch (IndexOutOfBoundsException | IllegalArgumentException ex) {
			throw new StoreException.Damaged("A text is damaged: its bytes are not those that were written", ex);
		}
		throw new StoreException.Damaged("A text is damaged: its bytes are not those that were written");
	}

	private static int checksum(byte[] bytes, int from) {
		CRC32C crc = new CRC32C();
		crc.update(bytes, from, bytes.length - from);
		return (int) crc.getValue();
	}

}
