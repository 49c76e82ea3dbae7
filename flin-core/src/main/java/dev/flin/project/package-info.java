/**
 * Where the files of an application lie: its roots, what belongs to it, and what has changed.
 */
@NullMarked
package dev.flin.project;

import org.jspecify.annotations.NullMarked;
