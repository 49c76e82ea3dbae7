package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.MigrationStep;
import dev.flin.store.SchemaPlan;
import dev.flin.store.StoreException;
import dev.flin.store.StoreSchema;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.schema.Catalog;
import dev.flin.store.schema.EntityShape;
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
		applied.forEach(this::apply);
		this.disk.advance(this.disk.sequence(), time);
		this.store.showInMigration(this.disk);
	}

	private void apply(Change change) {
		this.disk.applier().apply(List.of(change));
		this.changes.add(change);
	}

	/** Everything that was applied so far, in order. */
	List<Change> changes() {
		return this.changes;
	}

	/**
	 * Applies a commit of a step as a migration makes it: a version keeps its number and time, for a migration tells
	 * nothing new about the world. One change is applied before the next one is looked at, which may be about the
	 * version that it made. The sequence is that of the whole migration.
	 */
	long commit(long time, List<Change> committed) {
		for (Change change : committed) {
			apply((change instanceof Change.Put put) ? inPlace(put, this.disk.applier()) : change);
		}
		this.disk.advance(this.disk.sequence(), time);
		this.store.showInMigration(this.disk);
		return this.disk.sequence() + 1;
	}

	private static Change inPlace(Change.Put put, Applier applier) {
		EntityTable table = applier.tables().table(put.entity());
		StoredRow after = new StoredRow(put.row());
		StoredRow before = applier.version(table, put.id(), after.number());
		// a deleted record stays so: its values have to fit as well
		boolean deletion = before != null && after.isDeleted() && !before.isDeleted();
		if (before == null || before.isPruned() || deletion || after.hasValidPeriod()) {
			return put;
		}
		EntityShape shape = table.shape();
		@Nullable Object[] values = new Object[shape.fields().size()];
		boolean[] changed = new boolean[values.length];
		int[] offsets = shape.offsets(after);
		for (int i = 0; i < values.length; i++) {
			values[i] = shape.value(after, offsets, i);
			changed[i] = shape.isChanged(before, i);
		}
		byte[] row = shape.replaced(before, values, changed);
		RowCodec.seal(row, put.entity(), put.id());
		return new Change.Replace(put.entity(), put.id(), row);
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
