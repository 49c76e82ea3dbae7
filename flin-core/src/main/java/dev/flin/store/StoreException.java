package dev.flin.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;

/**
 * What can go wrong in the store for reasons outside of it. Each message says what happened and what to do.
 */
public abstract sealed class StoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	StoreException(String message) {
		super(message);
	}

	StoreException(String message, Throwable cause) {
		super(message, cause);
	}

	/** Another transaction came first; the same work may be tried again on a new snapshot. */
	public static final class Conflict extends StoreException {

		private static final long serialVersionUID = 1L;

		private final transient RecordRef record;

		/**
		 * Creates the exception.
		 * @param record the record both wanted
		 * @param why what the other did
		 */
		public Conflict(RecordRef record, String why) {
			super(record + " " + why);
			this.record = record;
		}

		/**
		 * The record both transactions wanted.
		 * @return the record
		 */
		public RecordRef record() {
			return this.record;
		}

	}

	/** Unique values are taken. */
	public static final class UniqueViolation extends StoreException {

		private static final long serialVersionUID = 1L;

		private final transient List<UniqueClash> clashes;

		/**
		 * Creates the exception.
		 * @param clashes the clashes, at least one
		 */
		public UniqueViolation(List<UniqueClash> clashes) {
			super("%s#%d already has this %s".formatted(clashes.getFirst().entity(), clashes.getFirst().existingId(),
					String.join(", ", clashes.getFirst().fields())));
			this.clashes = List.copyOf(clashes);
		}

		/**
		 * What clashes.
		 * @return the clashes
		 */
		public List<UniqueClash> clashes() {
			return this.clashes;
		}

	}

	/** No such record. */
	public static final class NoSuchRecord extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param record the record
		 */
		public NoSuchRecord(RecordRef record) {
			super("There is no " + record);
		}

	}

	/** A held record cannot be destroyed. */
	public static final class Held extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param record the record
		 * @param reason why it is held
		 */
		public Held(RecordRef record, String reason) {
			super("%s is held (%s); release it first".formatted(record, reason));
		}

	}

	/**
	 * The store cannot write any more since a write or a force failed. Nothing that was acknowledged is lost. A commit
	 * that meets this at its own force is not acknowledged and not visible; {@link Store#tryRecover()} discards it, but
	 * after a crash it may turn out to be there.
	 */
	public static final class ReadOnly extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param reason why
		 * @param cause the first failure
		 */
		public ReadOnly(String reason, Throwable cause) {
			super("The store is read only: " + reason, cause);
		}

	}

	/** A transaction is larger than the log takes; nothing of it was stored. */
	public static final class TooLarge extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param bytes how large it is
		 * @param most how large it may be
		 */
		public TooLarge(long bytes, long most) {
			super(String.format(Locale.ROOT, "A transaction of %,d bytes is larger than the log takes (%,d);"
					+ " save in several transactions", bytes, most));
		}

	}

	/** Stored bytes are not what was written. */
	public static final class Damaged extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param what what is damaged and where
		 */
		public Damaged(String what) {
			super(what);
		}

		/**
		 * Creates the exception.
		 * @param what what is damaged and where
		 * @param cause how it showed
		 */
		public Damaged(String what, Throwable cause) {
			super(what, cause);
		}

	}

	/** The store cannot be opened as it is; the files were left untouched. */
	public static final class CannotOpen extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param why why, and the way out
		 */
		public CannotOpen(String why) {
			super(why);
		}

		/**
		 * Creates the exception.
		 * @param why why, and the way out
		 * @param cause how it showed
		 */
		public CannotOpen(String why, Throwable cause) {
			super(why, cause);
		}

		/**
		 * For a data directory that cannot be written to. Even what only reads must be able to: the newest records may
		 * stand in the log alone.
		 * @param directory the directory
		 * @param failure how it showed
		 */
		public static CannotOpen notWritable(String directory, IOException failure) {
			String why = switch (failure) {
				case AccessDeniedException denied -> "access is denied";
				case FileAlreadyExistsException file -> file.getFile() + " is a file";
				case FileSystemException other when other.getReason() != null -> other.getReason();
				default -> String.valueOf(failure.getMessage());
			};
			return new CannotOpen(("The data directory %s cannot be written to: %s. Make it writable for the user that "
					+ "runs this, or set another one (flin.store.directory; of the command line --data); nothing was "
					+ "changed").formatted(directory, why), failure);
		}

	}

	/** A backup cannot be made, or pieces of one cannot be restored. Nothing was changed. */
	public static final class BadBackup extends StoreException {

		private static final long serialVersionUID = 1L;

		/**
		 * Creates the exception.
		 * @param why what is missing, damaged or refused, and the way out
		 */
		public BadBackup(String why) {
			super(why);
		}

		/**
		 * Creates the exception.
		 * @param why what is missing, damaged or refused, and the way out
		 * @param cause how it showed
		 */
		public BadBackup(String why, Throwable cause) {
			super(why, cause);
		}

	}

	/** Another process, or another store of this one, has the directory. */
	public static final class Locked extends StoreException {

		private static final long serialVersionUID = 1L;

		private final long pid;

		/**
		 * Creates the exception.
		 * @param directory the directory
		 * @param pid the holder's process id, 0 when unknown
		 */
		public Locked(String directory, long pid) {
			super("The data directory %s is in use by process %s; stop it, or set another directory"
				.formatted(directory, (pid == 0) ? "(unknown)" : Long.toString(pid)));
			this.pid = pid;
		}

		/**
		 * The holder.
		 * @return its process id, 0 when unknown
		 */
		public long pid() {
			return this.pid;
		}

	}

	/** The code of a migration failed. Nothing of it was stored. */
	public static final class MigrationFailed extends StoreException {

		private static final long serialVersionUID = 1L;

		private final String name;

		/**
		 * Creates the exception.
		 * @param name the migration
		 * @param cause how it failed
		 */
		public MigrationFailed(String name, Throwable cause) {
			super("The migration " + name + " failed: " + cause.getMessage() + ". Nothing of it was stored", cause);
			this.name = name;
		}

		/**
		 * The migration.
		 * @return its name
		 */
		public String name() {
			return this.name;
		}

	}

	/** The stored data cannot take the schema's shape. */
	public static final class SchemaRefused extends StoreException {

		private static final long serialVersionUID = 1L;

		private final transient SchemaPlan plan;

		/**
		 * Creates the exception.
		 * @param plan the plan with its problems
		 */
		public SchemaRefused(SchemaPlan plan) {
			super(plan.problems().getFirst().message());
			this.plan = plan;
		}

		/**
		 * The plan that was refused.
		 * @return the plan
		 */
		public SchemaPlan plan() {
			return this.plan;
		}

	}

}
