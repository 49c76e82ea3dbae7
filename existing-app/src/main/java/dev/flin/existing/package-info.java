/**
 * An application as it was before FLIN was added to it.
 */
@NullMarked
package dev.flin.existing;

import org.jspecify.annotations.NullMarked;
