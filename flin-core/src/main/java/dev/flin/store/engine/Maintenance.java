package dev.flin.store.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.flin.store.BackupInfo;
import dev.flin.store.BackupRequest;
import dev.flin.store.MaintenanceReport;
import dev.flin.store.RecoveryReport;
import dev.flin.store.ScrubReport;
import dev.flin.store.StoreException;
import dev.flin.store.StoreHealth;
import dev.flin.store.VerifyReport;
import dev.flin.store.fs.FileSystem;

/**
 * What reads all of a store while it works: backups, verification, scrubbing; and what was done of that.
 */
final class Maintenance {

	private final DefaultStore store;

	private final FileSystem files;

	private final InstantSource clock;

	private final Scrubber scrubber;

	private MaintenanceReport done = MaintenanceReport.NONE;

	Maintenance(DefaultStore store, FileSystem files, InstantSource clock) {
		this.store = store;
		this.files = files;
		this.clock = clock;
		this.scrubber = new Scrubber(files);
	}

	/** The store's state in numbers. */
	StoreHealth health(Disk current, long commits, StoreHealth.Blobs blobs, RecoveryReport recovery) {
		Throwable failure = current.log().failure();
		return new StoreHealth((failure == null) ? null : String.valueOf(failure.getMessage()),
				current.log().lastSequence(), current.log().durableSequence(), current.appliedSequence(),
				current.logBytes(), current.log().segmentCount(), current.log().forces(),
				current.log().forceNanos(), commits,
				current.checkpoints(), current.file().readers(), blobs, recovery, report(current));
	}

	private synchronized MaintenanceReport report(Disk current) {
		return this.done.withArchive(current.archivedBytes()).withScrub(this.scrubber.report());
	}

	/** Applies what retention says, entity by entity. */
	long prune(Retention retention, Instant now) {
		long pruned = 0;
		List<String> entities;
		try (StoreSnapshot snapshot = this.store.view()) {
			entities = retention.entities(snapshot.tables());
		}
		for (String entity : entities) {
			long next = 1;
			while (next > 0) {
				Retention.Batch batch = this.store.prune(retention, entity, next);
				pruned += batch.changes().size();
				next = batch.next();
			}
		}
		pruned(pruned, now);
		return pruned;
	}

	private synchronized void pruned(long forgotten, Instant at) {
		this.done = this.done.afterPruning(forgotten, at);
	}

	private synchronized void backedUp() {
		this.done = this.done.afterBackup(this.clock.instant());
	}

	BackupInfo backup(OutputStream into, BackupRequest request) throws IOException {
		Disk current = this.store.disk();
		try (BackupMoment moment = this.store.moment(current)) {
			BackupInfo info = new BackupJob(moment, this.files, request).write(into);
			backedUp();
			return info;
		}
		finally {
			this.store.releaseLog(current);
		}
	}

	VerifyReport verify() {
		Disk current = this.store.retainLog();
		try (StoreSnapshot snapshot = this.store.view()) {
			VerifyReport found = Verification.run(snapshot);
			List<String> damages = new ArrayList<>(found.damages());
			damages.addAll(LogHistory.verify(this.files, snapshot.state().sequence()));
			return new VerifyReport(found.records(), found.versions(), found.indexEntries(), damages);
		}
		finally {
			this.store.releaseLog(current);
		}
	}

	/** Forces the log when its interval has passed. */
	static void forceDue(Disk current) {
		try {
			current.log().forceDue();
		}
		catch (StoreException.ReadOnly ex) {
			// health tells, and so does the next commit
			current.log().fail(ex);
		}
	}

	ScrubReport scrub(long bytesMax) {
		return this.scrubber.step(this.store::view, this.store.disk().file().store(), bytesMax, this.clock.instant());
	}

}
