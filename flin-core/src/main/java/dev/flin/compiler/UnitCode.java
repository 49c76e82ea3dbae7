package dev.flin.compiler;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The classes of one unit, and which other units they need. They are made when somebody asks for them: most of a
 * program is loaded long after it was compiled, or never. Making them changes nothing else, so that it can be tried
 * again when a thread had no stack left.
 */
final class UnitCode {

	/** Null when the classes are made. */
	private @Nullable Supplier<Map<String, byte[]>> maker;

	private Map<String, byte[]> classes = Map.of();

	/** Null when the references are found. */
	private @Nullable Supplier<Set<String>> finder;

	private Set<String> references = Set.of();

	UnitCode(Supplier<Map<String, byte[]>> maker, Supplier<Set<String>> finder) {
		this.maker = maker;
		this.finder = finder;
	}

	/** The code of a unit whose classes are made at once. */
	UnitCode(Map<String, byte[]> classes, Set<String> references) {
		this.classes = classes;
		this.references = references;
	}

	/** Bytes by class name. */
	synchronized Map<String, byte[]> classes() {
		Supplier<Map<String, byte[]>> still = this.maker;
		if (still != null) {
			references();
			this.classes = still.get();
			this.maker = null;
		}
		return this.classes;
	}

	/** Class names of the units that the code calls. */
	synchronized Set<String> references() {
		Supplier<Set<String>> still = this.finder;
		if (still != null) {
			this.references = still.get();
			this.finder = null;
		}
		return this.references;
	}

	private synchronized boolean isMade() {
		return this.maker == null;
	}

	/** Whether a later unit has the same classes. Where none was made of this one nobody can tell, so they are not. */
	boolean isSame(UnitCode later) {
		return later == this || isMade() && same(classes(), later.classes());
	}

	private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
		return a.keySet().equals(b.keySet())
				&& a.entrySet().stream().allMatch(entry -> Arrays.equals(entry.getValue(), b.get(entry.getKey())));
	}

}
