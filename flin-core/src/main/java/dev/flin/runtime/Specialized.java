package dev.flin.runtime;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public static overload of a {@link Builtin} method of the same Java name that works on unboxed values. Code
 * generation may call it where the static types of all arguments are those of its parameters; nothing else sees it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Specialized {

}
