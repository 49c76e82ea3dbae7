package dev.flin.test.conformance;

/** Says why a case failed. */
final class CaseFailure extends Exception {

	private static final long serialVersionUID = 1L;

	CaseFailure(String message) {
		super(message);
	}

}
