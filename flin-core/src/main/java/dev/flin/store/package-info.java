/**
 * The store's contract: schemas, rows, snapshots, write transactions, queries and failures. Everything an entity
 * runtime needs is here and is free of files, clocks and H2; the implementation lives in the packages below and is
 * opened through {@code dev.flin.store.engine.Stores}.
 */
@NullMarked
package dev.flin.store;

import org.jspecify.annotations.NullMarked;
