package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/**
 * Members without arguments: keys, fields, tuple items, variants, and built-in or declared methods without
 * parentheses.
 */
final class MemberChecker {

	private static final String INSTEAD = "it is worked out from the value: assign another value to the variable";

	/** Names of the host whose bare members are keys. */
	private static final Set<String> KEYED = Set.of("params", "query", "body", "cookies", "props", "session", "flash",
			"errors", "headers", "request", "response");

	private static final Map<String, Long> UNITS = Map.ofEntries(Map.entry("second", 1_000_000L),
			Map.entry("seconds", 1_000_000L), Map.entry("minute", 60_000_000L), Map.entry("minutes", 60_000_000L),
			Map.entry("hour", 3_600_000_000L), Map.entry("hours", 3_600_000_000L), Map.entry("day", 86_400_000_000L),
			Map.entry("days", 86_400_000_000L), Map.entry("week", 604_800_000_000L),
			Map.entry("weeks", 604_800_000_000L), Map.entry("month", 2_592_000_000_000L),
			Map.entry("months", 2_592_000_000_000L), Map.entry("year", 31_536_000_000_000L),
			Map.entry("years", 31_536_000_000_000L), Map.entry("milliseconds", 1_000L), Map.entry("ms", 1_000L),
			Map.entry("millisecond", 1_000L));

	private static final Map<String, Type> FAILURE_MEMBERS = Map.of("code", Basic.TEXT, "message", Basic.TEXT, "cause",
			Basic.ANY, "trace", Basic.ANY, "fields", Basic.ANY, "name", Basic.TEXT);

	private static final Map<String, Type> FILE_MEMBERS = Map.of("name", Basic.TEXT, "size", Basic.INT,
			"size_formatted", Basic.TEXT, "type", Basic.TEXT, "content_type", Basic.TEXT, "extension", Basic.TEXT,
			"url", Basic.TEXT, "text", Basic.TEXT);

	private final Body body;

	MemberChecker(Body body) {
		this.body = body;
	}

	/** Whether a name of the host has values by their names, and is nothing else. */
	static boolean hasKeys(String name) {
		return KEYED.contains(name);
	}

	Type member(Expr.Member e, @Nullable Type hint) {
		Type special = special(e, hint);
		if (special != null) {
			return special;
		}
		Type target = this.body.exprs.infer(e.target());
		Type type = memberOf(target, e);
		Type known = this.body.known(e);
		return (known != null) ? known : type;
	}

	/** Members of names that are no values: enums, namespaces. */
	private @Nullable Type special(Expr.Member e, @Nullable Type hint) {
		if (!(e.target() instanceof Expr.Name name)) {
			return null;
		}
		return switch (this.body.resolution.symbol(name.id())) {
			case Symbol.EnumType type -> {
				this.body.tables.type(name.id(), Basic.ANY);
				Symbol.Variant variant = variant(type, e);
				yield (variant != null) ? this.body.calls.variantValue(e.id(), e.span(), variant, hint) : Basic.BROKEN;
			}
			case Symbol.Builtin builtin when Namespaces.isNamespace(builtin.name(), this.body.world.signatures) -> {
				this.body.tables.type(name.id(), Basic.ANY);
				yield this.body.calls.namespaceValue(builtin.name(), e, hint);
			}
			case Symbol.Ambient ambient when ambient.name().equals("props")
					&& this.body.statements.propsType() instanceof Type.RecordOf ->
				declaredProp(e);
			case Symbol.Ambient ambient when KEYED.contains(ambient.name()) -> keyOf(e);
			case Symbol.Variable variable when variable.takesOptions() -> keyOf(e);
			case null, default -> null;
		};
	}

	/** A bare member of what comes from outside is a key, never a built-in; what is known of it narrows its type. */
	private @Nullable Type keyOf(Expr.Member e) {
		Type target = this.body.exprs.infer(e.target());
		if (Zonk.prune(target) != Basic.ANY) {
			return null;
		}
		this.body.tables.access(e.id(), new Access.Key(e.name()));
		Type known = this.body.known(e);
		return (known != null) ? known : Basic.ANY;
	}

