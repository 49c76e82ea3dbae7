/**
 * The engine's health among that of the application.
 */
@NullMarked
package dev.flin.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
