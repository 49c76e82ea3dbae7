package dev.flin.types;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.source.SourceFile;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/** Entities: literals, saving, time travel, and the operations of entities and queries. */
final class QueryChecker {

	private static final Set<String> TO_QUERY = Set.of("all", "where", "order", "order_by", "order_desc", "limit",
			"offset", "only_deleted", "with_deleted", "as_of", "with", "in", "filter");

	private final Body body;

	QueryChecker(Body body) {
		this.body = body;
	}

	// Instances

	Type make(Expr.EntityOf e) {
		Symbol symbol = this.body.world.declarations.lookup(this.body.file.tree, e.name());
		if (!(symbol instanceof Symbol.Entity entity)) {
			List<String> known = this.body.world.declarations.entities().stream().map(Symbol.Entity::name).toList();
			this.body.error(Code.E0105, e.nameSpan(), "there is no entity '" + e.name() + "'",
					ExprChecker.didYouMean(e.name(), known));
			e.entries().forEach(entry -> this.body.exprs.infer(entry.value()));
			return Basic.BROKEN;
		}
		Set<String> given = new HashSet<>();
		boolean spread = false;
		for (Part.Entry entry : e.entries()) {
			Expr written = entry.key();
			String key = (written != null) ? Body.constantText(written) : null;
			if (key == null || written == null) {
				spread = true;
				ignored(entity, this.body.resolve(this.body.exprs.infer(entry.value())), entry.value().span());
			}
			else {
				given.add(key);
				field(entity, key, written.span(), entry.value());
			}
		}
		if (!spread) {
			missing(e, entity, given);
		}
		return new Type.EntityOf(entity);
	}

	/** Keys of a spread map that the entity does not have are left out. */
	private void ignored(Symbol.Entity entity, Type spread, Span at) {
		if (spread instanceof Type.RecordOf record) {
			for (String key : record.fields().keySet()) {
				if (entity.field(key) == null && !Schema.isMetadata(key)) {
					this.body.report(Diagnostic.of(Code.W0111, this.body.file.tree.file(), at,
							entity.name() + " has no field '" + key + "', so it is ignored"));
				}
			}
		}
	}

	private void field(Symbol.Entity entity, String key, Span at, Expr value) {
		Part.Field field = entity.field(key);
		if (field != null && field.computed() != null) {
			this.body.exprs.infer(value);
			this.body.error(Code.E0104, at, "'" + key + "' of " + entity.name() + " is computed and cannot be given");
			return;
		}
		if (field != null) {
			this.body.exprs.require(value, this.body.world.schema.fieldType(entity, key));
			return;
		}
		this.body.exprs.infer(value);
		List<String> known = entity.declaration().fields().stream().map(Part.Field::name).toList();
		this.body.error(Code.E0104, at, Schema.isMetadata(key) ? "'" + key + "' of " + entity.name()
				+ " is set by the store"
				: entity.name() + " has no field '" + key + "'", ExprChecker.didYouMean(key, known));
	}

	private static boolean isDecorated(Part.Field field, String name) {
		for (Part.Decorator decorator : field.decorators()) {
			if (decorator.name().equals(name)) {
				return true;
			}
		}
		return false;
	}

	private void missing(Expr.EntityOf e, Symbol.Entity entity, Set<String> given) {
		List<String> missing = new ArrayList<>();
		for (Part.Field field : entity.declaration().fields()) {
			boolean required = isDecorated(field, "required");
			boolean hasDefault = field.defaultValue() != null || field.computed() != null
					|| isDecorated(field, "default");
			if (required && !hasDefault && !given.contains(field.name())) {
				missing.add(field.name());
			}
		}
		if (!missing.isEmpty()) {
			this.body.error(Code.E0201, e.span(), entity.name() + " needs " + String.join(", ", missing),
					"give it here, or give the field a default in the entity");
		}
	}

	Type storeOp(Expr.StoreOp e) {
		Type value = this.body.exprs.infer(e.value());
		for (Expr part : new Expr[] { e.validFrom(), e.validTo() }) {
			if (part != null) {
				moment(part, "valid time starts and ends at a date or a time");
			}
		}
		if (e.reason() != null) {
			this.body.exprs.require(e.reason(), Basic.TEXT);
		}
		Type type = Unifier.withoutNone(this.body.resolve(value));
		boolean fits = switch (type) {
			case Type.EntityOf t -> true;
			case Type.QueryOf t -> true;
			case Type.ListOf t -> true;
			case Type.RecordOf t -> true;
			case TypeVar t -> true;
			case Type.Union t -> true;
			case Type.TypeParam t -> true;
			case Basic b -> OperatorRules.isWild(b);
			default -> false;
		};
		if (!fits) {
			this.body.error(Code.E0201, e.value().span(), "only entities can be stored, and this is "
					+ Zonk.zonk(type));
			return Basic.BROKEN;
		}
		return type;
	}

