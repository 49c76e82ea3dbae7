/**
 * Storage of files in buckets: the protocol of S3, which R2 and, with HMAC keys, Google Cloud Storage speak too.
 */
@NullMarked
package dev.flin.autoconfigure.storage;

import org.jspecify.annotations.NullMarked;
