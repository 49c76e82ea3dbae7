/**
 * The contents of files: each once, in a file of its own that is named by the hash of its content. Who refers to what
 * is counted elsewhere.
 */
@NullMarked
package dev.flin.store.blob;

import org.jspecify.annotations.NullMarked;
