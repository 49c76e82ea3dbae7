package dev.flin.autoconfigure.route;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a method of a bean into FLIN's route table, beside the routes of files. It runs on a virtual thread and may
 * block.
 * <p>
 * Parameters are bound by type and name: a {@link FlinRequest}; a value of the path or, failing that, of the query,
 * converted to the type of the parameter; one more parameter takes the body. The result is answered as that of a
 * {@code .flin} route: values as JSON, null as 204; a {@code Mono}, {@code Flux} or {@code CompletionStage} is waited
 * for.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface FlinRoute {

	/**
	 * The method that it answers.
	 */
	String method() default "GET";

	/**
	 * The path, with parameters as <code>{id}</code> or {@code [id]}.
	 */
	String path();

	/**
	 * What must hold before it runs, as after {@code guard} in a file, with constant arguments: {@code auth},
	 * {@code role('ADMIN')}, {@code rate_limit(10, 60, by: 'user')}.
	 */
	String[] guards() default {};

}
