package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Symbol;

/**
 * A static type. Immutable but for {@link TypeVar}, which only the checker sees: what {@link CheckedBody} hands out has
 * none left.
 */
public sealed interface Type permits Type.Basic, Type.ListOf, Type.MapOf, Type.RecordOf, Type.Optional, Type.Union,
		Type.TupleOf, Type.Fn, Type.EnumOf, Type.EnumText, Type.EntityOf, Type.EntityType, Type.QueryOf, Type.TypeParam,
		TypeVar {

	/** Types without parts. */
	enum Basic implements Type {

		INT("int"), NUMBER("number"), DECIMAL("decimal"), BOOL("bool"), TEXT("text"), TIME("time"),
		DURATION("duration"), MONEY("money"), FILE("file"), HTML("html"), RANGE("range"), REGEX("regex"),
		/** An error value: {@code .code .message .cause .trace .fields}. */
		FAILURE("error"),
		/** The only value {@code none}. */
		NONE("none"),
		/** Dynamic. */
		ANY("any"),
		/** No value: code that does not come back. */
		NEVER("never"),
		/** The type of what is already reported: fits everything, never reported again. */
		BROKEN("?");

		private final String word;

		Basic(String word) {
			this.word = word;
		}

		/** How the program spells it. */
		public String word() {
			return this.word;
		}

		@Override
		public String toString() {
			return this.word;
		}

	}

	record ListOf(Type element) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	record MapOf(Type key, Type value) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** A map with known text keys, in the order of its literal. At run time a map. */
	record RecordOf(Map<String, Type> fields) implements Type {

		public RecordOf {
			fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
		}

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** {@code T?}; never nested, never of {@code any} or {@code none}. */
	record Optional(Type inner) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** At least two members, flat, none of them {@code any}, {@code none} or optional. */
	record Union(List<Type> members) implements Type {

		public Union {
			members = List.copyOf(members);
		}

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	record TupleOf(List<Type> elements) implements Type {

		public TupleOf {
			elements = List.copyOf(elements);
		}

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/**
	 * A function value.
	 *
	 * @param unsaid the parameters, a bit each from the lowest, whose types nothing but their use in a lambda tells: no
	 * promise to those who call it. It is no part of what makes two types the same.
	 */
	record Fn(List<Type> params, Type result, long unsaid) implements Type {

		public Fn {
			params = List.copyOf(params);
		}

		public Fn(List<Type> params, Type result) {
			this(params, result, 0);
		}

		boolean isSaid(int parameter) {
			return parameter >= Long.SIZE || (this.unsaid & 1L << parameter) == 0;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Fn fn && this.params.equals(fn.params) && this.result.equals(fn.result);
		}

		@Override
		public int hashCode() {
			return 31 * this.params.hashCode() + this.result.hashCode();
		}

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	record EnumOf(Symbol.EnumType symbol, List<Type> args) implements Type {

		public EnumOf {
			args = List.copyOf(args);
		}

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** A field of an entity that is declared with an enum: at run time one of the variants' names as text. */
	record EnumText(Symbol.EnumType symbol) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** An instance of an entity. */
	record EntityOf(Symbol.Entity symbol) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** The entity itself as a value: {@code Product} in {@code pagerank(Product)}. */
	record EntityType(Symbol.Entity symbol) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** A query over an entity: a list that is read when it is used. */
	record QueryOf(Symbol.Entity symbol) implements Type {

		@Override
		public String toString() {
			return TypePrinter.print(this);
		}

	}

	/** A declared type parameter inside its declaration. Lowering never sees one. */
	record TypeParam(String name, List<String> bounds) implements Type {

		public TypeParam {
			bounds = List.copyOf(bounds);
		}

		/** Parameters of one name and different bounds are rare. */
		@Override
		public int hashCode() {
			return this.name.hashCode();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** {@code T?} in normal form. */
	static Type optional(Type inner) {
		if (inner instanceof Optional || inner == Basic.ANY || inner == Basic.NONE || inner == Basic.BROKEN) {
			return inner;
		}
		return (inner == Basic.NEVER) ? Basic.NONE : new Optional(inner);
	}

	/** The union of the members in normal form: flat, without doubles; {@code none} makes it optional. */
	static Type union(List<Type> members) {
		List<Type> flat = new ArrayList<>();
		boolean none = false;
		for (Type member : members) {
			none |= addMember(flat, member);
			if (member == Basic.ANY) {
				return Basic.ANY;
			}
		}
		Type inner = switch (flat.size()) {
			case 0 -> none ? Basic.NONE : Basic.NEVER;
			case 1 -> flat.get(0);
			default -> new Union(flat);
		};
		return none ? optional(inner) : inner;
	}

	private static boolean addMember(List<Type> flat, Type member) {
		if (member == Basic.NONE) {
			return true;
		}
		if (member instanceof Optional optional) {
			addMember(flat, optional.inner());
			return true;
		}
		if (member instanceof Union union) {
			union.members().forEach(each -> addMember(flat, each));
		}
		else if (member != Basic.NEVER && !flat.contains(member)) {
			flat.add(member);
		}
		return false;
	}

}
