package dev.flin.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of valid time and what is true in it, as known in a snapshot.
 *
 * @param version the version whose values hold
 * @param validFrom the first moment
 * @param validTo the first moment after it, null when open
 */
public record TimelineSegment(RecordVersion version, Instant validFrom, @Nullable Instant validTo) {
}
