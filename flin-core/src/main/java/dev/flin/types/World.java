package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Declarations;
import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.SyntaxTree;

/** What all bodies of a program share while it is checked. */
final class World {

	/** The storage of a variable: its type so far. */
	static final class Slot {

		Type type;

		final boolean annotated;

		/** The lambda that is its only value. */
		Expr.@Nullable Lambda lambda;

		Slot(Type type, boolean annotated) {
			this.type = type;
			this.annotated = annotated;
		}

	}

	/** One file: the slots of its top-level variables and what a further pass has to start from. */
	static final class FileState {

		final SyntaxTree tree;

		final Resolution resolution;

		final TreeFacts facts;

		final Map<Symbol.Variable, Slot> slots = new HashMap<>();

		final Map<Symbol.Variable, Type> widened = new HashMap<>();

		final Set<Symbol.Variable> polymorphic = new HashSet<>();

		/** Function values of the top level that take anything, as an earlier pass found. */
		final Set<Integer> dynamic = new HashSet<>();

		final List<Diagnostic> diagnostics = new ArrayList<>();

		/** The top level after the last pass. */
		@Nullable CheckedBody body;

		FileState(SyntaxTree tree, Resolution resolution, TreeFacts facts) {
			this.tree = tree;
			this.resolution = resolution;
			this.facts = facts;
		}

		/** All about it, once everything is checked. */
		@Nullable CheckedFile checked;

		/** Before a further pass. */
		void clear() {
			this.checked = null;
			this.slots.clear();
			this.diagnostics.clear();
		}

	}

	final Declarations declarations;

	final TypeReader reader;

	final Schema schema;

	final Signatures signatures;

	final Unifier unifier = new Unifier();

	final Map<SyntaxTree, FileState> files = new IdentityHashMap<>();

	/** A top-level variable turned out wider than its uses assumed: everything is checked once more. */
	boolean again;

	final Instances instances;

	World(Declarations declarations, TypeReader reader, Schema schema, Signatures signatures) {
		this.declarations = declarations;
		this.reader = reader;
		this.schema = schema;
		this.signatures = signatures;
		this.instances = new Instances(this);
	}

	FileState file(SyntaxTree tree) {
		FileState state = this.files.get(tree);
		if (state == null) {
			throw new IllegalArgumentException("a file that is not part of the program: " + tree.file());
		}
		return state;
	}

}
