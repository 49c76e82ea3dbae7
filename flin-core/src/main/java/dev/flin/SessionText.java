package dev.flin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.TopNames;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;

/**
 * What was typed in a session, as one file in which each line has the number that it had when it was typed. What is
 * left out becomes blanks, so that places stay. Immutable but for {@link #skip}, which only counts lines.
 */
final class SessionText {

	private static final Pattern LEAVES = Pattern.compile("\\b(return|throw|fail)\\b");

	private final String text;

	private final int from;

	/** Lines that are typed but are no part of the file yet. */
	private int skipped;

	SessionText() {
		this("", 0, 0);
	}

	private SessionText(String text, int from, int skipped) {
		this.text = text;
		this.from = from;
		this.skipped = skipped;
	}

	String text() {
		return this.text;
	}

	/** The offset of the newest input. */
	int from() {
		return this.from;
	}

	String input() {
		return this.text.substring(this.from).stripTrailing();
	}

	int nextLine() {
		return (int) this.text.chars().filter((c) -> c == '\n').count() + this.skipped + 1;
	}

	/** Counts the lines of an input that is left out. */
	void skip(String input) {
		this.skipped += (int) input.chars().filter((c) -> c == '\n').count() + 1;
	}

	SessionText with(String input) {
		String before = this.text + "\n".repeat(this.skipped);
		return new SessionText(before + input + "\n", before.length(), 0);
	}

	/** All of it, with no newest part. */
	SessionText ended() {
		return new SessionText(this.text, this.text.length(), this.skipped);
	}

	boolean isNew(Diagnostic diagnostic) {
		return diagnostic.file().path().equals(ReplSession.PATH) && diagnostic.span().start() >= this.from;
	}

	boolean isOld(Diagnostic diagnostic) {
		return diagnostic.file().path().equals(ReplSession.PATH) && diagnostic.span().start() < this.from;
	}

	private List<Stmt> statements() {
		return Syntax.parse(new SourceFile(ReplSession.PATH, this.text)).body();
	}

	private List<Stmt> newStatements() {
		return statements().stream().filter((each) -> each.span().start() >= this.from).toList();
	}

	/** The variables that the newest input makes anew, whatever they were before. */
	Set<String> newNames() {
		Set<String> names = new LinkedHashSet<>();
		for (Stmt statement : newStatements()) {
			if (statement instanceof Stmt.Var variable
					&& (variable.declare() != Stmt.Declare.NONE || variable.type() != null)) {
				names.addAll(TopNames.of(statement));
			}
		}
		return names;
	}

	/** Without the declarations of which the newest input has others of the same name. */
	SessionText withoutReplaced() {
		Set<String> replaced = newNames();
		for (Stmt statement : newStatements()) {
			if (!(statement instanceof Stmt.Var) && !(statement instanceof Stmt.Eval)) {
				replaced.addAll(TopNames.of(statement));
			}
		}
		SessionText result = this;
		for (Stmt statement : statements()) {
			if (statement.span().start() < this.from && TopNames.of(statement).stream().anyMatch(replaced::contains)) {
				result = result.blank(statement.span());
			}
		}
		return result;
	}

	/** Without the statement at a place. */
	SessionText without(Span place) {
		Stmt statement = at(place);
		return (statement != null) ? blank(statement.span()) : blank(place);
	}

	/** The names that the statement at a place declares, for people. */
	String namesAt(Span place) {
		Stmt statement = at(place);
		return (statement == null) ? "" : String.join(", ", TopNames.of(statement).stream().map((name) -> "'" + name
				+ "'").toList());
	}

	private @Nullable Stmt at(Span place) {
		for (Stmt statement : statements()) {
			if (statement.span().start() <= place.start() && place.start() <= statement.span().end()) {
				return statement;
			}
		}
		return null;
	}

	private SessionText blank(Span span) {
		String left = this.text.substring(span.start(), span.end()).replaceAll("[^\n]", " ");
		return new SessionText(this.text.substring(0, span.start()) + left + this.text.substring(span.end()), this.from,
				this.skipped);
	}

	/** Without the statements of the newest input that may leave the file: what comes later would not be reached. */
	SessionText afterRun() {
		SessionText result = this;
		for (Stmt statement : newStatements()) {
			Span span = statement.span();
			if (statement instanceof Stmt.Eval
					&& LEAVES.matcher(this.text.substring(span.start(), span.end())).find()) {
				result = result.blank(span);
			}
		}
		return result;
	}

	/** Without the statements of the newest input that gave no name a value: later ones must not depend on them. */
	SessionText afterFailure(Set<String> assigned) {
		SessionText result = this;
		for (Stmt statement : newStatements()) {
			boolean runs = statement instanceof Stmt.Var || statement instanceof Stmt.Eval;
			List<String> names = new ArrayList<>(TopNames.of(statement));
			if (runs && (names.isEmpty() || !assigned.containsAll(names))) {
				result = result.blank(statement.span());
			}
		}
		return result;
	}

	/** Whether the value of the newest input is shown: that of an expression, but not of an assignment. */
	boolean shows(@Nullable Object value) {
		List<Stmt> statements = newStatements();
		return value != null && !statements.isEmpty() && statements.getLast() instanceof Stmt.Eval eval
				&& !(eval.value() instanceof Expr.Assign);
	}

}
