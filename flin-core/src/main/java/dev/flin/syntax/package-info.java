/**
 * From characters to a tree: lexer with code and markup modes, Pratt parser with recovery, and the immutable syntax
 * tree. Nodes carry a dense id (unique in their file) and a span; everything that later phases find out about a node
 * lies in tables indexed by that id, never in the node.
 */
@NullMarked
package dev.flin.syntax;

import org.jspecify.annotations.NullMarked;
