/**
 * Passwords, tokens and second factors: the services of FLIN's built-ins over the libraries that Spring users know, one
 * auto-configuration for each library.
 */
@NullMarked
package dev.flin.autoconfigure.identity;

import org.jspecify.annotations.NullMarked;
