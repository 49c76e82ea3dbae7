package dev.flin.ir;

import org.jspecify.annotations.Nullable;

/**
 * A route of a file.
 *
 * @param method the HTTP method
 * @param path the written path; null for that of the file
 * @param handler the code: a function without parameters that gives the value of the answer
 */
public record IrRoute(String method, @Nullable String path, IrFunction handler) {
}
