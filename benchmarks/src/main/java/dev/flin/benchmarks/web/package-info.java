/** Routes of FLIN beside hand-written functional handlers, in one server over one store. */
@NullMarked
package dev.flin.benchmarks.web;

import org.jspecify.annotations.NullMarked;