	private @Nullable Type declaredProp(Expr.Member e) {
		if (!(this.body.statements.propsType() instanceof Type.RecordOf props)) {
			return null;
		}
		Type type = props.fields().get(e.name());
		this.body.tables.type(e.target().id(), props);
		this.body.tables.access(e.id(), new Access.Key(e.name()));
		if (type == null) {
			this.body.error(Code.E0505, e.nameSpan(), "the component declares no prop '" + e.name() + "'",
					ExprChecker.didYouMean(e.name(), props.fields().keySet()));
			return Basic.BROKEN;
		}
		Type known = this.body.known(e);
		return (known != null) ? known : type;
	}

	Symbol.@Nullable Variant variant(Symbol.EnumType type, Expr.Member e) {
		Symbol.Variant variant = type.variant(e.name());
		if (variant == null) {
			List<String> names = type.variants().stream().map(Symbol.Variant::name).toList();
			this.body.error(Code.E0107, e.nameSpan(), "'" + type.name() + "' has no variant '" + e.name() + "'",
					ExprChecker.didYouMean(e.name(), names));
		}
		return variant;
	}

	/** The type of a member of a value. */
	Type memberOf(Type target, Expr.Member e) {
		Type type = this.body.resolve(target);
		return switch (type) {
			case TypeVar open -> ofOpen(open, e);
			case Type.Optional optional -> {
				if (!e.optional() && this.body.queryEntity != null
						&& (this.body.resolve(optional.inner()) instanceof Type.EntityOf || isOfField(e.target()))) {
					yield ifPresent(optional.inner(), e);
				}
				if (!e.optional()) {
					this.body.operators.definite(type, e.target());
				}
				Type inner = memberOf(optional.inner(), e);
				yield e.optional() ? Type.optional(Zonk.prune(inner)) : inner;
			}
			case Type.Union union -> {
				List<Type> types = new ArrayList<>();
				for (Type member : union.members()) {
					types.add(memberOf(member, e));
				}
				this.body.tables.access(e.id(), new Access.DynamicMember(e.name()));
				yield types.contains(Basic.BROKEN) ? Basic.BROKEN : this.body.unifier.meetAll(types);
			}
			case Basic b when b == Basic.BROKEN || b == Basic.NEVER -> b;
			case Basic b when b == Basic.ANY -> {
				this.body.tables.access(e.id(), new Access.DynamicMember(e.name()));
				yield Basic.ANY;
			}
			case Basic b when b == Basic.NONE && e.optional() -> Basic.NONE;
			// What 'try' gives has no error where nothing failed.
			case Basic b when b == Basic.FAILURE && e.optional() ->
				Type.optional(Zonk.prune(Objects.requireNonNull(ownMember(type, e))));
			default -> {
				Type own = ownMember(type, e);
				yield (own != null) ? own : method(ofAllRecords(type, e), e);
			}
		};
	}

	/** A function of lists asks all records of an entity. */
	private Type ofAllRecords(Type type, Expr.Member e) {
		Type query = (type instanceof Type.EntityType t) ? new Type.QueryOf(t.symbol()) : type;
		return isBuiltinWithoutArguments(e.name(), query) ? query : type;
	}

	/** A query asks all records: what a missing reference or value leads to is none. */
	private Type ifPresent(Type present, Expr.Member e) {
		return ifPresent(e.id(), memberOf(present, e));
	}

	/** What was found of a value that may be none is looked for only when there is one. */
	Type ifPresent(int node, Type type) {
		Access access = this.body.tables.access(node);
		if (access != null) {
			this.body.tables.access(node, new Access.IfPresent(access));
		}
		return (Zonk.prune(type) == Basic.BROKEN) ? type : Type.optional(Zonk.prune(type));
	}

	/** Whether an expression starts from a field of the records that a query asks. */
	boolean isOfField(Expr e) {
		return switch (e) {
			case Expr.Name name -> this.body.tables.access(name.id()) instanceof Access.QueryField;
			case Expr.Member member -> isOfField(member.target());
			case Expr.Call call -> call.callee() instanceof Expr.Member member && isOfField(member.target());
			case Expr.Binary binary -> isOfField(binary.left()) || isOfField(binary.right());
			case Expr.Unary unary -> isOfField(unary.operand());
			default -> false;
		};
	}

