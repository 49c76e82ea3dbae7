/**
 * The typed core that every program is reduced to before code is generated: expressions without control flow inside,
 * statements with it, functions and units. All sugar is gone, every operation names its representation. It says nothing
 * about the machine that runs it, so that a generator for JVM classes and one for JavaScript can read the same code.
 */
@NullMarked
package dev.flin.ir;

import org.jspecify.annotations.NullMarked;
