package dev.flin.store.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

import dev.flin.store.crypt.AesGcm;

/**
 * Encrypts every file of a directory on its way to another file system. Names stay, but for those that are hashes of
 * contents: these are put through a permutation that only the key knows.
 */
public final class EncryptedFileSystem implements FileSystem {

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private static final Pattern JOURNAL = Pattern.compile("log/\\d{20}\\.log");

	private static final int ROUNDS = 4;

	private final FileSystem files;

	private final byte[] key;

	private final byte[] nameKey;

	private final IntFunction<byte[]> random;

	/**
	 * Creates the file system.
	 * @param files where the encrypted files are
	 * @param key 32 bytes
	 * @param random gives unpredictable bytes
	 */
	public EncryptedFileSystem(FileSystem files, byte[] key, IntFunction<byte[]> random) {
		this.files = files;
		this.key = key.clone();
		this.nameKey = AesGcm.derive(key, "flin names");
		this.random = random;
	}

	/**
	 * Whether a file starts like one that was written here.
	 * @param files where it is
	 * @param name its name
	 * @return true when it is encrypted
	 * @throws IOException when it cannot be read
	 */
	public static boolean isEncrypted(FileSystem files, String name) throws IOException {
		try (StoreFile file = files.openExisting(name)) {
			ByteBuffer start = ByteBuffer.allocate(8);
			return file.size() >= 8 && isEncrypted(file, start);
		}
	}

	private static boolean isEncrypted(StoreFile file, ByteBuffer start) throws IOException {
		file.readFully(start, 0);
		return start.getLong(0) == PagedFile.MAGIC || start.getInt(0) == JournalFile.MAGIC;
	}

	@Override
	public String describe() {
		return this.files.describe();
	}

	@Override
	public StoreFile open(String name) throws IOException {
		return wrap(name, this.files.open(hidden(name)));
	}

	@Override
	public StoreFile openExisting(String name) throws IOException {
		return wrap(name, this.files.openExisting(hidden(name)));
	}

	private StoreFile wrap(String name, StoreFile file) throws IOException {
		try {
			return isJournal(name, file) ? new JournalFile(file, this.key, this.random)
					: new PagedFile(name, file, this.key, this.random);
		}
		catch (IOException | RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	/** A file keeps its form when it gets another name. */
	private static boolean isJournal(String name, StoreFile file) throws IOException {
		if (file.size() < 8) {
			return JOURNAL.matcher(name).matches();
		}
		ByteBuffer start = ByteBuffer.allocate(8);
		file.readFully(start, 0);
		return start.getInt(0) == JournalFile.MAGIC
				|| (start.getLong(0) != PagedFile.MAGIC && JOURNAL.matcher(name).matches());
	}

	@Override
	public boolean exists(String name) {
		return this.files.exists(hidden(name));
	}

	@Override
	public List<String> list(String folder) throws IOException {
		return this.files.list(folder).stream().map((name) -> HASH.matcher(name).matches() ? permute(name, true) : name)
			.sorted()
			.toList();
	}

	@Override
	public void delete(String name) throws IOException {
		this.files.delete(hidden(name));
	}

	@Override
	public void rename(String from, String to) throws IOException {
		this.files.rename(hidden(from), hidden(to));
	}

	@Override
	public void forceFolder(String folder) throws IOException {
		this.files.forceFolder(folder);
	}

	@Override
	public DirectoryLock lock() throws IOException {
		return this.files.lock();
	}

	private String hidden(String name) {
		int slash = name.lastIndexOf('/') + 1;
		String last = name.substring(slash);
		return HASH.matcher(last).matches() ? name.substring(0, slash) + permute(last, false) : name;
	}

	/** A Feistel network over the two halves of a hash. */
	private String permute(String hash, boolean back) {
		byte[] bytes = HexFormat.of().parseHex(hash);
		byte[] left = Arrays.copyOf(bytes, bytes.length / 2);
		byte[] right = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
		for (int i = 0; i < ROUNDS; i++) {
			int round = back ? ROUNDS - 1 - i : i;
			byte[] mask = AesGcm.hmac(this.nameKey, new byte[] { (byte) round }, back ? left : right);
			byte[] other = back ? right : left;
			for (int b = 0; b < other.length; b++) {
				other[b] ^= mask[b];
			}
			byte[] swapped = left;
			left = right;
			right = swapped;
		}
		byte[] whole = Arrays.copyOf(left, bytes.length);
		System.arraycopy(right, 0, whole, left.length, right.length);
		return HexFormat.of().formatHex(whole);
	}

}
