package dev.flin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.RestoreReport;
import dev.flin.store.SalvageReport;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.VerifyReport;
import dev.flin.store.engine.Backups;
import dev.flin.store.engine.Salvage;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.RealFileSystem;

/**
 * Backups of the records of a running application, and what is done with data directories that no application runs on:
 * restoring, recovering, verifying. Safe for any number of threads; each call blocks until it is done. A backup that is
 * none, is damaged or has another passphrase is a {@link StoreException}, a file that cannot be read or written an
 * {@link UncheckedIOException}.
 */
public final class FlinBackups {

	/** What names of backups end with. */
	public static final String SUFFIX = Backups.SUFFIX;

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
		.withZone(ZoneOffset.UTC);

	private final Records records;

	private final InstantSource clock;

	private final RandomGenerator random;

	FlinBackups(Records records, InstantSource clock, RandomGenerator random) {
		this.records = records;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * A piece of a backup.
	 *
	 * @param file where it is
	 * @param info what it is
	 */
	public record Piece(Path file, BackupInfo info) {
	}

	/**
	 * Writes everything as of now. Requests go on meanwhile.
	 * @param target a file, or an existing folder in which the time becomes the name
	 * @param passphrase encrypts it with AES-256-GCM; null not to encrypt
	 */
	public Piece full(Path target, @Nullable String passphrase) {
		return write(this.records.store(), target, null, passphrase, this.clock, this.random);
	}

	/**
	 * Writes what came since another piece.
	 * @param target a file beside the other, or their folder
	 * @param since the other piece
	 * @param passphrase encrypts it, and reads the others; null not to encrypt
	 */
	public Piece incremental(Path target, Path since, @Nullable String passphrase) {
		return write(this.records.store(), target, since, passphrase, this.clock, this.random);
	}

	/** Reads and checks everything: records, versions, indexes, files, log and archive. */
	public VerifyReport verify() {
		return this.records.store().verify();
	}

	/**
	 * Writes a piece of a data directory that no application runs on.
	 * @param target a file, or an existing folder in which the time becomes the name
	 * @param since the piece to continue, in the same folder; null to write everything
	 * @param passphrase encrypts it, and reads the others; null not to encrypt
	 * @param random salts and nonces are drawn from it
	 */
	public static Piece backup(Path dataDirectory, Path target, @Nullable Path since, @Nullable String passphrase,
			RandomGenerator random) {
		Clock clock = Clock.systemUTC();
		try (Store store = Stores.openAsStored(new RealFileSystem(dataDirectory), config(), clock)) {
			return write(store, target, since, passphrase, clock, random);
		}
	}

	private static Piece write(Store store, Path target, @Nullable Path since, @Nullable String passphrase,
			InstantSource clock, RandomGenerator random) {
		Path file = Files.isDirectory(target) ? target.resolve(NAME.format(clock.instant()) + SUFFIX) : target;
		Path folder = folderOf(file);
		if (since != null && !folderOf(since).equals(folder)) {
			throw new StoreException.BadBackup("A piece stays in one folder with those it continues: " + since
					+ " is not in " + folder);
		}
		Backups backups = new Backups(new RealFileSystem(folder));
		char[] key = (passphrase != null) ? passphrase.toCharArray() : null;
		String name = nameOf(file);
		try {
			return new Piece(file, (since == null) ? backups.full(store, name, key, random)
					: backups.incremental(store, name, nameOf(since), key, random));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The backup could not be written: " + ex.getMessage(), ex);
		}
	}

	private static Path folderOf(Path file) {
		Path folder = file.toAbsolutePath().normalize().getParent();
		return (folder != null) ? folder : file.toAbsolutePath().getRoot();
	}

	private static String nameOf(Path file) {
		return String.valueOf(file.getFileName());
	}

	/** The pieces of a folder, the oldest end first. */
	public static List<Piece> list(Path folder) {
		try {
			return new Backups(new RealFileSystem(folder)).pieces()
				.stream()
				.map((piece) -> new Piece(folder.resolve(piece.name()), piece.info()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The backups could not be read: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Makes a data directory of a backup.
	 * @param from a folder of backups, one piece (those that it continues are beside it), or another data directory
	 * whose log archive has everything since its first transaction
	 * @param dataDirectory the new directory
	 * @param at the moment to restore; null for the end
	 * @param passphrase reads encrypted pieces
	 * @param replace whether a directory with records may be replaced; it is kept under another name
	 */
	public static RestoreReport restore(Path from, Path dataDirectory, @Nullable Instant at,
			@Nullable String passphrase, boolean replace) {
		Clock clock = Clock.systemUTC();
		boolean inUse = Files.exists(dataDirectory.resolve("store.mv"));
		Path target = dataDirectory;
		try {
			if (inUse && replace) {
				target = sibling(dataDirectory, ".restoring", clock);
			}
			Path into = target;
			RestoreReport report = removingWhatFails(into, () -> restore(from, into, at, passphrase, clock));
			if (inUse && replace) {
				Files.move(dataDirectory, sibling(dataDirectory, ".replaced", clock), StandardCopyOption.ATOMIC_MOVE);
				Files.move(target, dataDirectory, StandardCopyOption.ATOMIC_MOVE);
			}
			return report;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The restore failed: " + ex.getMessage(), ex);
		}
	}

	private static Path sibling(Path directory, String suffix, Clock clock) {
		return folderOf(directory).resolve(nameOf(directory) + suffix + "-" + NAME.format(clock.instant()));
	}

	/** When the work fails and the directory was not there before, it is not there after. */
	private static <T> T removingWhatFails(Path target, Filling<T> work) throws IOException {
		boolean existed = Files.exists(target);
		try {
			return work.run();
		}
		catch (IOException | RuntimeException ex) {
			if (!existed) {
				removeEmpty(target, ex);
			}
			throw ex;
		}
	}

	/** What fills a directory. */
	@FunctionalInterface
	private interface Filling<T> {

		T run() throws IOException;

	}

	private static void removeEmpty(Path directory, Exception first) {
		try {
			Files.deleteIfExists(directory.resolve("lock"));
			for (String folder : List.of("log", "blobs", "archive", "")) {
				Files.deleteIfExists(directory.resolve(folder));
			}
		}
		catch (IOException ex) {
			first.addSuppressed(ex);
		}
	}

	private static RestoreReport restore(Path from, Path target, @Nullable Instant at, @Nullable String passphrase,
			Clock clock) throws IOException {
		RealFileSystem files = new RealFileSystem(target);
		char[] key = (passphrase != null) ? passphrase.toCharArray() : null;
		StoreConfig config = config();
		if (Files.isRegularFile(from)) {
			return new Backups(new RealFileSystem(folderOf(from))).restore(files, nameOf(from), at, key, config, clock);
		}
		if (!Files.isDirectory(from)) {
			throw new StoreException.BadBackup("There is no " + from);
		}
		if (Files.exists(from.resolve("store.mv")) || Files.isDirectory(from.resolve("archive"))) {
			return Backups.restoreDirectory(new RealFileSystem(from), files, at, config, clock);
		}
		return new Backups(new RealFileSystem(from)).restore(files, null, at, key, config, clock);
	}

	/**
	 * Copies what can be read of a damaged data directory into a new one. The damaged one stays as it is.
	 * @param damaged the directory that cannot be opened
	 * @param target the new directory
	 */
	public static SalvageReport recover(Path damaged, Path target) {
		if (!Files.isDirectory(damaged)) {
			throw new StoreException.CannotOpen("There is no directory " + damaged);
		}
		try {
			return removingWhatFails(target, () -> Salvage.run(new RealFileSystem(damaged),
					new RealFileSystem(target), config(), Clock.systemUTC()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("What could be recovered could not be written: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Copies the records of a directory that no application runs on into an empty one: to encrypt them, to decrypt
	 * them, or to give them another key.
	 * @param from the directory; its key, if it has one, comes from the environment
	 * @param to the empty directory
	 * @param plain whether the copy is not encrypted
	 * @param newKey the key of the copy; null for the one of the environment
	 */
	public static void copy(Path from, Path to, boolean plain, @Nullable String newKey) {
		if (!Files.isDirectory(from)) {
			throw new StoreException.CannotOpen("There is no directory " + from);
		}
		StoreKeys keys = config().keys();
		StoreKeys wanted = plain ? StoreKeys.NONE : (newKey != null) ? keys.withStoreKey(newKey) : keys;
		try {
			Stores.copy(new RealFileSystem(from), keys, new RealFileSystem(to), wanted);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The copy could not be made: " + ex.getMessage(), ex);
		}
	}

	/**
	 * How a directory without an application is opened. Its keys come from the environment, under the names that Spring
	 * Boot reads them from.
	 */
	private static StoreConfig config() {
		return StoreConfig.defaults().withKeys(EngineProperties.ofEnvironment(System.getenv())
			.storeKeys(new SecureRandom()));
	}

	/**
	 * Reads and checks everything in a data directory that no application runs on. What was only in its log is written
	 * to the store file at the end; that this was not possible, on a full disk, is one of the damages.
	 */
	public static VerifyReport verify(Path dataDirectory) {
		Store store = Stores.openAsStored(new RealFileSystem(dataDirectory), config(), Clock.systemUTC());
		VerifyReport report;
		try {
			report = store.verify();
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
		try {
			store.close();
			return report;
		}
		catch (UncheckedIOException ex) {
			List<String> damages = new ArrayList<>(report.damages());
			damages.add(ex.getMessage() + ": " + Objects.requireNonNull(ex.getCause()).getMessage());
			return new VerifyReport(report.records(), report.versions(), report.indexEntries(), damages);
		}
	}

}
