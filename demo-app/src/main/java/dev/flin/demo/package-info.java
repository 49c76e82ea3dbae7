/**
 * A small shop: pages and an API in FLIN beside a little Java.
 */
@NullMarked
package dev.flin.demo;

import org.jspecify.annotations.NullMarked;
