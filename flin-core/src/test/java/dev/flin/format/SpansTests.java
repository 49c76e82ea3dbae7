package dev.flin.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.resolve.Children;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Node;
import dev.flin.syntax.Syntax;

/** Places in diagnostics and in an editor come from spans, in all sources of the project. */
class SpansTests {

	@Test
	void whatIsInANodeLiesInItsSpan() {
		List<String> problems = new ArrayList<>();
		for (SourceFile source : KnownSources.readable()) {
			Syntax.parse(source).body().forEach((statement) -> look(source, statement, problems));
		}
		assertThat(problems).isEmpty();
	}

	private static void look(SourceFile source, Node node, List<String> problems) {
		Children.each(node, (child) -> {
			if (child.span().start() < node.span().start() || child.span().end() > node.span().end()) {
				problems.add(source.path() + ": " + node.getClass().getSimpleName() + " '" + source.text(node.span())
						+ "' has " + child.getClass().getSimpleName() + " '" + source.text(child.span()) + "'");
			}
			look(source, child, problems);
		});
	}

}
