package dev.flin;

import java.util.List;

/**
 * What starting an application would do to its records.
 *
 * @param errors the errors of its files, as text; with any, nothing else is known
 * @param steps what happens to the schema, as sentences
 * @param problems what stands in the way, with counts and examples; a migration has to mend it
 * @param unreadable how many values of older versions will read {@code none}
 * @param migrations the migrations that will run, in order
 */
public record MigrationPlan(String errors, List<String> steps, List<String> problems, long unreadable,
		List<String> migrations) {

	/** Copies the lists. */
	public MigrationPlan {
		steps = List.copyOf(steps);
		problems = List.copyOf(problems);
		migrations = List.copyOf(migrations);
	}

	/** Whether the application can start: problems may be left only where migrations will run. */
	public boolean isPossible() {
		return this.errors.isEmpty() && (this.problems.isEmpty() || !this.migrations.isEmpty());
	}

}
