package dev.flin.store.backup;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.Micros;

/**
 * What stands at the start of each piece, never encrypted.
 * <pre>
 * magic 8, format 4, length 4, CRC32C of the rest 4, then the fields in order
 * </pre>
 *
 * @param info the piece
 * @param key how its key comes from a passphrase, null when it is not encrypted
 */
public record BackupHeader(BackupInfo info, @Nullable KeyDerivation key) {

	private static final long MAGIC = 0x464C494E424B5031L; // FLINBKP1

	private static final int FORMAT = 1;

	private static final int LENGTH_MAX = 4096;

	/**
	 * The header of a new piece.
	 * @param info the piece
	 * @param random chance for the salt, when it is encrypted
	 * @return the header
	 */
	public static BackupHeader of(BackupInfo info, RandomGenerator random) {
		return new BackupHeader(info, info.encrypted() ? KeyDerivation.fresh(random) : null);
	}

	/**
	 * The header as bytes.
	 * @return the bytes, magic included
	 */
	byte[] encode() {
		ByteWriter fields = new ByteWriter(128);
		fields.putText(this.info.id());
		String parent = this.info.parent();
		fields.putText((parent != null) ? parent : "");
		fields.putByte(this.info.kind().ordinal());
		fields.putVar(this.info.firstSequence());
		fields.putVar(this.info.lastSequence());
		fields.putLong(Micros.of(this.info.lastTime()));
		fields.putLong(Micros.of(this.info.from()));
		fields.putLong(Micros.of(this.info.to()));
		KeyDerivation derivation = this.key;
		fields.putByte((derivation != null) ? 1 : 0);
		if (derivation != null) {
			derivation.write(fields);
		}
		byte[] content = fields.toBytes();
		ByteWriter whole = new ByteWriter(content.length + 20);
		whole.putLong(MAGIC);
		whole.putInt(FORMAT);
		whole.putInt(content.length);
		whole.putInt(crc(content));
		whole.putBytes(content);
		return whole.toBytes();
	}

	private static int crc(byte[] bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes);
		return (int) crc.getValue();
	}

	/**
	 * Reads a header.
	 * @param in where from
	 * @param name the piece's name, for messages
	 * @return the header
	 * @throws IOException when it cannot be read
	 */
	static BackupHeader read(InputStream in, String name) throws IOException {
		DataInputStream data = new DataInputStream(in);
		byte[] start = data.readNBytes(20);
		if (start.length < 20 || new ByteReader(start).getLong() != MAGIC) {
			throw new StoreException.BadBackup(name + " is not a backup, or its start is damaged");
		}
		ByteReader numbers = new ByteReader(start);
		numbers.skip(8);
		int format = numbers.getInt();
		if (format != FORMAT) {
			throw new StoreException.BadBackup(name + " has format " + format
					+ ", which this version does not know; restore it with the version that wrote it");
		}
		int length = numbers.getInt();
		int crc = numbers.getInt();
		byte[] content = (length > 0 && length <= LENGTH_MAX) ? data.readNBytes(length) : new byte[0];
		if (content.length == 0 || content.length != length || crc(content) != crc) {
			throw new StoreException.BadBackup(name + " is damaged: its header is not as written");
		}
		return decode(new ByteReader(content));
	}

	private static BackupHeader decode(ByteReader from) {
		String id = from.getText();
		String parent = from.getText();
		BackupInfo.Kind kind = BackupInfo.Kind.values()[from.getByte()];
		long first = from.getVar();
		long last = from.getVar();
		long lastTime = from.getLong();
		long start = from.getLong();
		long end = from.getLong();
		boolean encrypted = from.getByte() == 1;
		KeyDerivation derivation = encrypted ? KeyDerivation.read(from) : null;
		return new BackupHeader(new BackupInfo(id, parent.isEmpty() ? null : parent, kind, encrypted, first, last,
				Micros.toInstant(lastTime), Micros.toInstant(start), Micros.toInstant(end)), derivation);
	}

}
