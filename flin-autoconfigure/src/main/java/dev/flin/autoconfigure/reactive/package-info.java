/**
 * Routes and pages beside the controllers of a WebFlux application. Every request that FLIN answers runs on a virtual
 * thread.
 */
@NullMarked
package dev.flin.autoconfigure.reactive;

import org.jspecify.annotations.NullMarked;
