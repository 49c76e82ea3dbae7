/**
 * How a finished answer reaches its client: files of {@code public/}, ranges, answers that the client has already,
 * compression. Takes an answer and gives another one; knows no route and no program.
 */
@NullMarked
package dev.flin.http.delivery;

import org.jspecify.annotations.NullMarked;
