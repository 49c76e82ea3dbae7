/** A small application that is tested in slices. */
@NullMarked
package dev.flin.test.autoconfigure.shop;

import org.jspecify.annotations.NullMarked;
