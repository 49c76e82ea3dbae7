/**
 * Changes of records as events of the application.
 */
@NullMarked
package dev.flin.autoconfigure.events;

import org.jspecify.annotations.NullMarked;
