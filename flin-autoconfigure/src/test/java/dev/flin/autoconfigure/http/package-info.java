/** Tests of requests to other servers. */
@NullMarked
package dev.flin.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
