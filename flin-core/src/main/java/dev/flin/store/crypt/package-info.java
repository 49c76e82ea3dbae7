/**
 * Authenticated encryption of values: keys by their ids, sealing, keyed hashes. What of the algorithms the JDK has is
 * used as it is.
 */
@NullMarked
package dev.flin.store.crypt;

import org.jspecify.annotations.NullMarked;
