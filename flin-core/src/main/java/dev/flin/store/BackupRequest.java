package dev.flin.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * What piece of a backup to write.
 *
 * @param since the pieces that it continues, the full one first; empty for a full one
 * @param passphrase encrypts the piece, and reads those that it continues; null not to encrypt
 * @param random chance for names and salts
 */
public record BackupRequest(List<Piece> since, char @Nullable [] passphrase, RandomGenerator random) {

	/** A piece that exists. */
	public interface Piece {

		/**
		 * Its name, for messages.
		 * @return the name
		 */
		String name();

		/**
		 * Opens it.
		 * @return its bytes, to be closed
		 * @throws IOException when it cannot be read
		 */
		InputStream open() throws IOException;

	}

	/** Copies the list. */
	public BackupRequest {
		since = List.copyOf(since);
	}

	/**
	 * A full backup.
	 * @param passphrase encrypts it; null not to encrypt
	 * @param random chance for names and salts
	 * @return the request
	 */
	public static BackupRequest full(char @Nullable [] passphrase, RandomGenerator random) {
		return new BackupRequest(List.of(), passphrase, random);
	}

}
