/**
 * Entities at run time: what compiled code calls to build, read, change and ask for records. It stands between a
 * program and the store: types and their rules, sessions with snapshots and transactions, saves with hooks and
 * validation, deletes with their references, time travel, and queries as values.
 */
@NullMarked
package dev.flin.runtime.entity;

import org.jspecify.annotations.NullMarked;
