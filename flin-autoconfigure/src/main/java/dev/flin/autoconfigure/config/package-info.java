/**
 * The file {@code flin.config} as properties of the environment.
 */
@NullMarked
package dev.flin.autoconfigure.config;

import org.jspecify.annotations.NullMarked;
