package dev.flin.compiler;

import java.util.Map;

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

	/** Loaders of the units that this one calls, by class name: nothing else may be kept alive from here. */
	private volatile Map<String, UnitLoader> others = Map.of();

	UnitLoader(ClassLoader parent, String unit, UnitCode own) {
		super(parent);
		this.unit = unit;
		this.own = own;
	}

	/** Says where the units are that this one calls. Called once, before anything is loaded. */
	void link(Map<String, UnitLoader> references) {
		this.others = Map.copyOf(references);
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
				return defineClass(name, bytes, 0, bytes.length);
			}
		}
		UnitLoader other = this.others.get(unit);
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
