package dev.flin.value;

import java.util.ArrayList;
import java.util.List;

/**
 * A trace as a reader wants it: calls that repeat, as endless recursion makes them by the thousand, are shown once with
 * the number of times.
 */
final class TraceLines {

	/** The longest group of functions that call each other in turn which is looked for. */
	private static final int GROUP_MAX = 8;

	/** A repetition of fewer lines is shown as it is. */
	private static final int LINES_SPARED_MIN = 8;

	private TraceLines() {
	}

	static List<String> of(List<String> frames) {
		List<String> lines = new ArrayList<>();
		int at = 0;
		while (at < frames.size()) {
			int group = groupAt(frames, at);
			int repeated = timesAgain(frames, at, group);
			lines.addAll(frames.subList(at, at + group));
			if (repeated > 0) {
				lines.add((group == 1) ? "the line above, " + repeated + " times more"
						: "the " + group + " lines above, " + repeated + " times more");
			}
			at += group * (1 + repeated);
		}
		return lines;
	}

	/** How many frames from here are a group that repeats often enough; 1 when none does. */
	private static int groupAt(List<String> frames, int at) {
		for (int group = 1; group <= GROUP_MAX; group++) {
			if (timesAgain(frames, at, group) > 0) {
				return group;
			}
		}
		return 1;
	}

	private static int timesAgain(List<String> frames, int at, int group) {
		int times = 0;
		for (int next = at + group; next + group <= frames.size()
				&& frames.subList(next, next + group).equals(frames.subList(at, at + group)); next += group) {
			times++;
		}
		return (times * group >= LINES_SPARED_MIN) ? times : 0;
	}

}
