/**
 * What pages and routes call by name: the values of a request, answers, addresses, and stored files. One annotated
 * method for each, as in {@link dev.flin.runtime.lib}.
 */
@NullMarked
package dev.flin.http.lib;

import org.jspecify.annotations.NullMarked;
