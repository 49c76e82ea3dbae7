/**
 * Reads the Markdown pages of the project and checks what they say: snippets, links and reference lists.
 */
@NullMarked
package dev.flin.test.components;

import org.jspecify.annotations.NullMarked;
