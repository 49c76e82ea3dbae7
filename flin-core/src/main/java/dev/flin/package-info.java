/**
 * The engine as its hosts use it: Spring Boot, the command line, tests. The only place where the parts are wired
 * together; nothing else imports it.
 */
@NullMarked
package dev.flin;

import org.jspecify.annotations.NullMarked;
