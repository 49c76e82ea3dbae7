package dev.flin.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How far the slow reading of everything is, and what it found.
 *
 * @param passes how often everything was read since the start
 * @param lastPass when that was last done, null when it was not yet
 * @param entries how many entries were read since the start
 * @param bytes how many bytes they had
 * @param damages what the last whole pass and the present one found, the first hundred
 */
public record ScrubReport(long passes, @Nullable Instant lastPass, long entries, long bytes, List<String> damages) {

	/** Before the first step. */
	public static final ScrubReport NONE = new ScrubReport(0, null, 0, 0, List.of());

	/** Copies the list. */
	public ScrubReport {
		damages = List.copyOf(damages);
	}

}
