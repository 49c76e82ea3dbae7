package dev.flin.types;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Children;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * The places of files that could not be read. What is said of names and types there, or because a name was perhaps
 * declared there, may be the doing of a syntax error: one cause is told once.
 */
final class Unread {

	private static final java.util.regex.Pattern WORD = java.util.regex.Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

	private static final java.util.regex.Pattern DECLARED = java.util.regex.Pattern
		.compile("\\b(?:fn|function|enum|type|trait|entity|impl|let|const|var)\\s+(" + WORD + ")|^\\s*(" + WORD
				+ ")\\s*(?:=(?!=)|:)", java.util.regex.Pattern.MULTILINE);

	/** From such an error on nothing is where it seems to be. */
	private static final Set<Code> OPEN = Set.of(Code.E0002, Code.E0005, Code.E0011, Code.E0014);

	private static final Set<Code> LOCAL = Set.of(Code.E0003, Code.E0004, Code.E0017);

	private static final int LINES_NEAR = 2;

	private final Map<SourceFile, List<Span>> places = new HashMap<>();

	private final Set<String> words = new HashSet<>();

	private final Set<String> declared = new HashSet<>();

	private Unread() {
	}

	static Unread of(List<SyntaxTree> trees) {
		Unread unread = new Unread();
		trees.stream().filter(SyntaxTree::hasErrors).forEach(unread::add);
		return unread;
	}

	private void add(SyntaxTree tree) {
		List<Span> spans = new ArrayList<>();
		for (Diagnostic error : tree.diagnostics()) {
			if (error.isError() && !isLocal(error)) {
				spans.add(place(tree, error));
			}
		}
		joinNear(tree.file(), spans);
		for (Diagnostic error : tree.diagnostics()) {
			if (error.code() == Code.E0003) {
				spans.add(restOfText(tree.file(), error.span().start()));
			}
		}
		this.places.put(tree.file(), spans);
		for (Span span : spans) {
			String text = tree.file().text(span);
			collect(WORD, text, this.words);
			collect(DECLARED, text, this.declared);
		}
	}

	/** What stands in the few lines between two places was perhaps meant as a part of what could not be read. */
	private static void joinNear(SourceFile file, List<Span> spans) {
		spans.sort(Comparator.comparingInt(Span::start));
		for (int i = 1; i < spans.size(); i++) {
			Span before = spans.get(i - 1);
			Span span = spans.get(i);
			if (file.lineOf(span.start()) - file.lineOf(before.end()) <= LINES_NEAR) {
				spans.set(i, new Span(before.start(), Math.max(before.end(), span.end())));
			}
		}
	}

	private static void collect(java.util.regex.Pattern pattern, String text, Set<String> into) {
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			String found = matcher.group();
			for (int i = 1; i <= matcher.groupCount(); i++) {
				found = (matcher.group(i) != null) ? matcher.group(i) : found;
			}
			into.add(found);
		}
	}

	/** After an unknown escape what looks like an expression may be a part of it. */
	private static Span restOfText(SourceFile file, int start) {
		int end = start;
		while (end < file.text().length() && "\"\n".indexOf(file.text().charAt(end)) < 0) {
			end++;
		}
		return new Span(start, end);
	}

	/** Whether what stands around an error is read all the same. */
	private static boolean isLocal(Diagnostic error) {
		return LOCAL.contains(error.code()) || !error.code().name().startsWith("E00");
	}

	/** What could not be read around an error. Where something stays open that is all up to the end of the file. */
	private static Span place(SyntaxTree tree, Diagnostic error) {
		int at = error.span().start();
		Node broken = OPEN.contains(error.code()) ? null : broken(tree.body(), at);
		return (broken != null) ? broken.span() : statements(tree, error, at);
	}

	/** The smallest part of the tree that was given up and holds an offset. */
	private static @Nullable Node broken(List<? extends Node> nodes, int at) {
		Node found = null;
		for (Node node : nodes) {
			if (node.span().start() <= at && at <= node.span().end()) {
				Node inner = broken(Children.of(node), at);
				found = (inner != null) ? inner : isBroken(node) ? node : found;
			}
		}
		return found;
	}

	private static boolean isBroken(Node node) {
		return node instanceof Stmt.Broken || node instanceof Expr.Broken || node instanceof Markup.Broken
				|| node instanceof Pattern.Broken;
	}

	/** From the statement in or before which an error stands to the next one. */
	private static Span statements(SyntaxTree tree, Diagnostic error, int at) {
		boolean stray = isClosing(tree, at);
		int start = 0;
		int end = tree.file().text().length();
		for (Stmt statement : tree.body()) {
			Span span = statement.span();
			if (span.start() > at) {
				end = OPEN.contains(error.code()) ? end : span.start();
				break;
			}
			// Before a bracket too many are statements that its pair was to hold.
			boolean held = stray && span.end() <= at && !tree.file().text(span).endsWith("}");
			start = held ? start : span.start();
		}
		return new Span(start, Math.max(start, end));
	}

	private static boolean isClosing(SyntaxTree tree, int at) {
		return at < tree.file().text().length() && "})]".indexOf(tree.file().text(new Span(at, at + 1))) >= 0;
	}

	/** Whether a message about names or types may be a consequence of what could not be read. */
	boolean explains(Diagnostic message) {
		if (this.places.isEmpty()) {
			return false;
		}
		for (Span place : this.places.getOrDefault(message.file(), List.of())) {
			if (message.span().start() >= place.start() && message.span().start() < place.end()) {
				return true;
			}
		}
		String text = message.file().text(message.span());
		Matcher words = WORD.matcher(text);
		if (words.matches()) {
			return isOfNames(message) && this.words.contains(text);
		}
		while (words.find()) {
			if (this.declared.contains(words.group())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOfNames(Diagnostic message) {
		return !message.isError() || message.code().name().startsWith("E01")
				|| message.code().name().startsWith("E05");
	}

}
