package dev.flin.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.flin.resolve.Children;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;

/** Every source of the project means the same when it is written in another way. */
class OtherSpellingsTests {

	private static final List<SourceFile> SOURCES = KnownSources.readable();

	private static final Map<String, String> OPERATORS = Map.of("==", "===", "!=", "!==", "&&", " and ", "||", " or ",
			"and", "&&", "or", "||");

	/** A text in the place of a part of the source. */
	private record Edit(int start, int end, String text) {

		static Edit insert(int at, String text) {
			return new Edit(at, at, text);
		}

		boolean isInsert() {
			return this.start == this.end;
		}

	}

	/** Ways to write a node. */
	enum Spelling {

		SEMICOLONS {

			@Override
			Stream<Edit> edits(Node node, String text) {
				boolean plain = node instanceof Stmt.Var || (node instanceof Stmt.Eval eval
						&& eval.value() instanceof Expr.Call && text.charAt(node.span().end() - 1) == ')');
				return (plain && text.startsWith("\n", node.span().end()))
						? Stream.of(Edit.insert(node.span().end(), ";")) : Stream.of();
			}

		},

		OTHER_OPERATORS {

			@Override
			Stream<Edit> edits(Node node, String text) {
				if (node instanceof Expr.None && text.startsWith("none", node.span().start())) {
					return Stream.of(new Edit(node.span().start(), node.span().end(), "null"));
				}
				if (!(node instanceof Expr.Binary binary)) {
					return Stream.of();
				}
				Span place = binary.opSpan();
				String other = OPERATORS.get(text.substring(place.start(), place.end()));
				return (other == null) ? Stream.of() : Stream.of(new Edit(place.start(), place.end(), other));
			}

		},

		SINGLE_QUOTES {

			@Override
			Stream<Edit> edits(Node node, String text) {
				Span place = node.span();
				if (!(node instanceof Expr.Text) || place.length() < 3 || text.charAt(place.start()) != '"') {
					return Stream.of();
				}
				String inside = text.substring(place.start() + 1, place.end() - 1);
				boolean plain = inside.chars().noneMatch((c) -> "'\"\\{}\n".indexOf(c) >= 0);
				return plain ? Stream.of(new Edit(place.start(), place.end(), "'" + inside + "'")) : Stream.of();
			}

		},

		/** What a bound leaves out, as in {@code where >= 1}, has none, nor has a choice: it may be in braces. */
		PARENTHESES {

			@Override
			Stream<Edit> edits(Node node, String text) {
				return (node instanceof Expr.Binary binary) ? Stream.of(binary.left(), binary.right())
					.filter((operand) -> !(operand instanceof Expr.If) && !isBound(node) && !isBound(operand))
					.flatMap((operand) -> Stream.of(Edit.insert(operand.span().start(), "("),
							Edit.insert(operand.span().end(), ")")))
						: Stream.of();
			}

			private static boolean isBound(Node node) {
				return node instanceof Expr.Binary binary && binary.left().span().length() == 0;
			}

		},

		COMMENTS {

			@Override
			Stream<Edit> edits(Node node, String text) {
				return (node instanceof Expr.Binary binary)
						? Stream.of(Edit.insert(binary.opSpan().end(), " /* it's {a} <b> */ ")) : Stream.of();
			}

		},

		LAST_COMMAS {

			@Override
			Stream<Edit> edits(Node node, String text) {
				List<? extends Node> all = switch (node) {
					case Expr.ListOf list -> list.elements();
					case Expr.MapOf map -> map.entries();
					default -> List.of();
				};
				int last = all.isEmpty() ? -1 : all.getLast().span().end();
				boolean closed = last >= 0 && last < node.span().end();
				return (closed && text.substring(last, node.span().end() - 1).isBlank())
						? Stream.of(Edit.insert(last, ",")) : Stream.of();
			}

		};

		abstract Stream<Edit> edits(Node node, String text);

	}

	@ParameterizedTest
	@EnumSource
	void meansTheSame(Spelling spelling) {
		List<String> problems = new ArrayList<>();
		int changed = 0;
		for (SourceFile source : SOURCES) {
			String other = rewritten(source, spelling);
			changed += other.equals(source.text()) ? 0 : 1;
			if (!Meaning.of(other).equals(Meaning.of(source.text()))) {
				problems.add(source.path() + "\n" + other);
			}
		}
		assertThat(problems).isEmpty();
		assertThat(changed).isGreaterThan(100);
	}

	/** As an editor of another system saves a file. */
	@Test
	void lineEndsAndAByteOrderMarkSayNothing() {
		assertThat(SOURCES).allSatisfy((source) -> {
			String other = "\uFEFF" + source.text().replace("\n", "\r\n");
			assertThat(Meaning.of(other)).isEqualTo(Meaning.of(source.text()));
		});
	}

	private static String rewritten(SourceFile source, Spelling spelling) {
		List<Edit> edits = new ArrayList<>();
		Syntax.parse(source).body().forEach((statement) -> collect(statement, source.text(), spelling, edits));
		StringBuilder text = new StringBuilder(source.text());
		edits.stream()
			.sorted(Comparator.comparingInt(Edit::start).reversed())
			.forEach((edit) -> text.replace(edit.start(), edit.end(), edit.text()));
		return text.toString();
	}

	private static void collect(Node node, String text, Spelling spelling, List<Edit> edits) {
		// Statements that two cases of a switch run are in the tree twice.
		spelling.edits(node, text).filter((edit) -> edit.isInsert() || !edits.contains(edit)).forEach(edits::add);
		Children.each(node, (child) -> collect(child, text, spelling, edits));
	}

}
