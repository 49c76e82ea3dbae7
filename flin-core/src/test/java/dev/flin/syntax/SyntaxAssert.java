package dev.flin.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

import dev.flin.diag.DiagnosticRenderer;
import dev.flin.source.SourceFile;

/** Given a source, then the tree or the diagnostics. */
final class SyntaxAssert {

	private SyntaxAssert() {
	}

	static SyntaxTree parse(String source) {
		return Syntax.parse(new SourceFile("app/index.flin", source));
	}

	/** The tree of a source without errors, one line for each statement. */
	static String tree(String source) {
		SyntaxTree tree = parse(source);
		assertThat(DiagnosticRenderer.render(tree.diagnostics())).isEmpty();
		return TreeDump.dump(tree.body());
	}

	/** The tree of one expression without errors. */
	static String expression(String source) {
		String tree = tree("(" + source + ")");
		assertThat(tree).startsWith("(Eval ").endsWith(")");
		return tree.substring("(Eval ".length(), tree.length() - 1);
	}

	/** Code and line of each diagnostic. */
	static List<String> codes(String source) {
		return parse(source).diagnostics()
			.stream()
			.map((diagnostic) -> diagnostic.code() + ":" + diagnostic.line())
			.collect(Collectors.toList());
	}

	/** All diagnostics as they are shown. */
	static String shown(String source) {
		return DiagnosticRenderer.render(parse(source).diagnostics());
	}

}
