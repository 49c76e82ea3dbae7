/** The store beside other ways to keep records with their history: the same records, the same durability. */
@NullMarked
package dev.flin.benchmarks.store;

import org.jspecify.annotations.NullMarked;