	private Type ofOpen(TypeVar open, Expr.Member e) {
		Type receiver = this.body.calls.onlyReceiver(e, false);
		if (receiver != null && this.body.unifier.unify(open, receiver)) {
			return memberOf(open, e);
		}
		return this.body.later(open, () -> memberOf(open, e));
	}

	/** Keys, fields and items, which win over built-ins. */
	private @Nullable Type ownMember(Type type, Expr.Member e) {
		String name = e.name();
		return switch (type) {
			case Type.RecordOf t when t.fields().containsKey(name) ->
				found(e, new Access.Key(name), t.fields().get(name));
			case Type.MapOf t when !isBuiltinWithoutArguments(name, type) ->
				found(e, new Access.Key(name), Type.optional(Zonk.prune(t.value())));
			case Type.TupleOf t when name.matches("\\d{1,4}") -> tupleItem(t, e);
			case Type.EntityOf t -> entityMember(t.symbol(), e);
			case Type.EntityType t -> this.body.queries.bareOperation(t.symbol(), true, e);
			case Type.QueryOf t -> this.body.queries.bareOperation(t.symbol(), false, e);
			case Basic b when b == Basic.FAILURE && FAILURE_MEMBERS.containsKey(name) ->
				found(e, new Access.ValueMember(name), FAILURE_MEMBERS.get(name));
			case Basic b when b == Basic.FAILURE -> found(e, new Access.ValueMember(name), Basic.ANY);
			case Basic b when b == Basic.FILE && FILE_MEMBERS.containsKey(name) ->
				found(e, new Access.ValueMember(name), FILE_MEMBERS.get(name));
			case Basic b when UNITS.containsKey(name) && (b == Basic.INT || b == Basic.NUMBER) ->
				found(e, new Access.DurationUnit(UNITS.getOrDefault(name, 0L)), Basic.DURATION);
			default -> null;
		};
	}

	private Type found(Expr.Member e, Access access, Type type) {
		this.body.tables.access(e.id(), access);
		return type;
	}

	private boolean isBuiltinWithoutArguments(String name, Type receiver) {
		return this.body.calls.hasBuiltin(name, receiver);
	}

	private @Nullable Type tupleItem(Type.TupleOf tuple, Expr.Member e) {
		int index = Integer.parseInt(e.name());
		return (index < tuple.elements().size()) ? found(e, new Access.TupleItem(index), tuple.elements().get(index))
				: null;
	}

	private @Nullable Type entityMember(Symbol.Entity entity, Expr.Member e) {
		var field = entity.field(e.name());
		if (field != null) {
			return found(e, new Access.EntityField(entity, field),
					this.body.world.schema.fieldType(entity, e.name()));
		}
		Type meta = this.body.world.schema.metaType(entity, e.name());
		return (meta != null) ? found(e, new Access.EntityMeta(entity, e.name()), meta) : null;
	}

	/** A method without arguments and parentheses: of an implementation, a bound, or a built-in. */
	private Type method(Type type, Expr.Member e) {
		Type called = this.body.calls.methodWithoutArguments(type, e);
		return (called != null) ? called : unknown(type, e);
	}

	Type unknown(Type type, Expr.Member e) {
		if (type instanceof Type.TypeParam param
				&& this.body.world.schema.hasUnknownBound(this.body.file.tree, param)) {
			return Basic.BROKEN;
		}
		List<String> known = new ArrayList<>();
		switch (type) {
			case Type.RecordOf t -> known.addAll(t.fields().keySet());
			case Type.EntityOf t -> known.addAll(this.body.world.schema.memberNames(t.symbol()));
			default -> {
			}
		}
		for (Symbol.Implementation each : this.body.world.schema.implementations(type)) {
			each.methods().forEach(method -> known.add(method.name()));
		}
		String help = ExprChecker.didYouMean(e.name(), known);
		if (type == Basic.TIME && e.name().matches("set[A-Z]\\w+")) {
			help = "times do not change: t = t.add(1.day), t.start_of(\"day\") and the like give another one";
		}
		if (help.isEmpty()) {
			help = ExprChecker.didYouMean(e.name(), this.body.calls.builtinsFor(type));
		}
		if (help.isEmpty()) {
			help = elsewhere(type, e);
		}
		String what = (type == Basic.NONE) ? "none has no members, and '" + e.name() + "' is asked of it"
				: Zonk.zonk(type) + " has no '" + e.name() + "'";
		if (help.isEmpty()) {
			this.body.error(Code.E0104, e.nameSpan(), what);
		}
		else {
			this.body.error(Code.E0104, e.nameSpan(), what, help);
		}
		return Basic.BROKEN;
	}

