/**
 * The engine as a host sees it, and the only place that wires the parts together. Nothing below imports this package.
 */
@NullMarked
package dev.flin;

import org.jspecify.annotations.NullMarked;
