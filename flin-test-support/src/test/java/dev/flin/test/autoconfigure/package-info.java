@NullMarked
package dev.flin.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
