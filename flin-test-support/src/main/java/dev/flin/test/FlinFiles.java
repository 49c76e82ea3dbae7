package dev.flin.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.platform.commons.annotation.Testable;

/**
 * Marks an empty class that stands for all {@code *.test.flin} files of the project, for tools that look for classes
 * alone, such as Surefire.
 * <pre>{@code
 * @FlinFiles
 * class FlinFileTests {
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Testable
public @interface FlinFiles {

}
