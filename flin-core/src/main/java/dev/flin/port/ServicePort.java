package dev.flin.port;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that a host implements over a library, for built-ins that do not work without. A program that
 * calls one of them in an engine without the service does not compile, and is told what to add.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ServicePort {

	/** What it does, as in "needs …": {@code signing of tokens}. */
	String value();

	/** What to add to an application that uses the Spring Boot starter, each as {@code group:artifact}. */
	String[] dependencies();

}
