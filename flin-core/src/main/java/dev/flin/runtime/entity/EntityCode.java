package dev.flin.runtime.entity;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;

/**
 * The compiled code of an entity's declaration: defaults, computed fields, checks and hooks. Definitions name these
 * functions by their index.
 */
@FunctionalInterface
public interface EntityCode {

	/** Of an entity without code. */
	EntityCode NONE = context -> List.of();

	/**
	 * Binds the functions to a run. Called at most once for each session that needs one of them.
	 * @param context the run
	 * @return functions of the instance; that of a rule of the program's own takes the value
	 */
	List<FlinFunction> functions(FlinContext context);

	/** An instance of the entity's class that nobody uses but to make others; null when it has no class of its own. */
	default @Nullable RecordInstance prototype() {
		return null;
	}

	/** As {@link #prototype}, null as well when nobody can have an instance, because the class is not loaded. */
	default @Nullable RecordInstance loadedPrototype() {
		return null;
	}

}
