/**
 * What compiled markup calls while it renders: the byte buffer it writes to, escaping for each place in HTML,
 * attributes, slots, the merged head, and the assembly of a complete document.
 */
@NullMarked
package dev.flin.view;

import org.jspecify.annotations.NullMarked;
