/**
 * Forms of text that values are read from and written as: JSON, YAML, TOML, Markdown, text in HTML. Built-ins, requests
 * and hosts use the same ones.
 */
@NullMarked
package dev.flin.runtime.text;

import org.jspecify.annotations.NullMarked;
