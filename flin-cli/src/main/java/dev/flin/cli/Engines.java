package dev.flin.cli;

import dev.flin.FlinEngine;
import dev.flin.diag.Code;

/** Opens engines for programs that may need services. */
final class Engines {

	private Engines() {
	}

	/** An engine without errors. Services cost time at the start, so only programs that call them get them. */
	static FlinEngine open(FlinEngine.Builder builder) {
		FlinEngine engine = builder.build();
		if (engine.diagnostics().stream().anyMatch((each) -> each.code() == Code.E0601)) {
			engine.close();
			engine = builder.servicesOfClassPath().build();
		}
		try {
			return engine.requireNoErrors();
		}
		catch (RuntimeException ex) {
			engine.close();
			throw ex;
		}
	}

}