	Type atTime(Expr.AtTime e) {
		Type target = Unifier.withoutNone(this.body.resolve(this.body.exprs.infer(e.target())));
		if (target instanceof Type.EntityOf || target instanceof TypeVar || target instanceof Basic) {
			time(e.time());
		}
		else {
			moment(e.time(), "a query of the past stands at a date or a time");
		}
		if (e.asOf() != null) {
			moment(e.asOf(), "what was known is asked at a date or a time");
		}
		return switch (target) {
			case Type.EntityOf t -> Type.optional(t);
			case Type.EntityType t -> asOf(e, t.symbol());
			case Type.QueryOf t -> asOf(e, t.symbol());
			case TypeVar t -> Basic.ANY;
			case Basic b when OperatorRules.isWild(b) -> b;
			default -> {
				this.body.error(Code.E0202, e.span(), "'@' needs an entity, and this is " + Zonk.zonk(target));
				yield Basic.BROKEN;
			}
		};
	}

	private Type asOf(Expr.AtTime e, Symbol.Entity entity) {
		this.body.tables.access(e.id(), new Access.QueryAsOf(entity));
		return new Type.QueryOf(entity);
	}

	private void moment(Expr expr, String rule) {
		Type type = Unifier.withoutNone(this.body.resolve(this.body.exprs.infer(expr)));
		boolean fits = type == Basic.TEXT || type == Basic.TIME || OperatorRules.isWild(type)
				|| type instanceof TypeVar;
		if (!fits) {
			this.body.error(Code.E0201, expr.span(), rule + ", not at " + Zonk.zonk(type));
		}
	}

	private void time(Expr expr) {
		Type type = Unifier.withoutNone(this.body.resolve(this.body.exprs.infer(expr)));
		boolean fits = type == Basic.INT || type == Basic.TEXT || type == Basic.TIME || OperatorRules.isWild(type)
				|| type instanceof TypeVar;
		if (!fits) {
			this.body.error(Code.E0202, expr.span(), "'@' takes a version number, a date or a time, not "
					+ Zonk.zonk(type));
		}
	}

	// Names of fields in conditions

	/** The type of a bare name that is a field of the entity in question; null when it is none. */
	@Nullable Type fieldName(Expr.Name e) {
		Symbol.Entity entity = this.body.queryEntity;
		if (entity == null) {
			return null;
		}
		Symbol symbol = this.body.resolution.symbol(e.id());
		Type type = (entity.field(e.name()) != null) ? this.body.world.schema.fieldType(entity, e.name())
				: (Schema.isMetadata(e.name()) || symbol == null || symbol instanceof Symbol.Builtin)
						? this.body.world.schema.metaType(entity, e.name()) : null;
		if (type == null) {
			return null;
		}
		if (entity.field(e.name()) != null && (symbol instanceof Symbol.Variable || symbol instanceof Symbol.Ambient)) {
			clash(entity, e);
			return Basic.BROKEN;
		}
		this.body.tables.access(e.id(), new Access.QueryField(entity, e.name()));
		return type;
	}

	/** A line that says such a name twice is told once: one new name mends both. */
	private void clash(Symbol.Entity entity, Expr.Name e) {
		SourceFile file = this.body.file.tree.file();
		String message = "'" + e.name() + "' is a field of " + entity.name() + " and a variable";
		int line = file.lineOf(e.span().start());
		boolean told = this.body.diagnostics.stream()
			.anyMatch((before) -> before.message().equals(message) && file.lineOf(before.span().start()) == line);
		if (!told) {
			this.body.report(Diagnostic.of(Code.E0113, file, e.span(), message).withHelp("rename the variable"));
		}
	}

	// Operations

	/** An operation without parentheses; null when there is none of this name. */
	@Nullable Type bareOperation(Symbol.Entity entity, boolean onEntity, Expr.Member e) {
		Type result = result(entity, e.name(), List.of());
		if (result != null) {
			new QueryArguments(this.body, entity, e.name()).checkNone(e.nameSpan());
			this.body.tables.access(e.id(), new Access.QueryOperation(entity, e.name(), onEntity, List.of()));
		}
		return result;
	}

	Type operation(Symbol.Entity entity, boolean onEntity, Expr.Member member, CallChecker.Site site) {
		boolean lambda = !site.args().isEmpty() && site.args().get(0).value() instanceof Expr.Lambda
				&& !member.name().equals("each");
		if (!lambda && result(entity, member.name(), List.of()) != null) {
			List<Boolean> conditions = new ArrayList<>();
			List<Type> types = new ArrayList<>();
			for (Part.Arg arg : site.args()) {
				boolean condition = Names.FIELD_OPERATIONS.contains(member.name()) && arg.name() == null;
				conditions.add(condition);
				types.add(argument(entity, member.name(), arg, condition));
			}
			this.body.tables.access(site.id(), new Access.QueryOperation(entity, member.name(), onEntity, conditions));
			new QueryArguments(this.body, entity, member.name()).check(site, types);
			Type result = result(entity, member.name(), types);
			return (result != null) ? result : Basic.ANY;
		}
		Type query = new Type.QueryOf(entity);
		Type called = this.body.calls.methodOf(query,
				new CallChecker.Site(site.id(), site.span(), site.nameSpan(), site.name(), query, site.args()));
		if (called != null) {
			return called;
		}
		this.body.calls.inferArgs(site.args());
		return this.body.members.unknown(onEntity ? new Type.EntityType(entity) : query, member);
	}

