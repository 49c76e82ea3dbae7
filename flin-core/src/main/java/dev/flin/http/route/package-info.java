/**
 * Declared routes, and the way of a request through them: {@link dev.flin.http.route.Target} finds where it leads, the
 * dispatcher opens an exchange, the pipeline takes it through middleware, guards, the check against forgery, validation
 * and the code of the route, and what that returns becomes the answer. The only room that uses its neighbours; how
 * applications describe themselves to others ({@link dev.flin.http.route.OpenApi}) is read from the same declarations.
 */
@NullMarked
package dev.flin.http.route;

import org.jspecify.annotations.NullMarked;
