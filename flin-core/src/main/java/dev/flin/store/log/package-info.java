/**
 * The write-ahead log: segments of checked records, one force for many commits, and the scan that tells an unfinished
 * end from damage. It knows nothing about what the records mean.
 */
@NullMarked
package dev.flin.store.log;

import org.jspecify.annotations.NullMarked;
