package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a failing input smaller as long as it fails in the same way. */
final class Shrinker {

	private static final Pattern TOKEN = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*|\\d+|\\s+|.", Pattern.DOTALL);

	private static final int ATTEMPTS_MAX = 1_500;

	private final FuzzTarget target;

	private final String kind;

	private int attempts;

	Shrinker(FuzzTarget target, String kind) {
		this.target = target;
		this.kind = kind;
	}

	FuzzInput shrink(FuzzInput failing) {
		FuzzInput best = failing;
		for (String path : List.copyOf(failing.files().keySet())) {
			if (best.files().size() > 1 && stillFails(best.without(path))) {
				best = best.without(path);
			}
		}
		for (String path : List.copyOf(best.files().keySet())) {
			best = parts(best, path, "\n");
			best = parts(best, path, "");
		}
		return best;
	}

	private FuzzInput parts(FuzzInput failing, String path, String separator) {
		FuzzInput best = failing;
		List<String> parts = split(best.files().getOrDefault(path, ""), separator);
		for (int size = Math.max(1, parts.size() / 2); size >= 1; size = (size == 1) ? 0 : size / 2) {
			for (int at = 0; at < parts.size() && this.attempts < ATTEMPTS_MAX;) {
				List<String> fewer = new ArrayList<>(parts);
				fewer.subList(at, Math.min(parts.size(), at + size)).clear();
				FuzzInput smaller = best.with(path, String.join(separator, fewer));
				if (stillFails(smaller)) {
					best = smaller;
					parts = fewer;
				}
				else {
					at += size;
				}
			}
		}
		return best;
	}

	private boolean stillFails(FuzzInput input) {
		this.attempts++;
		Failure failure = this.target.check(input);
		return failure != null && failure.kind().equals(this.kind);
	}

	private static List<String> split(String text, String separator) {
		if (!separator.isEmpty()) {
			return new ArrayList<>(Arrays.asList(text.split(separator, -1)));
		}
		List<String> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(text);
		while (matcher.find()) {
			tokens.add(matcher.group());
		}
		return tokens;
	}

}
