package dev.flin.autoconfigure.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean a built-in of FLIN: {@code @FlinFunction("tax.rate")} is called as {@code tax.rate("CI")}.
 * Calls are checked when FLIN compiles, by the types of the parameters and the result; parameters keep their names. It
 * runs on a virtual thread and may block; a {@code Mono}, {@code Flux} or {@code CompletionStage} is waited for.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface FlinFunction {

	/** The name, with one dot where it belongs to a group. */
	String value();

	/** What it does, for completion and documentation. */
	String doc() default "";

}
