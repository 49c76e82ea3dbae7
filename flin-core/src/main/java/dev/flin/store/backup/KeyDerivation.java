package dev.flin.store.backup;

import java.util.random.RandomGenerator;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;

/**
 * How a key comes from a passphrase: Argon2id. The salt is new for each piece, so no two pieces share a key.
 *
 * @param salt the salt
 * @param memoryKilobytes memory that each try needs
 * @param iterations passes over that memory
 * @param lanes how many lanes it has
 */
public record KeyDerivation(byte[] salt, int memoryKilobytes, int iterations, int lanes) {

	private static final int SALT_BYTES = 16;

	private static final int KEY_BYTES = 32;

	/** The second recommended choice of RFC 9106: 64 MiB, 3 passes, 4 lanes. */
	private static final int MEMORY_KILOBYTES = 64 << 10;

	private static final int ITERATIONS = 3;

	private static final int LANES = 4;

	/** What a header may ask for, so that a forged one cannot take all memory. */
	private static final int MEMORY_KILOBYTES_MAX = 1 << 20;

	private static final int ITERATIONS_MAX = 100;

	static KeyDerivation fresh(RandomGenerator random) {
		byte[] salt = new byte[SALT_BYTES];
		random.nextBytes(salt);
		return new KeyDerivation(salt, MEMORY_KILOBYTES, ITERATIONS, LANES);
	}

	void write(ByteWriter into) {
		into.putVar(this.salt.length);
		into.putBytes(this.salt);
		into.putVar(this.memoryKilobytes);
		into.putVar(this.iterations);
		into.putVar(this.lanes);
	}

	static KeyDerivation read(ByteReader from) {
		return new KeyDerivation(from.getBytes(from.getCount()), from.getCount(), from.getCount(), from.getCount());
	}

	/** The key of AES-256. */
	byte[] key(char[] passphrase) {
		if (this.memoryKilobytes > MEMORY_KILOBYTES_MAX || this.iterations > ITERATIONS_MAX || this.lanes > 64) {
			throw new StoreException.BadBackup("The backup asks for more work to derive its key than is allowed");
		}
		try {
			Argon2BytesGenerator generator = new Argon2BytesGenerator();
			generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
				.withVersion(Argon2Parameters.ARGON2_VERSION_13)
				.withSalt(this.salt)
				.withMemoryAsKB(this.memoryKilobytes)
				.withIterations(this.iterations)
				.withParallelism(this.lanes)
				.build());
			byte[] key = new byte[KEY_BYTES];
			generator.generateBytes(passphrase, key);
			return key;
		}
		catch (NoClassDefFoundError ex) {
			throw new StoreException.BadBackup(
					"Encrypted backups need org.bouncycastle:bcprov-jdk18on among the dependencies", ex);
		}
	}

}
