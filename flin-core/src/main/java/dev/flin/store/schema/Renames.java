package dev.flin.store.schema;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Which stored thing each declared one is: that of its name, or that of a name it had. All renames of a migration are
 * one step: {@code b @was("a"), c @was("b")} moves both.
 */
final class Renames {

	private Renames() {
	}

	/**
	 * Finds the stored things.
	 * @return the stored one of each declared one that has one, by identity; none is given twice
	 */
	static <D, S> Map<D, S> match(List<D> declared, Function<D, String> name,
			Function<D, ? extends Collection<String>> was, List<S> stored, Function<S, String> storedName) {
		Map<String, S> byName = new HashMap<>();
		stored.forEach((each) -> byName.putIfAbsent(storedName.apply(each), each));
		Map<String, D> owners = new HashMap<>();
		Deque<D> without = new ArrayDeque<>();
		for (D each : declared) {
			if (byName.containsKey(name.apply(each))) {
				owners.put(name.apply(each), each);
			}
			else {
				without.add(each);
			}
		}
		Map<D, S> found = new IdentityHashMap<>();
		while (!without.isEmpty()) {
			D each = without.remove();
			String old = earlier(was.apply(each), byName, found);
			if (old != null) {
				found.put(each, byName.get(old));
				D owner = owners.remove(old);
				if (owner != null) {
					without.add(owner);
				}
			}
		}
		owners.forEach((own, each) -> found.put(each, byName.get(own)));
		return found;
	}

	private static <D, S> @Nullable String earlier(Collection<String> names, Map<String, S> byName,
			Map<D, S> found) {
		for (String name : names) {
			S stored = byName.get(name);
			if (stored != null && !found.containsValue(stored)) {
				return name;
			}
		}
		return null;
	}

}
