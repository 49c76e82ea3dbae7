package dev.flin;

/**
 * A {@code test} block of an application.
 *
 * @param file the path of its file below the root
 * @param name what it is called
 * @param line the line that it begins at, from 1
 * @param lastLine the line that it ends at
 * @param code the index of its code
 */
public record FlinTest(String file, String name, int line, int lastLine, int code) {

	/** Whether a line is one of the test. */
	public boolean isAt(int number) {
		return number >= this.line && number <= this.lastLine;
	}

	/** File and name, as reports show them. */
	public String title() {
		return this.file + ": " + this.name;
	}

}
