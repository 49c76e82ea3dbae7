package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Declarations;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * The check of an application of which little has changed. It holds only when other files cannot tell the new editions
 * from those before: same declarations, same inferred signatures, same results for the same arguments. Where that is
 * not certain it gives up, and everything is checked.
 */
final class Recheck {

	/** With more than this share of changed files checking everything is as fast. */
	private static final int SHARE = 3;

	private final Checking checking;

	private final World world;

	private final List<SyntaxTree> trees;

	private final Map<SyntaxTree, TreeFacts> facts;

	/** The files to check, in order; by their edition before and now. */
	private final List<SyntaxTree> before = new ArrayList<>();

	private final List<SyntaxTree> editions = new ArrayList<>();

	private Recheck(Checking checking, List<SyntaxTree> trees, Map<SyntaxTree, TreeFacts> facts) {
		this.checking = checking;
		this.world = checking.world;
		this.trees = List.copyOf(trees);
		this.facts = facts;
	}

	/** Null when too much has changed. */
	static @Nullable Recheck of(Checking checking, List<SyntaxTree> trees, Map<SyntaxTree, TreeFacts> facts) {
		Recheck recheck = new Recheck(checking, trees, facts);
		return (trees.size() == checking.trees.size() && recheck.collect()) ? recheck : null;
	}

	/** The paths of the files to check. */
	List<String> paths() {
		return this.editions.stream().map(tree -> tree.file().path()).toList();
	}

	/** Files with errors are checked each time: their messages may speak of other files. */
	private boolean collect() {
		for (int i = 0; i < this.trees.size(); i++) {
			SyntaxTree old = this.checking.trees.get(i);
			SyntaxTree edition = this.trees.get(i);
			CheckedFile checked = this.world.file(old).checked;
			if (old != edition || checked == null || checked.hasErrors()) {
				this.before.add(old);
				this.editions.add(edition);
				if (!isSameOutside(old, edition)) {
					return false;
				}
			}
		}
		return this.editions.size() <= Math.max(1, this.trees.size() / SHARE);
	}

	private boolean isSameOutside(SyntaxTree old, SyntaxTree edition) {
		return !old.hasErrors() && !edition.hasErrors() && Declarations.isSameOutside(old, edition)
				&& keysThatMatter(old).equals(keysThatMatter(edition)) && !sharesVariables(old);
	}

	/** A key with the name of a built-in decides what a member of that name means anywhere. */
	private Set<String> keysThatMatter(SyntaxTree tree) {
		TreeFacts known = this.facts.get(tree);
		Set<String> keys = new HashSet<>((known != null) ? known.keys() : this.world.file(tree).facts.keys());
		keys.removeIf(key -> this.world.signatures.rows(key).isEmpty());
		return keys;
	}

	/** Whether functions that other files call see variables of the file: whoever is checked first decides then. */
	private boolean sharesVariables(SyntaxTree tree) {
		for (Stmt statement : tree.body()) {
			if (statement instanceof Stmt.Fn fn
					&& this.world.file(tree).resolution.function(fn.id()) instanceof Symbol.Function function
					&& this.world.declarations.isShared(function) && function.frame() != null
					&& !function.frame().captures().isEmpty()) {
				return true;
			}
		}
		return false;
	}

	/** Null when it cannot be told what other files make of the changes; the checking is not to be used then. */
	@Nullable CheckedProgram run() {
		List<Symbol.Function> functions = new ArrayList<>();
		this.before.forEach(tree -> functions.addAll(this.world.declarations.sharedFunctions(tree)));
		Remembered remembered = this.world.instances.remember(functions);
		this.before.forEach(this.world.instances::forget);
		replace();
		if (this.editions.stream().anyMatch(this::sharesVariables) || !pass()) {
			return null;
		}
		Instances instances = this.world.instances;
		boolean same = remembered.isSame(instances) && !instances.trace().leadsBack(this.editions)
				&& !instances.isLimited();
		return same ? this.checking.program() : null;
	}

	private void replace() {
		for (int i = 0; i < this.editions.size(); i++) {
			this.world.declarations.replace(this.before.get(i), this.editions.get(i));
			this.world.files.remove(this.before.get(i));
		}
		this.editions.forEach(edition -> this.checking.add(edition, Objects.requireNonNull(this.facts.get(edition))));
		this.checking.trees = this.trees;
	}

	private boolean pass() {
		Set<SyntaxTree> edited = Collections.newSetFromMap(new IdentityHashMap<>());
		edited.addAll(this.editions);
		for (int pass = 0; pass < Checking.PASSES_MAX; pass++) {
			this.world.again = false;
			this.editions.forEach(this.world.instances::forget);
			this.editions.forEach(tree -> this.world.file(tree).clear());
			CallOrder.of(this.trees, this.world)
				.stream()
				.filter(function -> edited.contains(function.tree()))
				.forEach(this.checking::checkEarly);
			this.editions.forEach(tree -> this.checking.checkFile(this.world.file(tree)));
			this.editions.forEach(tree -> this.checking.checkFunctions(this.world.file(tree)));
			if (!this.world.again) {
				return true;
			}
		}
		return false;
	}

}
