/**
 * The first table: what the starter costs when an application starts, what a FLIN route costs beside a hand-written
 * handler, and what a durable save costs beside the forced append that it cannot do without.
 */
@NullMarked
package dev.flin.benchmarks.skeleton;

import org.jspecify.annotations.NullMarked;
