package dev.flin.runtime.link;

import dev.flin.runtime.FlinContext;
import org.jspecify.annotations.Nullable;

/** One run of a file: a fresh instance holds the file's variables. */
public interface Script {

	/** Runs the top level. Called once. */
	@Nullable Object run(FlinContext context);

}
