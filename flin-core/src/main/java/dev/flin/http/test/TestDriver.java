package dev.flin.http.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinMap;

/**
 * The application that a test talks to: its clock, its visitors, and what it has to do with the world outside.
 */
public interface TestDriver {

	/** The present moment of the application. */
	Instant now();

	/** Sets the clock, and lets the tasks run that are due by then. */
	void travel(Instant time);

	/** Moves the clock on, and lets the tasks run that are due by then. */
	default void advance(Duration time) {
		travel(now().plus(time));
	}

	/** Who is signed in for requests, and whom versions are saved by; null for nobody. */
	@Nullable Object user();

	void user(@Nullable Object user);

	/** Answers a request as the application would answer it in production. */
	HttpResponse handle(HttpRequest request);

	/** The markup of a component. */
	String render(String component, FlinMap props);

	/** Lets a function of the test stand in for one of the host. */
	void fake(String name, FlinFunction function);

	/** The lines that the application has printed so far. */
	List<String> printed();

}
