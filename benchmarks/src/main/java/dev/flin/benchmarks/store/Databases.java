package dev.flin.benchmarks.store;

import java.nio.file.Path;
import java.util.List;

/** All that are compared. */
final class Databases {

	/** Opens one. */
	interface Opener {

		Database open(Path directory, boolean durable) throws Exception;

	}

	/** In the order of tables; FLIN's first. */
	static final List<Opener> ALL = List.of(FlinDatabase::open, RawMvDatabase::new, SqlDatabase::sqlite,
			SqlDatabase::h2, (directory, durable) -> new EnversDatabase(directory, false, durable),
			(directory, durable) -> new EnversDatabase(directory, true, durable), JaversDatabase::new);

	private Databases() {
	}

}
