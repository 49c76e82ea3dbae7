/**
 * Transactions of the store as Spring's.
 */
@NullMarked
package dev.flin.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;
