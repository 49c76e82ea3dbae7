package dev.flin.syntax;

import java.util.List;
import java.util.function.Supplier;

import dev.flin.diag.Diagnostic;
import dev.flin.source.SourceFile;

/** Reads FLIN source. */
public final class Syntax {

	private Syntax() {
	}

	/** Reads a file. There is always a tree; what could not be read is told by its diagnostics. */
	public static SyntaxTree parse(SourceFile file) {
		return new Parser(file).parseFile();
	}

	/** Whether a file is fine as far as it goes but ends too early: in a bracket, a text, an element, an operation. */
	public static boolean isIncomplete(SourceFile file) {
		Parser parser = new Parser(file);
		SyntaxTree tree = parser.parseFile();
		return !parser.halted() && tree.hasErrors() && tree.diagnostics()
			.stream()
			.filter(Diagnostic::isError)
			.allMatch((each) -> parser.isOfTheEnd(each));
	}

	/**
	 * Reads a type that is written in Java, such as {@code [text: int]?}.
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public static TypeExpr parseType(String type) {
		Parser parser = new Parser(new SourceFile("type", type));
		return whole(parser, type, parser.types::type);
	}

	/**
	 * Reads the header of a built-in: {@code map<T, U>(xs: [T], f: (T) -> U) -> [U]} gives a {@link Stmt.Fn} without a
	 * body, {@code pi: number} a {@link Stmt.Var} without a value. Any word may be the name.
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public static Stmt parseSignature(String header) {
		Parser parser = new Parser(new SourceFile("signature", header));
		return whole(parser, header, parser.declarations::signature);
	}

	private static <T> T whole(Parser parser, String source, Supplier<T> read) {
		try {
			T result = read.get();
			parser.expect(TokenKind.EOF, "the end");
			return result;
		}
		catch (ParseFailure failure) {
			List<Diagnostic> found = parser.sortedDiagnostics();
			String reason = found.isEmpty() ? "" : ": " + found.get(0).message() + " at " + found.get(0).column();
			throw new IllegalArgumentException("cannot read '" + source + "'" + reason, failure);
		}
	}

}
