/**
 * What {@code *.test.flin} calls to visit the application that it tests; a host drives the requests.
 */
@NullMarked
package dev.flin.http.test;

import org.jspecify.annotations.NullMarked;
