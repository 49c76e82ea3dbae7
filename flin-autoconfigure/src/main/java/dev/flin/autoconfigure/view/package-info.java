/**
 * Components and pages as views of Spring's controllers, and records as their parameters.
 */
@NullMarked
package dev.flin.autoconfigure.view;

import org.jspecify.annotations.NullMarked;
