package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A program made from a seed: it compiles, and it ends. */
final class Program {

	private static final int FUNCTIONS_MAX = 3;

	private static final int LONG = 40;

	final Statements statements;

	final Patterns patterns;

	final Expressions expressions;

	private int names;

	/** How many more expressions there may be. */
	int left;

	private Program(Random random) {
		this.left = 60 + random.nextInt(random.nextInt(LONG) == 0 ? 2000 : 240);
		this.expressions = new Expressions(random, this);
		this.patterns = new Patterns(this, this.expressions);
		this.statements = new Statements(this, this.expressions);
	}

	static List<St> of(long seed) {
		Program program = new Program(new Random(seed));
		return program.all();
	}

	String name(String prefix) {
		return prefix + this.names++;
	}

	private List<St> all() {
		Surroundings here = Surroundings.none();
		List<St> result = new ArrayList<>();
		Surroundings file = here.inner();
		result.addAll(this.statements.variables(file));
		for (int i = 1 + this.expressions.below(FUNCTIONS_MAX); i > 0; i--) {
			result.add(this.expressions.once(2) ? this.statements.recursive(file) : this.statements.function(file));
		}
		while (this.left > 0) {
			result.addAll(this.statements.some(file, 1));
		}
		result.addAll(this.statements.printed(file));
		return result;
	}

}
