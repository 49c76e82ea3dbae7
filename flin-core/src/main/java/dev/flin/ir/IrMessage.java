package dev.flin.ir;

import dev.flin.source.Span;

/**
 * A message that a file asks for by a constant key.
 *
 * @param key the key
 * @param span where it is written
 */
public record IrMessage(String key, Span span) {
}
