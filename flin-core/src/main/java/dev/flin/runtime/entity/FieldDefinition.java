package dev.flin.runtime.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.rule.Rule;
import dev.flin.runtime.rule.Rules;
import dev.flin.value.FlinBugException;
import dev.flin.value.Printer;

/**
 * A field as it is declared.
 *
 * @param name the name
 * @param type the type as written, such as {@code text?} or {@code [Tag]}
 * @param flags what its decorators without arguments say
 * @param onDelete what happens to a reference when its target goes: cascade, restrict or set_null; null when not said
 * @param inverse the name of the way back from a reference's target; null for the plural of the entity's name
 * @param was earlier names
 * @param retention how long old versions keep the value; null for always
 * @param rules the rules its values keep to
 * @param initial the default when it is a constant
 * @param initialCode the function that gives the default; -1 when there is none
 * @param initialOfRecord whether that function looks at the other fields of the record
 * @param computedCode the function that computes the field; -1 for a stored one
 * @param formula tells that code from any other, for a computed field with an index; else null
 */
public record FieldDefinition(String name, String type, Set<Flag> flags, @Nullable String onDelete,
		@Nullable String inverse, List<String> was, @Nullable Duration retention, List<FieldCheck> rules,
		@Nullable Object initial, int initialCode, boolean initialOfRecord, int computedCode,
		@Nullable String formula) {

	/** Decorators without arguments. */
	public enum Flag {

		/** Neither none nor {@code ""}. */
		REQUIRED,
		/** No two live records share a value. */
		UNIQUE,
		/** Has an index. */
		INDEXED,
		/** Keeps its first value. */
		IMMUTABLE,
		/** Left out of JSON. */
		HIDDEN,
		/** Never taken from a spread. */
		READONLY,
		/** Encrypted at rest. */
		ENCRYPTED,
		/** Found by full text search. */
		SEARCHABLE,
		/** Found by meaning. */
		SEMANTIC

	}

	/** Copies the collections. */
	public FieldDefinition {
		flags = flags.isEmpty() ? Set.of() : Set.copyOf(flags);
		was = List.copyOf(was);
		rules = List.copyOf(rules);
	}

	/** Whether the field is computed and not assigned. */
	public boolean isComputed() {
		return this.computedCode >= 0;
	}

	/** Whether the declaration has a default. */
	public boolean hasDefault() {
		return this.initialCode >= 0 || this.initial != null;
	}

	/** Whether a decorator says so. */
	public boolean is(Flag flag) {
		return this.flags.contains(flag);
	}

	/** Collects what is said about a field. */
	public static final class Builder {

		private final String name;

		private final String type;

		private final Set<Flag> flags = EnumSet.noneOf(Flag.class);

		private final List<String> was = new ArrayList<>();

		private final List<FieldCheck> rules = new ArrayList<>();

		private @Nullable String onDelete;

		private @Nullable String inverse;

		private @Nullable Duration retention;

		private @Nullable Object initial;

		private int initialCode = -1;

		private boolean initialOfRecord;

		private int computedCode = -1;

		private @Nullable String formula;

		Builder(String name, String type) {
			this.name = name;
			this.type = type;
		}

		public Builder flag(Flag flag) {
			this.flags.add(flag);
			return this;
		}

		/** Adds a rule of {@link Rules} by its decorator. */
		public Builder rule(String decorator, Object... args) {
			Rule rule = Rules.named(decorator, List.of(args));
			if (rule == null) {
				throw new FlinBugException("no rule @" + decorator);
			}
			StringJoiner shown = new StringJoiner(", ", "@" + decorator + "(", ")");
			for (Object arg : args) {
				shown.add(Printer.quoted(arg));
			}
			this.rules.add(new FieldCheck.Pure(shown.toString(), rule));
			return this;
		}

		/** Adds a rule some of whose arguments are code. */
		public Builder rule(String text, String decorator, List<Object> args) {
			this.rules.add(new FieldCheck.OfArguments(text, decorator, args));
			return this;
		}

		/** Adds a condition on the whole instance. */
		public Builder check(String text, int code, String message) {
			this.rules.add(new FieldCheck.OfInstance(text, code, message));
			return this;
		}

		/** Adds a function of the program that takes the value and gives a bool or the message. */
		public Builder custom(String text, int code) {
			this.rules.add(new FieldCheck.OfValue(text, code));
			return this;
		}

		public Builder onDelete(String rule) {
			this.onDelete = rule;
			return this;
		}

		public Builder inverse(String member) {
			this.inverse = member;
			return this;
		}

		public Builder was(String earlier) {
			this.was.add(earlier);
			return this;
		}

		public Builder retention(Duration age) {
			this.retention = age;
			return this;
		}

		/** Gives a default that is the same for every instance. */
		public Builder initial(Object constant) {
			this.initial = constant;
			return this;
		}

		/**
		 * Gives a default that is code.
		 * @param ofRecord whether it looks at the other fields of the record
		 */
		public Builder initialCode(int code, boolean ofRecord) {
			this.initialCode = code;
			this.initialOfRecord = ofRecord;
			return this;
		}

		public Builder computedCode(int code) {
			this.computedCode = code;
			return this;
		}

		/** Tells the code of a computed field with an index from any other. */
		public Builder formula(String fingerprint) {
			this.formula = fingerprint;
			return this;
		}

		FieldDefinition build() {
			return new FieldDefinition(this.name, this.type, this.flags, this.onDelete, this.inverse, this.was,
					this.retention, this.rules, this.initial, this.initialCode, this.initialOfRecord,
					this.computedCode, this.formula);
		}

	}

}
