/**
 * Records of entities as values of the host and back: {@link dev.flin.mapping.MappingFinder} finds out which components
 * and properties of a Java type are fields, and what it has found are the mappings that
 * {@link dev.flin.mapping.RecordMapping} names.
 */
@NullMarked
package dev.flin.mapping;

import org.jspecify.annotations.NullMarked;
