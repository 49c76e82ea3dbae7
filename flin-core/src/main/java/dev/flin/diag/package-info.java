/**
 * Diagnostics as data, their stable codes, and the one renderer that shows them with the source line and a caret.
 */
@NullMarked
package dev.flin.diag;

import org.jspecify.annotations.NullMarked;
