package dev.flin.store;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An open store. Thread safe. Opened by {@code dev.flin.store.engine.Stores}.
 */
public interface Store extends AutoCloseable {

	/**
	 * The schema in use.
	 * @return the schema
	 */
	StoreSchema schema();

	/**
	 * A snapshot of everything that is committed and durable.
	 * @return the snapshot, to be closed
	 */
	Snapshot snapshot();

	/**
	 * Starts a transaction on such a snapshot.
	 * @param savedBy the user its versions name, or null
	 * @return the transaction, to be committed or closed
	 */
	WriteTransaction begin(@Nullable String savedBy);

	/**
	 * What taking over a schema would do. Changes nothing.
	 * @param schema the schema
	 * @return the plan
	 */
	SchemaPlan plan(StoreSchema schema);

	/**
	 * Takes over a schema; all or nothing. Open snapshots keep the shape they have.
	 * @param schema the schema
	 * @return what was done
	 * @throws StoreException.SchemaRefused when the data cannot take the schema's shape
	 */
	SchemaPlan migrate(StoreSchema schema);

	/**
	 * Takes over a schema with the help of code, all of it or nothing, in one transaction. Commits of other threads
	 * wait. The versions that the code changes keep their numbers and times.
	 * @param schema the schema
	 * @param steps the code, in order
	 * @return what was done
	 * @throws StoreException.MigrationFailed when the code failed
	 * @throws StoreException.SchemaRefused when the data still cannot take the schema's shape
	 */
	SchemaPlan migrate(StoreSchema schema, List<MigrationStep> steps);

	/**
	 * The migrations that ran.
	 * @return their names, in order
	 */
	List<String> migrationsRun();

	/**
	 * Applies retention and compaction rules.
	 * @param now the moment from which ages count
	 * @return how many versions were pruned and field values forgotten
	 */
	long prune(Instant now);

	/**
	 * The names of records committed after a transaction, for what follows the store: search and caches.
	 * @param sequence the last transaction seen, 0 for none
	 * @param limit how many transactions at most
	 * @return the commits in order; null when the store no longer knows them all and a rebuild is due
	 */
	@Nullable
	List<CommittedChange> changesAfter(long sequence, int limit);

	/**
	 * With {@link StoreConfig.Durability#INTERVAL}, forces what was committed when the interval is over. To be called
	 * about that often; otherwise it does nothing.
	 */
	void forceDue();

	/**
	 * Writes a piece of a backup: everything as of one moment, or what came since another piece. Reads and commits go
	 * on meanwhile.
	 * @param into where to; not closed
	 * @param request what to write
	 * @return the piece
	 * @throws IOException when it cannot be written
	 * @throws StoreException.BadBackup when what came since the other piece is not known any more
	 * @throws StoreException.Damaged when the store itself is damaged; the piece is then worthless
	 */
	BackupInfo backup(OutputStream into, BackupRequest request) throws IOException;

	/**
	 * Writes everything into the store file and removes the log that is then not needed.
	 */
	void checkpoint();

	/**
	 * Makes a checkpoint when records were destroyed since the last one, so that their bytes do not stay in the log and
	 * the store file until there is one anyway. It copies the whole store file; nobody commits meanwhile.
	 * @return whether there was one
	 */
	boolean eraseDestroyed();

	/**
	 * Reads and checks everything.
	 * @return what was found
	 */
	VerifyReport verify();

	/**
	 * Reads and checks a little more of everything; to be called again and again. Health has what was found.
	 * @param bytesMax stop after so many bytes
	 * @return how far it is
	 */
	ScrubReport scrub(long bytesMax);

	/**
	 * The store's state in numbers.
	 * @return the numbers
	 */
	StoreHealth health();

	/**
	 * After a failed write or force: tries to write again, on a state read back from disk.
	 * @return whether the store writes again
	 */
	boolean tryRecover();

	/**
	 * Makes a checkpoint and closes. Snapshots and transactions that are still open fail afterwards.
	 */
	@Override
	void close();

}
