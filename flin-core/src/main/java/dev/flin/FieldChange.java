package dev.flin;

import org.jspecify.annotations.Nullable;

/**
 * What a field was and what it is in another version.
 *
 * @param before the older value
 * @param after the newer value
 */
public record FieldChange(@Nullable Object before, @Nullable Object after) {
}
