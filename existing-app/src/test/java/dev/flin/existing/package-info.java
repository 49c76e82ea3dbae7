@NullMarked
package dev.flin.existing;

import org.jspecify.annotations.NullMarked;
