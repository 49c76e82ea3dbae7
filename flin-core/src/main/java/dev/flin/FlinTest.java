package dev.flin;

/**
 * A {@code test} block of an application.
 *
 * @param file the path of its file below the root
 * @param name what it is called
 * @param line the line that it begins at, from 1
 * @param code the index of its code
 */
public record FlinTest(String file, String name, int line, int code) {

	/** File and name, as reports show them. */
	public String title() {
		return this.file + ": " + this.name;
	}

}
