package dev.flin.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.BuiltinNames;
import dev.flin.resolve.Declarations;
import dev.flin.resolve.Resolution;
import dev.flin.resolve.Resolver;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** Resolves and type-checks all files of an application together. */
public final class Checker {

	private static final int PASSES_MAX = 6;

	private final List<SyntaxTree> trees;

	private final World world;

	private Checker(List<SyntaxTree> trees, BuiltinSignatures builtins) {
		this.trees = trees;
		Declarations declarations = Declarations.of(trees);
		TypeReader reader = new TypeReader(declarations);
		Schema schema = new Schema(declarations, reader, trees);
		this.world = new World(declarations, reader, schema, new Signatures(reader, trees.get(0), builtins));
		BuiltinNames names = new Names(builtins);
		for (SyntaxTree tree : trees) {
			Resolution resolution = Resolver.resolve(tree, declarations, names);
			this.world.files.put(tree, new World.FileState(tree, resolution));
		}
	}

	private record Names(BuiltinSignatures builtins) implements BuiltinNames {

		@Override
		public boolean contains(String name) {
			return !this.builtins.rows(name).isEmpty();
		}

		@Override
		public boolean isBrowserOnly(String name, boolean called) {
			List<BuiltinSignatures.Row> rows = this.builtins.rows(name);
			return rows.isEmpty() ? dev.flin.resolve.Names.BROWSER.contains(name)
					: called ? rows.stream().allMatch(BuiltinSignatures.Row::browserOnly)
							: rows.stream().anyMatch(BuiltinSignatures.Row::browserOnly);
		}

		@Override
		public Collection<String> all() {
			return this.builtins.names();
		}

	}

	/**
	 * Checks an application.
	 * @param trees all its files; at least one
	 * @param builtins the built-in functions and values
	 */
	public static CheckedProgram check(List<SyntaxTree> trees, BuiltinSignatures builtins) {
		if (trees.isEmpty()) {
			throw new IllegalArgumentException("no files");
		}
		return new Checker(List.copyOf(trees), builtins).run();
	}

	private CheckedProgram run() {
		Map<SyntaxTree, CheckedBody> bodies = new IdentityHashMap<>();
		for (int pass = 0; pass < PASSES_MAX; pass++) {
			this.world.again = false;
			this.world.instances.clear();
			for (World.FileState file : this.world.files.values()) {
				file.slots.clear();
				file.diagnostics.clear();
			}
			CallOrder.of(this.trees, this.world).forEach(this::checkEarly);
			for (SyntaxTree tree : this.trees) {
				bodies.put(tree, checkFile(this.world.file(tree)));
			}
			checkFunctions();
			if (!this.world.again) {
				break;
			}
		}
		List<CheckedFile> files = new ArrayList<>();
		for (SyntaxTree tree : this.trees) {
			World.FileState file = this.world.file(tree);
			CheckedBody body = Objects.requireNonNull(bodies.get(tree));
			files.add(new CheckedFile(tree, file.resolution, body, messages(file)));
		}
		return new CheckedProgram(this.world.declarations, files, this.world.instances, this.world.schema);
	}

	/** Functions that use no variables of their file do not depend on it. */
	private void checkEarly(Symbol.Function function) {
		if (function.frame() != null && function.frame().captures().isEmpty()) {
			this.world.instances.check(function);
		}
	}

	private CheckedBody checkFile(World.FileState file) {
		Map<Symbol.Variable, Type> widened = new HashMap<>();
		Set<Symbol.Variable> polymorphic = new HashSet<>();
		for (int pass = 0;; pass++) {
			Map<Symbol.Variable, World.Slot> before = new HashMap<>(file.slots);
			Body body = new Body(this.world, file, Body.Mode.GROUND, 1, new Tables(0, file.tree.nodeCount()), widened,
					polymorphic);
			body.control.block(file.tree);
			body.finish(Set.of());
			if (!body.again || pass >= PASSES_MAX) {
				file.diagnostics.addAll(body.diagnostics);
				body.slots.putAll(file.slots);
				return new CheckedBody(file.resolution, List.of(), body.tables, Instances.slotTypes(body),
						Type.Basic.NONE);
			}
			file.slots.clear();
			file.slots.putAll(before);
		}
	}

	/** Every function for itself, called or not. */
	private void checkFunctions() {
		for (SyntaxTree tree : this.trees) {
			World.FileState file = this.world.file(tree);
			for (Stmt statement : tree.body()) {
				if (statement instanceof Stmt.Fn fn) {
					Symbol.Function function = file.resolution.function(fn.id());
					if (function != null) {
						file.diagnostics.addAll(this.world.instances.check(function));
					}
				}
				else if (statement instanceof Stmt.Trait trait && this.world.schema.trait(tree,
						trait.name()) instanceof Symbol.TraitType symbol && symbol.declaration() == trait) {
					symbol.methods().forEach(method -> file.diagnostics.addAll(this.world.instances.check(method)));
				}
			}
		}
		for (Symbol.Implementation each : this.world.declarations.implementations()) {
			World.FileState file = this.world.file(each.tree());
			each.methods().forEach(method -> file.diagnostics.addAll(this.world.instances.check(method)));
		}
	}

	/** Where the first statement starts that has a syntax error: from there on names and types say nothing sure. */
	private static int trusted(SyntaxTree tree) {
		int trusted = Integer.MAX_VALUE;
		for (Diagnostic error : tree.diagnostics()) {
			if (error.isError()) {
				int start = 0;
				for (Stmt statement : tree.body()) {
					if (statement.span().start() <= error.span().start()) {
						start = Math.max(start, statement.span().start());
					}
				}
				trusted = Math.min(trusted, start);
			}
		}
		return trusted;
	}

	/** Messages of all phases in order of place; a place is named once per code. */
	private List<Diagnostic> messages(World.FileState file) {
		List<Diagnostic> all = new ArrayList<>(file.resolution.diagnostics());
		all.addAll(file.diagnostics);
		int trusted = trusted(file.tree);
		all.removeIf(each -> each.span().start() >= trusted);
		all.addAll(file.tree.diagnostics());
		all.sort(Comparator.comparingInt(each -> each.span().start()));
		Map<String, Diagnostic> once = new LinkedHashMap<>();
		for (Diagnostic each : all) {
			once.putIfAbsent(each.code() + "@" + each.span().start() + (each.isError() ? "" : each.message()), each);
		}
		return List.copyOf(once.values());
	}

}
