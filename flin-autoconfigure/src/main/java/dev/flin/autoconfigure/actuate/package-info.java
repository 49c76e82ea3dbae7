/**
 * The engine among what Actuator shows: health, meters of the store, and backups.
 */
@NullMarked
package dev.flin.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
