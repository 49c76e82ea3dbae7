package dev.flin.store.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.BackupRequest;
import dev.flin.store.RestoreReport;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.StoreKeys;
import dev.flin.store.backup.BackupReader;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFileStreams;

/**
 * Backups as files of a folder.
 */
public final class Backups {

	/** What names of pieces end with. */
	public static final String SUFFIX = ".flinbackup";

	private final FileSystem folder;

	/**
	 * A piece in the folder.
	 *
	 * @param name its file
	 * @param info what it is
	 */
	public record Piece(String name, BackupInfo info) {
	}

	/**
	 * Creates backups in a folder.
	 * @param folder the folder
	 */
	public Backups(FileSystem folder) {
		this.folder = folder;
	}

	/**
	 * Writes everything.
	 * @param store the store
	 * @param name the file
	 * @param passphrase encrypts it; null not to encrypt
	 * @param random chance for names and salts
	 * @return the piece
	 * @throws IOException when it cannot be written; then the file is not there
	 */
	public BackupInfo full(Store store, String name, char @Nullable [] passphrase, RandomGenerator random)
			throws IOException {
		if (passphrase != null && passphrase.length < StoreKeys.PASSPHRASE_MIN) {
			throw new StoreException.BadBackup(("The passphrase has fewer than %d characters: it could be guessed from "
					+ "the backup. Take a longer one; nothing was written").formatted(StoreKeys.PASSPHRASE_MIN));
		}
		return write(store, name, BackupRequest.full(passphrase, random));
	}

	/**
	 * Writes what came since another piece of the same folder.
	 * @param store the store
	 * @param name the file
	 * @param since the other file
	 * @param passphrase encrypts it, and reads those before; null not to encrypt
	 * @param random chance for names and salts
	 * @return the piece
	 * @throws IOException when it cannot be written; then the file is not there
	 */
	public BackupInfo incremental(Store store, String name, String since, char @Nullable [] passphrase,
			RandomGenerator random) throws IOException {
		return write(store, name, new BackupRequest(files(chain(piece(since))), passphrase, random));
	}

	private BackupInfo write(Store store, String name, BackupRequest request) throws IOException {
		if (this.folder.exists(name)) {
			throw new StoreException.BadBackup(name + " is already there in " + this.folder.describe()
					+ ": backups are not overwritten");
		}
		return StoreFileStreams.write(this.folder, name, (out) -> store.backup(out, request));
	}

	/**
	 * All pieces of the folder whose headers can be read.
	 * @return the pieces, oldest end first
	 * @throws IOException when the folder cannot be read
	 */
	public List<Piece> pieces() throws IOException {
		return pieces(new ArrayList<>());
	}

	private List<Piece> pieces(List<String> unreadable) throws IOException {
		List<Piece> pieces = new ArrayList<>();
		for (String name : this.folder.list("")) {
			try {
				if (name.endsWith(SUFFIX)) {
					pieces.add(piece(name));
				}
			}
			catch (StoreException.BadBackup ex) {
				unreadable.add(String.valueOf(ex.getMessage()));
			}
		}
		pieces.sort(Comparator.comparing((Piece piece) -> piece.info().to())
			.thenComparing((piece) -> piece.info().lastSequence()));
		return pieces;
	}

	/**
	 * One piece.
	 * @param name its file
	 * @return the piece
	 * @throws IOException when it cannot be read
	 */
	public Piece piece(String name) throws IOException {
		try (InputStream in = StoreFileStreams.read(this.folder, name);
				BackupReader reader = new BackupReader(in, name, null)) {
			return new Piece(name, reader.header().info());
		}
	}

	private List<Piece> chain(Piece last) throws IOException {
		List<String> unreadable = new ArrayList<>();
		List<Piece> all = pieces(unreadable);
		return chain(last, all, unreadable);
	}

	/** The pieces that lead to one, the full one first. */
	private static List<Piece> chain(Piece last, List<Piece> all, List<String> unreadable) {
		List<Piece> chain = new ArrayList<>(List.of(last));
		for (String parent = last.info().parent(); parent != null; parent = chain.getFirst().info().parent()) {
			Piece child = chain.getFirst();
			String wanted = parent;
			Piece found = all.stream()
				.filter((piece) -> piece.info().id().equals(wanted))
				.findFirst()
				.orElseThrow(() -> missing(child, wanted, unreadable));
			chain.addFirst(found);
		}
		return chain;
	}

	private static StoreException.BadBackup missing(Piece child, String parent, List<String> unreadable) {
		String known = unreadable.isEmpty() ? "" : " that can be read: " + String.join("; ", unreadable);
		return new StoreException.BadBackup(("A piece is missing: %s continues piece %s, which ends with "
				+ "transaction %d at %s and is not among the files%s").formatted(child.name(), parent,
						child.info().firstSequence() - 1, child.info().from(), known));
	}

