/**
 * The format of backups: a header, and compressed blocks with checksums that may be encrypted. It knows nothing about
 * what the blocks mean.
 */
@NullMarked
package dev.flin.store.backup;

import org.jspecify.annotations.NullMarked;
