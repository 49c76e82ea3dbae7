package dev.flin.resolve;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * What a name stands for. Symbols are compared by identity: two declarations of one name are two symbols.
 */
public sealed interface Symbol {

	String name();

	/** A variable or parameter. Its facts are complete once its file is resolved. */
	final class Variable implements Symbol {

		/** How a variable came to be. */
		public enum Kind {

			/** Declared by assignment, {@code let} or {@code const}. */
			LOCAL,
			/** A parameter of a function or lambda, or bound by the pattern of one. */
			PARAMETER,
			/** Bound by {@code for}. */
			LOOP,
			/** Bound by a pattern of {@code match}, {@code while let}, or by {@code catch}. */
			PATTERN,
			/** A declared prop under its bare name. */
			PROP

		}

		private final String name;

		private final Kind kind;

		private final Frame frame;

		private final SourceFile file;

		private final Span declared;

		private final boolean constant;

		final int slot;

		int assignments;

		int reads;

		boolean captured;

		boolean assignedElsewhere;

		boolean options;

		boolean asked;

		/** Declared by {@code let x} alone, whose value is none until it gets another. */
		boolean bare;

		boolean noneAtFirst;

		/** Assignments by its own frame. */
		int ownAssignments;

		Variable(String name, Kind kind, Frame frame, SourceFile file, Span declared, boolean constant, int slot) {
			this.name = name;
			this.kind = kind;
			this.frame = frame;
			this.file = file;
			this.declared = declared;
			this.constant = constant;
			this.slot = slot;
		}

		@Override
		public String name() {
			return this.name;
		}

		/** Whether the code asks somewhere what it holds, as in {@code x is int}, or whether it holds anything. */
		public boolean isAsked() {
			return this.asked;
		}

		public Kind kind() {
			return this.kind;
		}

		/** The frame whose activation holds it. */
		public Frame frame() {
			return this.frame;
		}

		public SourceFile file() {
			return this.file;
		}

		/** Where the name stands that declares it. */
		public Span declared() {
			return this.declared;
		}

		/** Declared with {@code const}. */
		public boolean isConstant() {
			return this.constant;
		}

		/** A top-level variable of its file, or one of its props. */
		public boolean isFileLevel() {
			return this.frame.kind() == Frame.Kind.FILE && (this.kind == Kind.LOCAL || this.kind == Kind.PROP);
		}

		/** Whether an inner frame reads or assigns it. */
		public boolean isCaptured() {
			return this.captured;
		}

		/** Whether it is assigned more than once, or by another frame than its own. */
		public boolean isReassigned() {
			return this.assignments > 1 || this.assignedElsewhere;
		}

		/** Whether another frame than its own assigns it. */
		public boolean isAssignedElsewhere() {
			return this.assignedElsewhere;
		}

		/**
		 * A parameter for options, as in {@code fn open(options = {})}: callers give maps with keys of their own
		 * choice, and a bare member is such a key, never a built-in of its name.
		 */
		public boolean takesOptions() {
			return this.options;
		}

		/**
		 * Declared by {@code let x} alone, and read where nothing was surely assigned: then the declaration gives it
		 * none, as in JavaScript. Known once its file is resolved.
		 */
		public boolean isNoneAtFirst() {
			return this.noneAtFirst || (this.bare && this.ownAssignments == 0 && this.reads > 0);
		}

		/** Whether no code gives it a value: the browser may, as with {@code bind:this}. */
		public boolean isNeverAssigned() {
			return this.assignments == 0;
		}

