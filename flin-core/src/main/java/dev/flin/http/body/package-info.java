/**
 * What a request carries: JSON, forms, and uploads, which wait in files when they are large; all of it within limits.
 */
@NullMarked
package dev.flin.http.body;

import org.jspecify.annotations.NullMarked;
