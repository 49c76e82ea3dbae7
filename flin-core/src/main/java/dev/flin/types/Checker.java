package dev.flin.types;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.BuiltinNames;
import dev.flin.syntax.SyntaxTree;

/**
 * Resolves and type-checks all files of an application together, again and again. When little has changed since the
 * time before, only that is checked; what comes out is always the same as if everything had been. Used by one thread at
 * a time.
 */
public final class Checker {

	private final BuiltinSignatures builtins;

	private final BuiltinNames names;

	private Map<SyntaxTree, TreeFacts> facts = new IdentityHashMap<>();

	/** Let go when memory is short: then everything is checked the next time. */
	private SoftReference<@Nullable Checking> last = new SoftReference<>(null);

	private final Parallel parallel;

	/**
	 * @param builtins the built-in functions and values
	 */
	public Checker(BuiltinSignatures builtins) {
		this(builtins, Parallel.NONE);
	}

	/**
	 * @param builtins the built-in functions and values; asked by several threads at once when work is parallel
	 * @param parallel how names of files are resolved
	 */
	public Checker(BuiltinSignatures builtins, Parallel parallel) {
		this.builtins = builtins;
		this.parallel = parallel;
		this.names = new Names(builtins);
	}

	private record Names(BuiltinSignatures builtins) implements BuiltinNames {

		@Override
		public boolean contains(String name) {
			return !this.builtins.rows(name).isEmpty() || this.builtins.isGroup(name);
		}

		@Override
		public boolean isBrowserOnly(String name, boolean called) {
			List<BuiltinSignatures.Row> rows = this.builtins.rows(name);
			if (rows.isEmpty()) {
				return dev.flin.resolve.Names.BROWSER.contains(name);
			}
			for (BuiltinSignatures.Row row : rows) {
				if (row.browserOnly() != called) {
					return !called;
				}
			}
			return called;
		}

		@Override
		public Collection<String> all() {
			return this.builtins.names();
		}

	}

	/** What an application gave, and which of its files are not as they were the time before. */
	public record Result(CheckedProgram program, @Nullable List<String> changed) {

		public Result {
			changed = (changed != null) ? List.copyOf(changed) : null;
		}

	}

	/**
	 * Checks an application once.
	 * @param trees all its files; at least one
	 * @param builtins the built-in functions and values
	 */
	public static CheckedProgram check(List<SyntaxTree> trees, BuiltinSignatures builtins) {
		return new Checker(builtins).check(trees).program();
	}

	/**
	 * Checks an application.
	 * @param trees all its files; at least one. Unchanged files are the same objects as the time before
	 * @return with the paths of the files that were checked; null when that was all of them
	 */
	public Result check(List<SyntaxTree> trees) {
		if (trees.isEmpty()) {
			throw new IllegalArgumentException("no files");
		}
		this.facts = facts(trees, this.facts);
		SoftReference<@Nullable Checking> kept = this.last;
		Checking before = kept.get();
		this.last = new SoftReference<>(null);
		Recheck recheck = (before != null) ? Recheck.of(before, trees, this.facts) : null;
		CheckedProgram program = (recheck != null) ? recheck.run() : null;
		if (before != null && recheck != null && program != null) {
			this.last = kept;
			return new Result(program, recheck.paths());
		}
		Checking checking = new Checking(List.copyOf(trees), this.builtins, this.names, this.facts,
				this.parallel);
		program = checking.run();
		if (checking.isRepeatable()) {
			this.last = new SoftReference<>(checking);
		}
		return new Result(program, null);
	}

	private Map<SyntaxTree, TreeFacts> facts(List<SyntaxTree> trees, Map<SyntaxTree, TreeFacts> known) {
		Map<SyntaxTree, TreeFacts> facts = new IdentityHashMap<>();
		List<SyntaxTree> unseen = new ArrayList<>();
		for (SyntaxTree tree : trees) {
			TreeFacts before = known.get(tree);
			if (before != null) {
				facts.put(tree, before);
			}
			else {
				unseen.add(tree);
			}
		}
		List<TreeFacts> seen = this.parallel.map(unseen, TreeFacts::of);
		for (int i = 0; i < seen.size(); i++) {
			facts.put(unseen.get(i), seen.get(i));
		}
		return facts;
	}

}
