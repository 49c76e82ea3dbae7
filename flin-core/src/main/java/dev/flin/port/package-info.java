/**
 * What an engine needs of its host for some of its built-ins: one interface for each service, over a library that need
 * not be there.
 */
@NullMarked
package dev.flin.port;

import org.jspecify.annotations.NullMarked;
