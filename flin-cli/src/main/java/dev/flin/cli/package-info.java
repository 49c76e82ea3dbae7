/**
 * The command line.
 */
@NullMarked
package dev.flin.cli;

import org.jspecify.annotations.NullMarked;
