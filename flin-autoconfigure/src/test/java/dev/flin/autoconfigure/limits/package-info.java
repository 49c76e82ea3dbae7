/** Tests of limits that several servers share. */
@NullMarked
package dev.flin.autoconfigure.limits;

import org.jspecify.annotations.NullMarked;
