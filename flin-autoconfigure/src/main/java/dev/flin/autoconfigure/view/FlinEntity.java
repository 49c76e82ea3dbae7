package dev.flin.autoconfigure.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a controller's method to a record: {@code @FlinEntity("Product") EntityInstance product} is the
 * product whose id the variable {@code product} or {@code id} of the path holds. Without such a record the answer is
 * 404, unless the parameter is nullable or an {@code Optional}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface FlinEntity {

	/** The name of the entity. */
	String value();

	/** The variable of the path that holds the id; the name of the parameter, or {@code id}, when not given. */
	String variable() default "";

}
