package dev.flin.ir;

import dev.flin.source.Span;

/**
 * A {@code test} block. Its code is named by its index among the {@linkplain IrUnit#hostCode() code that the host
 * calls}.
 *
 * @param name what it is called in reports
 * @param place where all of it is written
 * @param code the code
 */
public record IrTest(String name, Span place, int code) {
}
