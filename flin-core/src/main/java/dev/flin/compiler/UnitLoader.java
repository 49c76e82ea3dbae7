package dev.flin.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.lower.EntityParts;

/**
 * Loads the classes of one unit. Classes of other units come from the program it was made for; everything else from the
 * loader of the run side. Classes are defined when they are first used.
 */
final class UnitLoader extends ClassLoader {

	static {
		registerAsParallelCapable();
	}

	private final String unit;

	private final UnitCode own;

	/** The loaders of the program, until it is known which of them are those of {@link #others}. */
	private @Nullable Map<String, UnitLoader> program;

	/** Loaders of the units that this one calls, by class name: nothing else may be kept alive from here. */
	private Map<String, UnitLoader> others = Map.of();

	UnitLoader(ClassLoader parent, String unit, UnitCode own) {
		super(parent);
		this.unit = unit;
		this.own = own;
	}

	/** Says where the units of the program are. Called once, before anything is loaded. */
	synchronized void link(Map<String, UnitLoader> loaders) {
		this.program = loaders;
	}

	/** Finds the loaders of the units that this one calls, which nobody needs before its first class. */
	synchronized void settle() {
		Map<String, UnitLoader> loaders = this.program;
		if (loaders != null) {
			Map<String, UnitLoader> found = new HashMap<>();
			for (String name : this.own.references()) {
				found.put(name, Objects.requireNonNull(loaders.get(name), name));
			}
			this.others = found;
			this.program = null;
		}
	}

	private synchronized @Nullable UnitLoader other(String unit) {
		settle();
		return this.others.get(unit);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.startsWith("flin.")) {
			return super.loadClass(name, resolve);
		}
		String unit = EntityParts.unitOf(name);
		synchronized (getClassLoadingLock(name)) {
			Class<?> known = findLoadedClass(name);
			if (known != null) {
				return known;
			}
			byte[] bytes = this.unit.equals(unit) ? this.own.classes().get(name) : null;
			if (bytes != null) {
				settle();
				return defineClass(name, bytes, 0, bytes.length);
			}
		}
		UnitLoader other = other(unit);
		if (other == null) {
			throw new ClassNotFoundException(name);
		}
		return other.loadClass(name, resolve);
	}

	boolean isLoaded(String className) {
		synchronized (getClassLoadingLock(className)) {
			return findLoadedClass(className) != null;
		}
	}

	boolean has(String className) {
		return this.own.classes().containsKey(className);
	}

}
