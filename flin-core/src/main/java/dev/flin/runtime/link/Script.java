package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;

/** One run of a file: a fresh instance holds the file's variables. */
public interface Script {

	/** Runs the top level. Called once. */
	@Nullable Object run(FlinContext context);

}