	/** What to do about a member that is not a misspelling of another. */
	private String elsewhere(Type type, Expr.Member e) {
		String name = e.name();
		if (this.body.world.declarations.lookup(this.body.file.tree, name) instanceof Symbol.Function) {
			return "'" + name + "' is a function: " + name + "(x), or x |> " + name;
		}
		return switch (type) {
			case Type.RecordOf t -> (t.fields().isEmpty() ? "it has no keys" : "its keys are "
					+ String.join(", ", t.fields().keySet())) + "; in brackets, [\"" + name
					+ "\"], a missing key is none";
			case Type.TupleOf t -> "its items are .0 to ." + (t.elements().size() - 1);
			case Type.EnumOf t -> "'match' takes a variant apart; 'impl " + t.symbol().name() + " { }' adds methods";
			case Type.TypeParam t -> "a bound says what it can do: <" + t.name() + ": Trait>";
			case Basic b when b == Basic.NONE -> "'?." + name + "' gives none where there is nothing";
			case Basic b when Unifier.isNumeric(b) && isBuiltinWithoutArguments(name, Basic.TEXT) ->
				"a text has it: to_text(x)." + name;
			case Basic b when b == Basic.TEXT && isBuiltinWithoutArguments(name, Basic.NUMBER) ->
				"a number has it: to_number(x)." + name;
			default -> "'impl' adds methods to a type; see the functions of the reference for those it has";
		};
	}

	/** What may be stored in a field; what the store sets and what is computed cannot. */
	private Type entityPlace(Type.EntityOf type, Expr.Member e) {
		Part.Field field = type.symbol().field(e.name());
		if (field == null && !Schema.isMetadata(e.name())) {
			return unknown(type, e);
		}
		if (field == null || field.computed() != null) {
			this.body.error(Code.E0104, e.nameSpan(), "'" + e.name() + "' of " + type
					+ ((field == null) ? " is set by the store" : " is computed") + " and cannot be assigned");
			return Basic.BROKEN;
		}
		return memberOf(type, e);
	}

	/** What may be stored in a member. */
	Type place(Expr.Member e) {
		Type place = placeIn(this.body.exprs.infer(e.target()), e);
		this.body.tables.type(e.id(), place);
		return place;
	}

	private Type placeIn(Type target, Expr.Member e) {
		Type known = this.body.resolve(target);
		Type type = (known instanceof Type.Optional) ? this.body.operators.definite(known, e.target()) : known;
		return switch (type) {
			case Type.MapOf t -> found(e, new Access.Key(e.name()), t.value());
			case Type.EntityOf t -> entityPlace(t, e);
			case Type.RecordOf t when !t.fields().containsKey(e.name()) -> unknown(type, e);
			case TypeVar open -> this.body.later(open, () -> placeIn(open, e));
			case Basic b when b == Basic.ANY -> found(e, new Access.DynamicMember(e.name()), b);
			case Type.ListOf t -> fixed(type, e, e.name().startsWith("len") ? "'clear()' empties a list" : INSTEAD);
			case Type.TupleOf t -> fixed(type, e, "a tuple stays as it was made: make another one");
			case Type.Fn t -> fixed(type, e, INSTEAD);
			case Type.EnumOf t -> fixed(type, e, INSTEAD);
			case Basic b when OperatorRules.isValue(b) -> fixed(type, e, INSTEAD);
			default -> memberOf(type, e);
		};
	}

	/** A member that is worked out from the value, and is no place of its own. */
	private Type fixed(Type type, Expr.Member e, String help) {
		if (Zonk.prune(memberOf(type, e)) != Basic.BROKEN) {
			this.body.error(Code.E0013, e.span(), "'" + e.name() + "' of " + type + " cannot be assigned", help);
		}
		return Basic.BROKEN;
	}

}
