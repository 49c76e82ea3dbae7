package dev.flin.compiler;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The classes of one unit. They are made when somebody asks for them: most of a program is loaded long after it was
 * compiled, or never. Making them changes nothing else, so that it can be tried again when a thread had no stack left.
 */
final class UnitCode {

	/** Null when the classes are made. */
	private @Nullable Supplier<Map<String, byte[]>> maker;

	private Map<String, byte[]> classes = Map.of();

	UnitCode(Supplier<Map<String, byte[]>> maker) {
		this.maker = maker;
	}

	UnitCode(Map<String, byte[]> classes) {
		this.classes = classes;
	}

	/** Bytes by class name. */
	synchronized Map<String, byte[]> classes() {
		Supplier<Map<String, byte[]>> still = this.maker;
		if (still != null) {
			this.classes = still.get();
			this.maker = null;
		}
		return this.classes;
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
