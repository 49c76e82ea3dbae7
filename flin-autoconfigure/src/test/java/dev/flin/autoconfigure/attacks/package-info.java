/**
 * Attacks on a running application, over the wire. Each has to fail.
 */
@NullMarked
package dev.flin.autoconfigure.attacks;

import org.jspecify.annotations.NullMarked;
