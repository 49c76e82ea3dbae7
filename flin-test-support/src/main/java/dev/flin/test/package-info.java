/**
 * Support for tests of FLIN code: given source, then output, diagnostics or answers.
 */
@NullMarked
package dev.flin.test;

import org.jspecify.annotations.NullMarked;
