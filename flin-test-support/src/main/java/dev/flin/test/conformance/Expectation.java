package dev.flin.test.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.flin.diag.Diagnostic;

/**
 * An expected error or warning.
 *
 * @param code the code or the start of it
 * @param line the line, or 0 for any
 * @param file the file it must stand in, when a line is given
 * @param texts what its message or help must contain
 */
record Expectation(String code, int line, String file, List<String> texts) {

	private static final Pattern FORM = Pattern.compile("(\\S+)(?:\\s+line\\s+(\\d+)(?:\\s+of\\s+(\\S+))?)?");

	static Expectation of(ConformanceCase.Section section, String lastFile) throws CaseFailure {
		Matcher form = FORM.matcher(section.argument());
		if (!form.matches()) {
			throw new CaseFailure("line " + section.line() + ": malformed '" + section.argument() + "'");
		}
		String line = form.group(2);
		String file = form.group(3);
		return new Expectation(form.group(1), (line != null) ? Integer.parseInt(line) : 0,
				(file != null) ? file : lastFile, section.lines());
	}

	boolean matches(Diagnostic diagnostic) {
		if (!diagnostic.code().name().startsWith(this.code)) {
			return false;
		}
		if (this.line > 0 && (diagnostic.line() != this.line || !diagnostic.file().path().equals(this.file))) {
			return false;
		}
		String all = diagnostic.message() + "\n" + diagnostic.label() + "\n" + String.join("\n", diagnostic.help());
		return this.texts.stream().allMatch(all::contains);
	}

}
