/**
 * Runs conformance cases: small applications with a conversation each, in plain text files.
 */
@NullMarked
package dev.flin.test.conformance;

import org.jspecify.annotations.NullMarked;
