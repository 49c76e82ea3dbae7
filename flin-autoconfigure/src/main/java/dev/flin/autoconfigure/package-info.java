/**
 * The engine as a bean, its properties, and where its files come from. Nothing here knows a web server.
 */
@NullMarked
package dev.flin.autoconfigure;

import org.jspecify.annotations.NullMarked;
