/**
 * The file {@code flin.config} as properties of the environment, and what is no property there.
 */
@NullMarked
package dev.flin.autoconfigure.config;

import org.jspecify.annotations.NullMarked;
