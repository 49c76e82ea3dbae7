package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
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

/** The check of an application: all its files, and what they share. */
final class Checking {

	static final int PASSES_MAX = 6;

	private final BuiltinNames names;

	final World world;

	/** The files in their order. */
	List<SyntaxTree> trees;

	Checking(List<SyntaxTree> trees, BuiltinSignatures builtins, BuiltinNames names,
			Map<SyntaxTree, TreeFacts> facts, Parallel parallel) {
		this.trees = trees;
		this.names = names;
		Declarations declarations = Declarations.of(trees);
		TypeReader reader = new TypeReader(declarations);
		Schema schema = new Schema(declarations, reader, facts.values());
		this.world = new World(declarations, reader, schema, new Signatures(reader, builtins));
		List<Resolution> resolutions = parallel.map(trees, tree -> Resolver.resolve(tree, declarations, names));
		for (int i = 0; i < trees.size(); i++) {
			add(trees.get(i), resolutions.get(i), Objects.requireNonNull(facts.get(trees.get(i))));
		}
	}

	/** Resolves the names of a file. */
	void add(SyntaxTree tree, TreeFacts facts) {
		add(tree, Resolver.resolve(tree, this.world.declarations, this.names), facts);
	}

	private void add(SyntaxTree tree, Resolution resolution, TreeFacts facts) {
		this.world.files.put(tree, new World.FileState(tree, resolution, facts));
	}

	CheckedProgram run() {
		for (int pass = 0; pass < PASSES_MAX; pass++) {
			this.world.again = false;
			this.world.instances.clear();
			this.trees.forEach(tree -> this.world.file(tree).clear());
			CallOrder.of(this.trees, this.world).forEach(this::checkEarly);
			this.trees.forEach(tree -> checkFile(this.world.file(tree)));
			this.trees.forEach(tree -> checkFunctions(this.world.file(tree)));
			this.world.declarations.implementations().forEach(this::checkMethods);
			if (!this.world.again) {
				break;
			}
		}
		return program();
	}

	/** Whether the next check may start from this one: nothing in it depends on the order of checks. */
	boolean isRepeatable() {
		return !this.world.again && !this.world.instances.isLimited()
				&& this.world.declarations.diagnostics().isEmpty();
	}

	CheckedProgram program() {
		this.world.unifier.settle();
		Unread unread = Unread.of(this.trees);
		List<CheckedFile> files = new ArrayList<>();
		for (SyntaxTree tree : this.trees) {
			World.FileState file = this.world.file(tree);
			CheckedFile checked = file.checked;
			if (checked == null) {
				checked = new CheckedFile(tree, file.resolution, Objects.requireNonNull(file.body),
						messages(file, unread));
				file.checked = checked;
			}
			files.add(checked);
		}
		return new CheckedProgram(this.world.declarations, files, this.world.instances, this.world.schema);
	}

	/** Functions that use no variables of their file do not depend on it. */
	void checkEarly(Symbol.Function function) {
		if (function.frame() != null && function.frame().captures().isEmpty()) {
			this.world.instances.check(function);
		}
	}

	void checkFile(World.FileState file) {
		Body.Earlier earlier = Body.Earlier.nothing();
		earlier.dynamic().addAll(file.dynamic);
		for (int pass = 0;; pass++) {
			Map<Symbol.Variable, World.Slot> before = new HashMap<>(file.slots);
			Body body = new Body(this.world, file, Body.Mode.GROUND, 1, new Tables(0, file.tree.nodeCount()),
					earlier);
			body.control.block(file.tree);
			body.finish(Set.of());
			if (!body.again || pass >= PASSES_MAX) {
				file.diagnostics.addAll(body.diagnostics);
				body.slots.putAll(file.slots);
				file.body = new CheckedBody(file.resolution, List.of(), body.tables, Instances.slotTypes(body),
						Type.Basic.NONE);
				return;
			}
			if (isAssignedByFunctions(file)) {
				// They are checked once in a pass over all: only the next one sees what they assign again.
				file.dynamic.addAll(earlier.dynamic());
				this.world.again = true;
			}
			file.slots.clear();
			file.slots.putAll(before);
		}
	}

	private static boolean isAssignedByFunctions(World.FileState file) {
		return file.resolution.frame().variables().stream().anyMatch(Symbol.Variable::isAssignedElsewhere);
	}

	/** Every function for itself, called or not. */
	void checkFunctions(World.FileState file) {
		for (Stmt statement : file.tree.body()) {
			if (statement instanceof Stmt.Fn fn) {
				Symbol.Function function = file.resolution.function(fn.id());
				if (function != null) {
					file.diagnostics.addAll(this.world.instances.check(function));
				}
			}
			else if (statement instanceof Stmt.Trait trait && this.world.schema.trait(file.tree,
					trait.name()) instanceof Symbol.TraitType symbol && symbol.declaration() == trait) {
				symbol.methods().forEach(method -> file.diagnostics.addAll(this.world.instances.check(method)));
			}
		}
	}

	private void checkMethods(Symbol.Implementation implementation) {
		World.FileState file = this.world.file(implementation.tree());
		implementation.methods().forEach(method -> file.diagnostics.addAll(this.world.instances.check(method)));
	}

	/** Messages of all phases in order of place; a place is named once per code. */
	private static List<Diagnostic> messages(World.FileState file, Unread unread) {
		List<Diagnostic> all = new ArrayList<>(file.resolution.diagnostics());
		all.addAll(file.diagnostics);
		all.removeIf(unread::explains);
		all.addAll(file.tree.diagnostics());
		all.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
		Map<String, Diagnostic> once = new LinkedHashMap<>();
		for (Diagnostic each : all) {
			once.putIfAbsent(each.code() + "@" + each.span().start() + (each.isError() ? "" : each.message()), each);
		}
		return List.copyOf(once.values());
	}

}