	private List<BackupRequest.Piece> files(List<Piece> pieces) {
		return pieces.stream().map((piece) -> file(piece.name())).toList();
	}

	private BackupRequest.Piece file(String name) {
		return new BackupRequest.Piece() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public InputStream open() throws IOException {
				return StoreFileStreams.read(Backups.this.folder, name);
			}

		};
	}

	/**
	 * Restores.
	 * @param target the new data directory, without a store
	 * @param last the file to restore, with those that it continues; null for the best of the folder
	 * @param at the moment to restore; null for the end
	 * @param passphrase reads encrypted pieces
	 * @param config how the store will work
	 * @param clock the time
	 * @return what was made
	 * @throws IOException when a file cannot be read or written
	 * @throws StoreException.BadBackup when a piece is missing or damaged, or the moment is not covered
	 */
	public RestoreReport restore(FileSystem target, @Nullable String last, @Nullable Instant at,
			char @Nullable [] passphrase, StoreConfig config, InstantSource clock) throws IOException {
		List<Piece> chain = (last != null) ? covering(chain(piece(last)), at) : best(at);
		return locked(target, () -> Unfinished.fill(target, config.keys(),
				(unlocked) -> new Restore(unlocked, config, clock, at).fromPieces(files(chain), passphrase)));
	}

	/** The chain that reaches the moment from the youngest full backup before it. */
	private List<Piece> best(@Nullable Instant at) throws IOException {
		List<String> unreadable = new ArrayList<>();
		List<Piece> all = pieces(unreadable);
		if (all.isEmpty()) {
			throw new StoreException.BadBackup("There is no backup in " + this.folder.describe()
					+ (unreadable.isEmpty() ? "" : " that can be read: " + String.join("; ", unreadable)));
		}
		StoreException.BadBackup refusal = null;
		for (int i = all.size() - 1; i >= 0; i--) {
			try {
				return covering(chain(all.get(i), all, unreadable), at);
			}
			catch (StoreException.BadBackup ex) {
				if (at == null) {
					throw ex;
				}
				refusal = (refusal == null) ? ex : refusal;
			}
		}
		throw (refusal != null) ? refusal : new IllegalStateException("no piece");
	}

	/** The pieces of a chain that are needed for a moment. */
	private static List<Piece> covering(List<Piece> chain, @Nullable Instant at) {
		if (at == null) {
			return chain;
		}
		if (at.isBefore(chain.getFirst().info().to())) {
			throw new StoreException.BadBackup("The backups start at %s: nothing before that can be restored"
				.formatted(chain.getFirst().info().to()));
		}
		for (int i = 0; i < chain.size(); i++) {
			BackupInfo info = chain.get(i).info();
			if (info.to().equals(at) || (info.to().isAfter(at) && info.kind() == BackupInfo.Kind.LOG)) {
				return chain.subList(0, i + 1);
			}
			if (info.to().isAfter(at)) {
				throw new StoreException.BadBackup(("Between %s and %s only the ends can be restored: %s has no log. "
						+ "Set flin.store.archive-log to keep every second").formatted(info.from(), info.to(),
								chain.get(i).name()));
			}
		}
		throw new StoreException.BadBackup("The backups end at %s: nothing after that can be restored"
			.formatted(chain.getLast().info().to()));
	}

	/** Runs with the directory taken. */
	static <T> T locked(FileSystem target, Work<T> work) throws IOException {
		FileSystem.DirectoryLock lock;
		try {
			lock = target.lock();
		}
		catch (FileSystem.LockedException ex) {
			throw new StoreException.Locked(target.describe(), ex.pid());
		}
		try (lock) {
			return work.run();
		}
	}

	/** What is done with a directory. */
	@FunctionalInterface
	interface Work<T> {

		T run() throws IOException;

	}

	/**
	 * Restores a moment from another directory's archive of the log.
	 * @param source the other data directory
	 * @param target the new one, without a store
	 * @param at the moment; null for the end
	 * @param config how the store will work
	 * @param clock the time
	 * @return what was made
	 * @throws IOException when a file cannot be read or written
	 * @throws StoreException.BadBackup when the archive does not start with the first transaction
	 */
	public static RestoreReport restoreDirectory(FileSystem source, FileSystem target, @Nullable Instant at,
			StoreConfig config, InstantSource clock) throws IOException {
		return locked(source,
				() -> locked(target, () -> Unfinished.fill(target, config.keys(),
						(unlocked) -> new Restore(unlocked, config, clock, at)
							.fromDirectory(StoreEncryption.source(source, config.keys())))));
	}

}
