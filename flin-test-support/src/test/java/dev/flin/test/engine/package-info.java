@NullMarked
package dev.flin.test.engine;

import org.jspecify.annotations.NullMarked;
