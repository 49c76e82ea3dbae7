/**
 * Sorted maps in one file on H2's MVStore, the only package that sees {@code org.h2}. It adds what MVStore lacks: a
 * checksum over each block of keys and of lengths, counts and content hashes per map, snapshots across maps, and writes
 * that fail without taking the readable state with them.
 */
@NullMarked
package dev.flin.store.mv;

import org.jspecify.annotations.NullMarked;
