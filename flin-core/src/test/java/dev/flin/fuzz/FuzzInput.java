package dev.flin.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An application to try.
 *
 * @param files texts by path
 */
record FuzzInput(Map<String, String> files) {

	static final String MAIN = "main.flin";

	static FuzzInput of(String source) {
		return new FuzzInput(Map.of(MAIN, source));
	}

	FuzzInput with(String path, String text) {
		Map<String, String> changed = new LinkedHashMap<>(this.files);
		changed.put(path, text);
		return new FuzzInput(changed);
	}

	FuzzInput without(String path) {
		Map<String, String> changed = new LinkedHashMap<>(this.files);
		changed.remove(path);
		return new FuzzInput(changed);
	}

	@Override
	public String toString() {
		StringBuilder out = new StringBuilder();
		this.files.forEach((path, text) -> out.append("--- ").append(path).append('\n').append(text).append('\n'));
		return out.toString();
	}

}
