package dev.flin.types;

import java.util.List;

import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;

/**
 * What a member access, call, pipe, name or pattern really does, decided by types. Lowering needs nothing else to
 * choose
 * code; the static types of operands and of the result are in {@link CheckedBody}.
 */
public sealed interface Access {

	// Members (also as the target of an assignment)

	/** Key of a map by name: of a record, or of a declared map; a missing one is {@code none}. */
	record Key(String name) implements Access {
	}

	record EntityField(Symbol.Entity entity, Part.Field field) implements Access {
	}

	/** {@code id created_at version history} …, and relations that other entities declare. */
	record EntityMeta(Symbol.Entity entity, String name) implements Access {
	}

	record TupleItem(int index) implements Access {
	}

	/** A member of an error value, a file, a response or a page of results: read by name from the value. */
	record ValueMember(String name) implements Access {
	}

	/** Receiver of type any (or a union): decided at run time. {@code name} is a key before it is a method. */
	record DynamicMember(String name) implements Access {
	}

	/** A known unit: {@code 7.days}; constant micros of one unit. */
	record DurationUnit(long micros) implements Access {
	}

	/** {@code Light.Red} without payload; with payload this is the maker as a function value. */
	record VariantRef(Symbol.Variant variant) implements Access {
	}

	// Calls

	/** Calls a built-in; the receiver, if any, is the first argument of the plan. */
	record BuiltinCall(BuiltinSignatures.Row row, Plan plan) implements Access {
	}

	/**
	 * Calls a declared function in its instance for these parameter types ({@link CheckedProgram#instance}).
	 * @param parameterTypes the types the callee was compiled for; arguments are converted to them
	 * @param result what the checker takes the result for; the callee's own type is that of its instance
	 */
	record FunctionCall(Symbol.Function function, List<Type> parameterTypes, Type result, Plan plan) implements Access {

		public FunctionCall {
			parameterTypes = List.copyOf(parameterTypes);
		}

	}

	/** Calls a method of an {@code impl}: a function whose first parameter is the receiver ({@code self}). */
	record MethodCall(Symbol.Function function, List<Type> parameterTypes, Type result, Plan plan) implements Access {

		public MethodCall {
			parameterTypes = List.copyOf(parameterTypes);
		}

	}

	/** Calls a nested function through its closure. */
	record NestedCall(Symbol.Function function, Plan plan) implements Access {
	}

	/** Calls a trait's method on a receiver known only by its bound: decided by the run-time type. */
	record TraitCall(Symbol.TraitType trait, String method, Plan plan) implements Access {
	}

	/** Makes an enum value. */
	record VariantMake(Symbol.Variant variant, Plan plan) implements Access {
	}

	/** Calls a function value of a known type; arguments in order, no names. */
	record ValueCall(Type.Fn type, Plan plan) implements Access {
	}

	/** Calls whatever the callee is at run time. */
	record DynamicCall() implements Access {
	}

	/** {@code receiver.name(args)} decided at run time by the receiver; {@code optional} for {@code ?.}. */
	record DynamicMethod(String name) implements Access {
	}

	/** Calls a key's or field's value: {@code m.handler(1)}; the callee's own access says how it is read. */
	record MemberValueCall(Plan plan) implements Access {
	}

	/**
	 * An operation of an entity or query: {@code find where order count sum update as_of} …. Without arguments it may
	 * stand without parentheses.
	 * @param onEntity true when the receiver is the entity's name, false when it is a query
	 * @param conditions for each argument whether it is an expression over fields (names resolved to
	 * {@link QueryField}) instead of a value
	 */
	record QueryOperation(Symbol.Entity entity, String operation, boolean onEntity, List<Boolean> conditions)
			implements Access {

		public QueryOperation {
			conditions = List.copyOf(conditions);
		}

	}

	// Names

	/** A field of the entity that the surrounding query condition speaks of. */
	record QueryField(Symbol.Entity entity, String name) implements Access {
	}

	/** A declared function as a value, in the instance for these types. */
	record FunctionRef(Symbol.Function function, List<Type> parameterTypes) implements Access {

		public FunctionRef {
			parameterTypes = List.copyOf(parameterTypes);
		}

	}

	/** A built-in as a value: a function, or the value of {@code now}, {@code pi}. */
	record BuiltinRef(BuiltinSignatures.Row row) implements Access {
	}

	/** A built-in method of a value taken without call, as a function value. */
	record BoundMethod(String name) implements Access {
	}

	/** {@code E @ t} on an entity or query: the query as of that time. */
	record QueryAsOf(Symbol.Entity entity) implements Access {
	}

	// Patterns

	/** The pattern tests for this type, then binds. */
	record TypeTest(Type type) implements Access {
	}

	/** In a query, a member of a record that may be missing: none then. */
	record IfPresent(Access access) implements Access {
	}

	/** The pattern tests for this variant. */
	record VariantTest(Symbol.Variant variant) implements Access {
	}

	/** The pattern compares with the value of a variable. */
	record CompareWith(Symbol.Variable variable) implements Access {
	}

	/** {@code for (x, i) in xs} over elements that cannot be taken apart: the element and its index. */
	record ItemAndIndex() implements Access {
	}

	// Markup

	/** The use of a component: for each declared prop the attribute that gives it. */
	record ComponentUse(Symbol.Component component) implements Access {
	}

	/**
	 * Where the callee's parameters come from, in order of the callee's parameters. Arguments are still evaluated in
	 * written order.
	 */
	record Plan(List<Source> sources) {

		public Plan {
			sources = List.copyOf(sources);
		}

	}

	/** Where one parameter comes from. */
	sealed interface Source {

	}

	/** The receiver of the method, or the left side of the pipe. */
	record Receiver() implements Source {
	}

	/** The argument with this index among those written. */
	record Argument(int index) implements Source {
	}

	/** The parameter's default, evaluated by the callee. */
	record Default() implements Source {
	}

	/** All that is left, as a list: argument indexes; the receiver is -1. Spread arguments are spliced in. */
	record Rest(List<Integer> arguments) implements Source {

		public Rest {
			arguments = List.copyOf(arguments);
		}

	}

	/**
	 * A fixed parameter that a spread argument may fill: what stands at a place of the tail, the values of all
	 * positional arguments from the first spread one on. An optional parameter takes its default when the tail ends
	 * before.
	 */
	record Spliced(List<Integer> tail, int place, boolean optional) implements Source {

		public Spliced {
			tail = List.copyOf(tail);
		}

	}

	/** The values of the tail from a place on, as a list. */
	record SplicedRest(List<Integer> tail, int place) implements Source {

		public SplicedRest {
			tail = List.copyOf(tail);
		}

	}

}
