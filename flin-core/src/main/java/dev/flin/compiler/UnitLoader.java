package dev.flin.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.flin.lower.EntityParts;

/**
 * Loads the classes of one unit. Classes of other units come from the program it was made for; everything else from the
 * loader of the run side. Classes are defined when they are first used and their bytes dropped then.
 */
final class UnitLoader extends ClassLoader {

	static {
		registerAsParallelCapable();
	}

	private final Map<String, byte[]> own;

	private final Set<String> names;

	/** Loaders of the units that this one calls, by class name: nothing else may be kept alive from here. */
	private volatile Map<String, UnitLoader> others = Map.of();

	UnitLoader(ClassLoader parent, Map<String, byte[]> own) {
		super(parent);
		this.own = new HashMap<>(own);
		this.names = Set.copyOf(own.keySet());
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
		synchronized (getClassLoadingLock(name)) {
			Class<?> known = findLoadedClass(name);
			if (known != null) {
				return known;
			}
			byte[] bytes = this.own.remove(name);
			if (bytes != null) {
				return defineClass(name, bytes, 0, bytes.length);
			}
		}
		UnitLoader other = this.others.get(EntityParts.unitOf(name));
		if (other == null) {
			throw new ClassNotFoundException(name);
		}
		return other.loadClass(name, resolve);
	}

	Set<String> names() {
		return this.names;
	}

}
