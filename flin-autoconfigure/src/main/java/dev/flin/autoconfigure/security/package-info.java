/**
 * FLIN beside Spring Security: a filter chain of its own for FLIN's routes, and the user whom the application's
 * security has authenticated as the user that guards see.
 */
@NullMarked
package dev.flin.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
