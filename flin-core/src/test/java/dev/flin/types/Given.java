package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;

/** Given source, then types or diagnostics. */
final class Given {

	private static final BuiltinSignatures BUILTINS = new TestBuiltins();

	private final List<SyntaxTree> trees = new ArrayList<>();

	static Given source(String source) {
		return new Given().file("main.flin", source);
	}

	Given file(String path, String source) {
		this.trees.add(Syntax.parse(new SourceFile(path, source)));
		return this;
	}

	CheckedProgram program() {
		return Checker.check(this.trees, BUILTINS);
	}

	/** The types of the first file's top-level variables: {@code name: type}, one a line; fails on errors. */
	String types() {
		CheckedProgram program = program();
		List<Diagnostic> errors = program.diagnostics().stream().filter(Diagnostic::isError).toList();
		if (!errors.isEmpty()) {
			throw new AssertionError("errors: " + messages());
		}
		CheckedFile file = program.files().get(0);
		return file.resolution()
			.frame()
			.variables()
			.stream()
			.filter(Symbol.Variable::isFileLevel)
			.map(variable -> variable.name() + ": " + file.body().variable(variable))
			.collect(Collectors.joining("\n"));
	}

	/** All messages: {@code CODE line: message}, one a line. */
	String messages() {
		return program().diagnostics()
			.stream()
			.map(each -> each.code() + " " + each.line() + ": " + each.message())
			.collect(Collectors.joining("\n"));
	}

	/** The codes of errors with their lines: {@code E0102@3}. */
	String errors() {
		return program().diagnostics()
			.stream()
			.filter(Diagnostic::isError)
			.map(each -> each.code() + "@" + each.line())
			.collect(Collectors.joining(" "));
	}

}
