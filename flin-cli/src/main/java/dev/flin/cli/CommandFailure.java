package dev.flin.cli;

/** A command cannot be carried out for a reason that its user can mend. */
final class CommandFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	CommandFailure(String message) {
		super(message);
	}

}
