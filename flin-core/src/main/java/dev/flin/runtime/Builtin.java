package dev.flin.runtime;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a built-in function of FLIN. The first Java parameter may be the {@link FlinContext},
 * which is not part of the FLIN signature. Plain {@code int}, {@code number} and {@code bool} are {@code long},
 * {@code double} and {@code boolean}; with {@code ?} the boxed types; type variables, unions and {@code any} are
 * {@code Object}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Builtin {

	/**
	 * The signature in FLIN's own type syntax, such as {@code repeat(s: text, times: int) -> text}, or a value without
	 * call syntax, such as {@code pi: number}. Optional parameters have a literal as default, rest parameters start
	 * with {@code ...}.
	 */
	String value();

	/** Other names, the JavaScript ones included. */
	String[] aliases() default {};

	/** What it does, one or two sentences of Markdown. */
	String doc();

	/** Calls with their results: {@code "abc".upper // "ABC"}, one a line. Empty where a result cannot be shown. */
	String example() default "";

	/** Calls that fail, with the message of their error: {@code "x".to_int // "x" is not an int}, one a line. */
	String errors() default "";

	/** Whether it changes its receiver. */
	boolean mutates() default false;

	/** Whether only code in a browser may use it. */
	boolean browserOnly() default false;

	/** Whether it never reaches a browser. */
	boolean serverOnly() default false;

	/** The {@link dev.flin.port.ServicePort} that it does not work without. */
	Class<?> service() default void.class;

}
