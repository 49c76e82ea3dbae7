package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.List;

import dev.flin.store.MigrationStep;
import dev.flin.store.SchemaPlan;
import dev.flin.store.StoreException;
import dev.flin.store.StoreSchema;
import dev.flin.store.mv.Root;
import dev.flin.store.schema.Catalog;
import dev.flin.store.schema.Evolution;

/**
 * A migration that is under way. What it commits is applied to the maps at once, so that it sees it, but reaches the
 * log as one record at the end; when it fails, the store is read back from its files, which have none of it.
 */
final class MigrationRun {

	private final DefaultStore store;

	private final Disk disk;

	private final List<Change> changes = new ArrayList<>();

	MigrationRun(DefaultStore store, Disk disk) {
		this.store = store;
		this.disk = disk;
	}

	/**
	 * Runs the steps under the new schema and checks what they made.
	 * @param old the state before
	 */
	SchemaPlan run(StoreSnapshot old, StoreSchema schema, List<MigrationStep> steps) {
		Catalog before = this.disk.applier().tables().catalog();
		Evolution evolution = new Evolution(before, schema);
		List<Change> start = new ArrayList<>(UsedKeys.firstUse(this.disk.applier().tables(), evolution.after()));
		if (evolution.after() != before) {
			start.add(new Change.Schema(evolution.after().encode()));
		}
		if (!start.isEmpty()) {
			apply(this.disk.systemTime(), start);
		}
		this.disk.declare(schema);
		this.store.showInMigration(this.disk);
		int number = this.store.migrationsRun().size();
		for (MigrationStep step : steps) {
			try {
				step.work().accept(old);
			}
			catch (RuntimeException ex) {
				throw new StoreException.MigrationFailed(step.name(), ex);
			}
			number++;
			apply(this.disk.systemTime(), List.of(new Change.Hold(Holds.MIGRATIONS, number, step.name())));
		}
		try (StoreSnapshot now = this.store.view()) {
			SchemaPlan plan = new MigrationCheck(now, old.tables(), evolution).plan();
			if (!plan.problems().isEmpty()) {
				throw new StoreException.SchemaRefused(plan);
			}
			return plan;
		}
	}

	/** Applies changes to the maps and keeps them for the log. */
	void apply(long time, List<Change> applied) {
		this.disk.applier().apply(applied);
		this.disk.advance(this.disk.sequence(), time);
		this.changes.addAll(applied);
		this.store.showInMigration(this.disk);
	}

	/** Everything that was applied so far, in order. */
	List<Change> changes() {
		return this.changes;
	}

	/** Applies a commit of a step; the sequence is that of the whole migration. */
	long commit(long time, List<Change> committed) {
		apply(time, committed);
		return this.disk.sequence() + 1;
	}

	/** The names of the migrations that ran, in order. */
	static List<String> names(Root<byte[]> holds) {
		List<String> names = new ArrayList<>();
		Root.Scan<byte[]> scan = holds.scan(Holds.key(Holds.MIGRATIONS, 0),
				Holds.key(Holds.MIGRATIONS, Long.MAX_VALUE), false);
		while (scan.next()) {
			names.add(Holds.migration(scan.key(), scan.value()));
		}
		return names;
	}

}