		/** Whether its value is ever used. */
		public boolean isRead() {
			return this.reads > 0;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** A declared function or method; nested ones too. */
	final class Function implements Symbol {

		private Stmt.Fn declaration;

		private SyntaxTree tree;

		private final @Nullable Methods owner;

		static final int NOT_NESTED = -1;

		/** For the flow of control, like the slot of a variable. */
		private final int slot;

		@Nullable Frame frame;

		final List<Variable> parameters = new ArrayList<>();

		Function(Stmt.Fn declaration, SyntaxTree tree, @Nullable Methods owner, int slot) {
			this.declaration = declaration;
			this.tree = tree;
			this.owner = owner;
			this.slot = slot;
		}

		/** The same function in a new edition of its file. */
		void moveTo(Stmt.Fn edited, SyntaxTree edition) {
			this.declaration = edited;
			this.tree = edition;
			this.frame = null;
			this.parameters.clear();
		}

		@Override
		public String name() {
			return this.declaration.name();
		}

		public Stmt.Fn declaration() {
			return this.declaration;
		}

		public SyntaxTree tree() {
			return this.tree;
		}

		public SourceFile file() {
			return this.tree.file();
		}

		/** The {@code impl} or {@code trait} it stands in; null for a plain function. */
		public @Nullable Methods owner() {
			return this.owner;
		}

		/** Declared inside another function, so that it may capture variables. */
		public boolean isNested() {
			return this.slot != NOT_NESTED;
		}

		int slot() {
			return this.slot;
		}

		/** Its activation; null only for a signature without body. */
		public @Nullable Frame frame() {
			return this.frame;
		}

		@Override
		public String toString() {
			return name();
		}

	}

	/** What methods belong to: an {@code impl} or a {@code trait}. */
	sealed interface Methods permits TraitType, Implementation {

		List<Function> methods();

	}

	/** An {@code impl} block. */
	final class Implementation implements Methods {

		private final Stmt.Impl declaration;

		private final SyntaxTree tree;

		private final List<Function> methods = new ArrayList<>();

		Implementation(Stmt.Impl declaration, SyntaxTree tree) {
			this.declaration = declaration;
			this.tree = tree;
			for (Stmt.Fn method : declaration.methods()) {
				this.methods.add(new Function(method, tree, this, Function.NOT_NESTED));
			}
		}

		public Stmt.Impl declaration() {
			return this.declaration;
		}

		public SyntaxTree tree() {
			return this.tree;
		}

		@Override
		public List<Function> methods() {
			return this.methods;
		}

	}

	/** A built-in function, value or namespace ({@code Math}). */
	record Builtin(String name) implements Symbol {
	}

	/** An entity. */
	final class Entity implements Symbol {

		private final Stmt.Entity declaration;

		private final SyntaxTree tree;

		Entity(Stmt.Entity declaration, SyntaxTree tree) {
			this.declaration = declaration;
			this.tree = tree;
		}

		@Override
		public String name() {
			return this.declaration.name();
		}

		public Stmt.Entity declaration() {
			return this.declaration;
		}

		public SyntaxTree tree() {
			return this.tree;
		}

		/** The declared field of this name, or null. */
		public Part.@Nullable Field field(String name) {
			for (Part.Field field : this.declaration.fields()) {
				if (field.name().equals(name)) {
					return field;
				}
			}
			return null;
		}

		@Override
		public String toString() {
			return name();
		}

	}

	/** An enum with its variants. */
	final class EnumType implements Symbol {

		private final Stmt.Enum declaration;

		private final SyntaxTree tree;

		private final List<Variant> variants = new ArrayList<>();

		EnumType(Stmt.Enum declaration, SyntaxTree tree) {
			this.declaration = declaration;
			this.tree = tree;
			for (Part.Variant variant : declaration.variants()) {
				this.variants.add(new Variant(this, variant, this.variants.size()));
			}
		}

		@Override
		public String name() {
			return this.declaration.name();
		}

		public Stmt.Enum declaration() {
			return this.declaration;
		}

		/** Whether it is one of the enums that every program has. */
		public boolean isBuiltIn() {
			return this.tree.file().path().isEmpty();
		}

		public SyntaxTree tree() {
			return this.tree;
		}

		public List<Variant> variants() {
			return this.variants;
		}

		public @Nullable Variant variant(String name) {
			for (Variant variant : this.variants) {
				if (variant.name().equals(name)) {
					return variant;
				}
			}
			return null;
		}

		@Override
		public String toString() {
			return name();
		}

	}

	/** One variant of an enum. */
	final class Variant implements Symbol {

		private final EnumType owner;

		private final Part.Variant declaration;

		private final int index;

		Variant(EnumType owner, Part.Variant declaration, int index) {
			this.owner = owner;
			this.declaration = declaration;
			this.index = index;
		}

		@Override
		public String name() {
			return this.declaration.name();
		}

		public EnumType owner() {
			return this.owner;
		}

		public Part.Variant declaration() {
			return this.declaration;
		}

		/** Its place in the enum, from 0. */
		public int index() {
			return this.index;
		}

		@Override
		public String toString() {
			return this.owner.name() + "." + name();
		}

	}

	/** A variant's bare name; several enums may have it, then the expected type decides. */
	record Variants(String name, List<Variant> candidates) implements Symbol {
	}

	/** A trait. */
	final class TraitType implements Symbol, Methods {

		private final Stmt.Trait declaration;

		private final SyntaxTree tree;

		private final List<Function> methods = new ArrayList<>();

		TraitType(Stmt.Trait declaration, SyntaxTree tree) {
			this.declaration = declaration;
			this.tree = tree;
			for (Stmt.Fn method : declaration.methods()) {
				this.methods.add(new Function(method, tree, this, Function.NOT_NESTED));
			}
		}

		@Override
		public String name() {
			return this.declaration.name();
		}

		public Stmt.Trait declaration() {
			return this.declaration;
		}

		public SyntaxTree tree() {
			return this.tree;
		}

		@Override
		public List<Function> methods() {
			return this.methods;
		}

	}

	/** A type alias. */
	final class Alias implements Symbol {

		private final Stmt.TypeAlias declaration;

		private final SyntaxTree tree;

		Alias(Stmt.TypeAlias declaration, SyntaxTree tree) {
			this.declaration = declaration;
			this.tree = tree;
		}

		@Override
		public String name() {
			return this.declaration.name();
		}

		public Stmt.TypeAlias declaration() {
			return this.declaration;
		}

		public SyntaxTree tree() {
			return this.tree;
		}

	}

	/** A component: a file under {@code components/}. */
	final class Component implements Symbol {

		private final String name;

		private SyntaxTree tree;

		private Stmt.@Nullable Props props;

		Component(String name, SyntaxTree tree) {
			this.name = name;
			this.tree = tree;
			this.props = propsOf(tree);
		}

		private static Stmt.@Nullable Props propsOf(SyntaxTree tree) {
			Stmt.Props found = null;
			for (Stmt statement : tree.body()) {
				if (statement instanceof Stmt.Props declared) {
					found = declared;
				}
			}
			return found;
		}

		/** The same component in a new edition of its file. */
		void moveTo(SyntaxTree edition) {
			this.tree = edition;
			this.props = propsOf(edition);
		}

		@Override
		public String name() {
			return this.name;
		}

		public SyntaxTree tree() {
			return this.tree;
		}

		/** Its declared props; null when it takes any. */
		public Stmt.@Nullable Props props() {
			return this.props;
		}

	}

	/** A name that the host provides: {@code params query body session request props event children} …. */
	record Ambient(String name) implements Symbol {
	}

	/**
	 * A field of the instance that a method, hook, computed field or decorator speaks of, under its bare name.
	 * @param entity null for a key of a record
	 */
	record SelfField(@Nullable Entity entity, String name) implements Symbol {
	}

	/** A method of the instance, under its bare name, inside {@code impl} and {@code trait}. */
	record SelfMethod(Methods owner, String name) implements Symbol {
	}

	/** The instance itself: {@code self}. */
	record Self(String name) implements Symbol {
	}

}
