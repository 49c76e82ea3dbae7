/**
 * The slice of a Spring application that tests of FLIN files need.
 */
@NullMarked
package dev.flin.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
