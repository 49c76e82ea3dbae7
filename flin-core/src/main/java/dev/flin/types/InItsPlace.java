package dev.flin.types;

import java.util.List;

import dev.flin.diag.Diagnostic;

/** What waits for a type may run while something else is looked at aside: its findings go where they belong. */
final class InItsPlace implements Runnable {

	private final Body body;

	private final Tables tables;

	private final List<Diagnostic> diagnostics;

	private final Runnable action;

	InItsPlace(Body body, Runnable action) {
		this.body = body;
		this.tables = body.tables;
		this.diagnostics = body.diagnostics;
		this.action = action;
	}

	@Override
	public void run() {
		Tables tablesNow = this.body.tables;
		List<Diagnostic> diagnosticsNow = this.body.diagnostics;
		this.body.tables = this.tables;
		this.body.diagnostics = this.diagnostics;
		try {
			this.action.run();
		}
		finally {
			this.body.tables = tablesNow;
			this.body.diagnostics = diagnosticsNow;
		}
	}

}