	private Type argument(Symbol.Entity entity, String operation, Part.Arg arg, boolean condition) {
		Symbol.Entity before = this.body.queryEntity;
		if (condition) {
			this.body.queryEntity = entity;
			Facts facts = this.body.facts;
			Type type = this.body.exprs.infer(arg.value());
			this.body.facts = facts;
			this.body.queryEntity = before;
			return type;
		}
		this.body.queryEntity = null;
		Type type = Basic.ANY;
		if (operation.equals("each") && arg.value() instanceof Expr.Lambda lambda) {
			type = this.body.control.lambda(lambda, new Type.Fn(List.of(new Type.EntityOf(entity)), Basic.NONE), true);
			this.body.tables.type(lambda.id(), type);
		}
		else if (arg.name() != null && Set.of("find_by", "update", "create").contains(operation)) {
			named(entity, arg, operation);
		}
		else {
			type = this.body.exprs.infer(arg.value());
		}
		this.body.queryEntity = before;
		return type;
	}

	private void named(Symbol.Entity entity, Part.Arg arg, String operation) {
		String name = (arg.name() != null) ? arg.name() : "";
		Type meta = operation.equals("find_by") ? this.body.world.schema.metaType(entity, name) : null;
		if (entity.field(name) == null && meta != null) {
			this.body.exprs.require(arg.value(), meta);
		}
		else {
			Type type = (entity.field(name) != null) ? this.body.world.schema.fieldType(entity, name) : Basic.ANY;
			if (operation.equals("find_by") && entity.field(name) != null) {
				this.body.exprs.require(arg.value(), Type.optional(type));
			}
			else {
				field(entity, name, arg.span(), arg.value());
			}
		}
	}

	private @Nullable Type result(Symbol.Entity entity, String operation, List<Type> args) {
		Type instance = new Type.EntityOf(entity);
		if (TO_QUERY.contains(operation)) {
			return new Type.QueryOf(entity);
		}
		Type first = args.isEmpty() ? Basic.ANY : Unifier.withoutNone(this.body.resolve(args.get(0)));
		return switch (operation) {
			case "find" -> Type.optional(instance);
			case "find_by" -> Type.optional(instance);
			case "first", "last" -> args.isEmpty() ? Type.optional(instance) : new Type.ListOf(instance);
			case "create" -> instance;
			case "count", "update", "delete", "destroy", "restore" -> Basic.INT;
			case "exists" -> Basic.BOOL;
			case "sum" -> (first == Basic.ANY || first == Basic.TEXT) ? Basic.ANY : first;
			case "avg", "median", "stddev" -> (first == Basic.ANY || first == Basic.TEXT) ? Basic.ANY
					: Type.optional((first == Basic.MONEY || first == Basic.DECIMAL || first == Basic.DURATION) ? first
							: Basic.NUMBER);
			case "min", "max" -> (first == Basic.ANY) ? Basic.ANY : Type.optional(first);
			case "group_by" -> new Type.MapOf(elementOf(args), new Type.QueryOf(entity));
			case "distinct", "pluck" -> new Type.ListOf(elementOf(args));
			case "select" -> new Type.ListOf(Basic.ANY);
			case "each" -> Basic.NONE;
			case "explain" -> Basic.TEXT;
			case "roots" -> this.body.world.schema.isTree(entity) ? new Type.ListOf(instance) : null;
			case "page" -> page(instance, "total", "pages");
			case "after" -> page(instance, "cursor", "has_more");
			default -> null;
		};
	}

	/** The values of the only field that is asked for, none among them where it is optional. */
	private Type elementOf(List<Type> args) {
		return (args.size() == 1) ? this.body.resolve(args.get(0)) : Basic.ANY;
	}

	private static Type page(Type instance, String second, String third) {
		Map<String, Type> fields = new LinkedHashMap<>();
		fields.put("items", new Type.ListOf(instance));
		fields.put(second, second.equals("total") ? Basic.INT : Basic.ANY);
		fields.put(third, third.equals("pages") ? Basic.INT : Basic.BOOL);
		if (second.equals("total")) {
			fields.put("page", Basic.INT);
			fields.put("size", Basic.INT);
		}
		return new Type.RecordOf(fields);
	}

}
