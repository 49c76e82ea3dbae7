package dev.flin.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.flin.store.StoreException;

/**
 * Explains records that cannot be opened.
 */
class FlinStoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
		String action = switch (cause) {
			case StoreException.Locked locked -> (locked.pid() == ProcessHandle.current().pid())
					? "Another application in this very process has the directory, such as that of another test. Close "
							+ "it before, give each a directory with 'flin.store.directory', or keep the records of "
							+ "tests in memory with 'flin.store.type=memory'."
					: "Stop " + ((locked.pid() == 0) ? "the other process" : "process " + locked.pid())
							+ ", or give this one a directory of its own with 'flin.store.directory'.";
			case StoreException.Damaged damaged -> "The files were left untouched. Make a copy of the directory, then "
					+ "restore a backup, or copy what can be read with 'flin recover'.";
			case StoreException.CannotOpen closed -> "The files were left untouched. Do what the message says; a copy "
					+ "of the directory first does no harm.";
			case StoreException.BadBackup bad -> "Nothing was changed. Do what the message says.";
			case StoreException.MigrationFailed failed -> "Correct the file migrations/" + failed.name()
					+ ".flin and start again; the records are as they were.";
			case StoreException.SchemaRefused refused -> "Change the entity so that it can take the stored values, or "
					+ "write a migration.";
			case StoreException.ReadOnly readOnly -> "Make space on the disk, or make the directory writable, "
					+ "then start again.";
			case StoreException.Conflict conflict -> null;
			case StoreException.UniqueViolation violation -> null;
			case StoreException.NoSuchRecord missing -> null;
			case StoreException.Held held -> null;
			case StoreException.TooLarge large -> null;
		};
		String message = cause.getMessage();
		String description = (message != null) ? message : cause.toString();
		return (action == null) ? null : new FailureAnalysis(description, action, cause);
	}

}
