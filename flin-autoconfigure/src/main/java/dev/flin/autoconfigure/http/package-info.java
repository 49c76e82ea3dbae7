/**
 * Requests of FLIN code to other servers, over Reactor Netty.
 */
@NullMarked
package dev.flin.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
