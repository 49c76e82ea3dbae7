/**
 * What is said when an application with FLIN cannot start: a description and what to do.
 */
@NullMarked
package dev.flin.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
