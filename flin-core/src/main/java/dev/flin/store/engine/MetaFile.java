package dev.flin.store.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;

/**
 * What the store file should contain, kept outside of it. Before a checkpoint it names the state before and the one to
 * come, afterwards that one alone; a store file that is neither has lost or gained something.
 */
final class MetaFile {

	static final String NAME = "meta.json";

	private static final Pattern STATE = Pattern
		.compile("\\{\\s*\"sequence\"\\s*:\\s*(\\d+)\\s*,\\s*\"hash\"\\s*:\\s*\"([0-9a-f]{16})\"\\s*}");

	private static final Pattern FORMAT = Pattern.compile("\"format\"\\s*:\\s*(\\d+)");

	/**
	 * A state of the store file.
	 *
	 * @param sequence the newest transaction in it
	 * @param hash the hash over its maps
	 */
	record State(long sequence, long hash) {
	}

	private MetaFile() {
	}

	static void write(FileSystem files, List<State> states) throws IOException {
		StringBuilder text = new StringBuilder("{\n  \"format\": 1,\n  \"states\": [");
		for (int i = 0; i < states.size(); i++) {
			text.append((i == 0) ? "" : ",")
				.append("\n    { \"sequence\": ")
				.append(states.get(i).sequence())
				.append(", \"hash\": \"")
				.append(HexFormat.of().toHexDigits(states.get(i).hash()))
				.append("\" }");
		}
		files.replace(NAME, text.append("\n  ]\n}\n").toString().getBytes(StandardCharsets.UTF_8));
	}

	/** Whether the file is there and names one state alone. */
	static boolean isOnly(FileSystem files, State state) throws IOException {
		List<State> states = read(files);
		return states != null && states.equals(List.of(state));
	}

	/** The states, or null when there is no such file. */
	static @Nullable List<State> read(FileSystem files) throws IOException {
		if (!files.exists(NAME)) {
			return null;
		}
		String text = new String(files.readAll(NAME), StandardCharsets.UTF_8);
		Matcher format = FORMAT.matcher(text);
		if (!format.find()) {
			throw new StoreException.CannotOpen(NAME
					+ " is damaged. Restore it from a backup, or remove it to have the "
					+ "store read and checked as a whole");
		}
		if (!format.group(1).equals("1")) {
			throw new StoreException.CannotOpen("The data has format " + format.group(1)
					+ ", which this version does not know; open it with the version that wrote it");
		}
		List<State> states = new ArrayList<>();
		Matcher matcher = STATE.matcher(text);
		while (matcher.find()) {
			states.add(new State(Long.parseLong(matcher.group(1)), HexFormat.fromHexDigitsToLong(matcher.group(2))));
		}
		return states;
	}

}
