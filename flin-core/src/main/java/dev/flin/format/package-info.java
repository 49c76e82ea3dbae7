/**
 * The formatter behind {@code flin fmt}: a syntax tree becomes a document of lines and groups, the document becomes
 * text of at most 100 columns. The result is read again and compared with the source before anyone sees it.
 */
@NullMarked
package dev.flin.format;

import org.jspecify.annotations.NullMarked;
