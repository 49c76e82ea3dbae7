package dev.flin.types;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.Spelling;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/** Finds the types of expressions: literals, names, assignments; hands the rest on. */
final class ExprChecker {

	private final Body body;

	ExprChecker(Body body) {
		this.body = body;
	}

	/** The type of an expression, with what its place expects as a hint only. */
	Type infer(Expr expr, @Nullable Type hint) {
		this.body.at = expr.span();
		Type type = inferNew(expr, hint);
		this.body.at = expr.span();
		this.body.tables.type(expr.id(), type);
		return type;
	}

	Type infer(Expr expr) {
		return infer(expr, null);
	}

	/** Checks that an expression gives what its place needs; an error stands where the value is made. */
	Type require(Expr expr, Type expected) {
		Type wanted = Zonk.prune(expected);
		switch (expr) {
			case Expr.If e when e.otherwise() != null -> {
				Type type = this.body.control.ifElse(e, wanted, true);
				this.body.tables.type(e.id(), type);
				return type;
			}
			case Expr.Match e -> {
				Type type = this.body.control.match(e, wanted, true);
				this.body.tables.type(e.id(), type);
				return type;
			}
			case Expr.BlockOf e -> {
				Type type = this.body.control.blockOf(e, wanted, true);
				this.body.tables.type(e.id(), type);
				return type;
			}
			default -> {
			}
		}
		Type found = infer(expr, expected);
		if (!this.body.unifier.give(found, expected)) {
			this.body.mismatch(expr.span(), found, expected);
			return Basic.BROKEN;
		}
		return found;
	}

	private Type inferNew(Expr expr, @Nullable Type hint) {
		return switch (expr) {
			case Expr.None e -> Basic.NONE;
			case Expr.Bool e -> Basic.BOOL;
			case Expr.Int e -> Basic.INT;
			case Expr.Number e -> Basic.NUMBER;
			case Expr.DurationOf e -> Basic.DURATION;
			case Expr.MoneyOf e -> Basic.MONEY;
			case Expr.Regex e -> Basic.REGEX;
			case Expr.Text e -> text(e);
			case Expr.ListOf e -> list(e, hint);
			case Expr.MapOf e -> map(e, hint);
			case Expr.Tuple e -> tuple(e, hint);
			case Expr.EntityOf e -> this.body.queries.make(e);
			case Expr.MarkupOf e -> {
				this.body.markup.nodes(e.nodes());
				yield Basic.HTML;
			}
			case Expr.Name e -> name(e, hint);
			case Expr.Member e -> this.body.members.member(e, hint);
			case Expr.Index e -> this.body.operators.index(e);
			case Expr.Slice e -> this.body.operators.slice(e);
			case Expr.Call e -> this.body.calls.call(e, hint);
			case Expr.Pipe e -> this.body.calls.pipe(e, hint);
			case Expr.Lambda e -> this.body.control.lambda(e, hint, false);
			case Expr.Unary e -> this.body.operators.unary(e);
			case Expr.Binary e -> this.body.operators.binary(e, hint);
			case Expr.Is e -> this.body.operators.is(e);
			case Expr.Range e -> this.body.operators.range(e);
			case Expr.AtTime e -> this.body.queries.atTime(e);
			case Expr.TypeOf e -> {
				this.body.asked(e.value(), null);
				yield Basic.TEXT;
			}
			case Expr.Assign e -> assign(e);
			case Expr.Step e -> step(e);
			case Expr.DeleteKey e -> {
				infer(e.target());
				yield Basic.NONE;
			}
			case Expr.Broken e -> Basic.BROKEN;
			default -> inferControl(expr, hint);
		};
	}

	private Type inferControl(Expr expr, @Nullable Type hint) {
		ControlChecker control = this.body.control;
		return switch (expr) {
			case Expr.If e -> control.ifElse(e, hint, false);
			case Expr.Let e -> control.let(e);
			case Expr.Match e -> control.match(e, hint, false);
			case Expr.BlockOf e -> control.blockOf(e, hint, false);
			case Expr.For e -> control.forIn(e);
			case Expr.ForC e -> control.forThree(e);
			case Expr.While e -> control.whileLoop(e);
			case Expr.Break e -> control.breakLoop(e);
			case Expr.Continue e -> Basic.NEVER;
			case Expr.Return e -> control.returns(e);
			case Expr.Throw e -> {
				infer(e.value());
				yield Basic.NEVER;
			}
			case Expr.Try e -> control.tryValue(e);
			case Expr.TryCatch e -> control.tryCatch(e, hint);
			case Expr.StoreOp e -> this.body.queries.storeOp(e);
			case Expr.Transaction e -> control.block(e.body(), hint, false);
			case Expr.ResponseOf e -> {
				e.entries().forEach(entry -> infer(entry.value()));
				yield Basic.ANY;
			}
			case Expr.BlockCall e -> {
				e.args().forEach(arg -> infer(arg.value()));
				control.hostBlock(e.body());
				yield Basic.ANY;
			}
			default -> Basic.BROKEN;
		};
	}

	private Type text(Expr.Text e) {
		for (Part.TextPart part : e.parts()) {
			if (part instanceof Part.Hole hole) {
				infer(hole.value());
				textInText(hole);
			}
		}
		return Basic.TEXT;
	}

	/** {@code "{" + x + "}"} is one text, and what stands between its quotes one of its own: hardly what is meant. */
	private void textInText(Part.Hole hole) {
		if (Body.constantText(hole.value()) != null && this.body.file.tree.file().text(hole.span()).endsWith("\"}")) {
			this.body.report(Diagnostic
				.of(Code.W0114, this.body.file.tree.file(), hole.span(),
						"this stands for the text between its quotes: '{' begins a value")
				.withHelp("write '{{' for a brace; a text can also stand in single quotes, "
						+ "where braces are just that"));
		}
	}

	// Containers

	private Type list(Expr.ListOf e, @Nullable Type hint) {
		Type element = elementHint(hint);
		List<Type> found = new ArrayList<>();
		List<Type> open = new ArrayList<>();
		for (Part.Element each : e.elements()) {
			Type type = infer(each.value(), each.spread() ? hint : element);
			Type part = each.spread() ? spreadElement(each.value(), type) : type;
			(each.spread() && Zonk.prune(part) instanceof TypeVar ? open : found).add(part);
		}
		found.addAll(besides(open, found));
		if (element != null && fitAll(found, element)) {
			return new Type.ListOf(element);
		}
		if (found.isEmpty()) {
			return new Type.ListOf(this.body.fresh());
		}
		if (found.size() > 1) {
			new LambdasOfList(this.body).in(e);
		}
		Type met = this.body.meetAll(found);
		return new Type.ListOf((met == Basic.NONE) ? Type.optional(this.body.fresh()) : met);
	}

	private @Nullable Type elementHint(@Nullable Type hint) {
		if (hint == null) {
			return null;
		}
		Type wanted = Unifier.withoutNone(hint);
		return (wanted instanceof Type.ListOf list) ? list.element() : null;
	}

	/** Whether all fit the element type that is expected; an open one is left to the join of the elements. */
	private boolean fitAll(List<Type> found, Type element) {
		if (Zonk.prune(element) instanceof TypeVar) {
			return false;
		}
		int mark = this.body.unifier.mark();
		for (Type type : found) {
			if (!this.body.unifier.assign(type, element)) {
				this.body.unifier.undo(mark);
				return false;
			}
		}
		return true;
	}

	/** What is spread of an empty literal becomes a place for all that stands beside it, for what may be none too. */
	private List<Type> besides(List<Type> open, List<Type> found) {
		if (!open.isEmpty() && this.body.meetAll(found) instanceof Type.Optional beside) {
			open.forEach(each -> this.body.unifier.unify(each, beside));
		}
		return open;
	}

	private Type spreadElement(Expr value, Type type) {
		return this.body.operators.elementOf(type, value.span());
	}

	private Type map(Expr.MapOf e, @Nullable Type hint) {
		Type wanted = (hint != null) ? Unifier.withoutNone(hint) : Basic.ANY;
		Map<String, Type> fields = new LinkedHashMap<>();
		Type key = Basic.NEVER;
		Type value = Basic.NEVER;
		List<Type> open = new ArrayList<>();
		boolean constant = true;
		boolean dynamic = false;
		for (Part.Entry entry : e.entries()) {
			if (entry.key() == null) {
				Type spread = this.body.resolve(infer(entry.value()));
				dynamic |= spread == Basic.ANY || spread instanceof TypeVar;
				switch (spread) {
					case Type.RecordOf record -> fields.putAll(record.fields());
					case Type.MapOf map -> {
						constant = false;
						key = this.body.unifier.meet(key, map.key());
						if (Zonk.prune(map.value()) instanceof TypeVar) {
							open.add(map.value());
						}
						else {
							value = this.body.unifier.meet(value, map.value());
						}
					}
					default -> {
						constant = false;
						key = Basic.ANY;
						value = Basic.ANY;
					}
				}
				continue;
			}
			String name = Body.constantText(entry.key());
			Type keyType = infer(entry.key());
			Type place = valueHint(wanted, name);
			Type valueType = inPlace(infer(entry.value(), place), place);
			if (place == null && entry.value() instanceof Expr.None) {
				// As in a list: what it may be besides is known once it is assigned.
				valueType = Type.optional(this.body.fresh());
			}
			if (name != null) {
				fields.put(name, valueType);
			}
			else {
				constant = false;
				key = this.body.unifier.meet(key, keyType);
				value = this.body.meet(value, valueType);
			}
		}
		if (constant && !e.entries().isEmpty()) {
			return new Type.RecordOf(fields);
		}
		if (!open.isEmpty()) {
			List<Type> values = new ArrayList<>(fields.values());
			values.add(value);
			value = this.body.unifier.meet(value, this.body.unifier.meetAll(besides(open, values)));
		}
		// What is spread may have any keys, so the literal is no declared map: its members are keys.
		return (dynamic && !(wanted instanceof Type.MapOf)) ? Basic.ANY : openMap(wanted, fields, key, value);
	}

	private Type openMap(Type wanted, Map<String, Type> fields, Type key, Type value) {
		if (fields.isEmpty() && key == Basic.NEVER) {
			return (wanted instanceof Type.MapOf) ? wanted : new Type.MapOf(this.body.fresh(), this.body.fresh());
		}
		Type keys = fields.isEmpty() ? key : this.body.unifier.meet(key, Basic.TEXT);
		Type values = this.body.unifier.meet(value, this.body.unifier.meetAll(List.copyOf(fields.values())));
		if (wanted instanceof Type.MapOf map && this.body.unifier.assign(keys, map.key())
				&& this.body.unifier.assign(values, map.value())) {
			return wanted;
		}
		return new Type.MapOf(keys, values);
	}

	private static @Nullable Type valueHint(Type wanted, @Nullable String name) {
		return switch (wanted) {
			case Type.MapOf map -> map.value();
			case Type.RecordOf record -> (name != null) ? record.fields().get(name) : null;
			default -> null;
		};
	}

	private Type tuple(Expr.Tuple e, @Nullable Type hint) {
		List<Type> elements = new ArrayList<>();
		Type wanted = (hint != null) ? Unifier.withoutNone(hint) : Basic.ANY;
		for (int i = 0; i < e.elements().size(); i++) {
			Type elementHint = (wanted instanceof Type.TupleOf tuple && i < tuple.elements().size())
					? tuple.elements().get(i) : null;
			elements.add(inPlace(infer(e.elements().get(i), elementHint), elementHint));
		}
		return new Type.TupleOf(elements);
	}

	/** What a part of a literal is in its place: an int may have become a number there. */
	private Type inPlace(Type found, @Nullable Type place) {
		if (place == null || Zonk.prune(place) instanceof TypeVar || Zonk.prune(place) == Basic.ANY) {
			return found;
		}
		int mark = this.body.unifier.mark();
		if (this.body.unifier.assign(found, place)) {
			return place;
		}
		this.body.unifier.undo(mark);
		return found;
	}

	// Names

	private Type name(Expr.Name e, @Nullable Type hint) {
		if (this.body.queryEntity != null) {
			Type field = this.body.queries.fieldName(e);
			if (field != null) {
				return field;
			}
		}
		Symbol symbol = this.body.resolution.symbol(e.id());
		Type relation = (symbol == null || symbol instanceof Symbol.Builtin) ? ownRelation(e) : null;
		if (relation != null) {
			return relation;
		}
		Diagnostic open = this.body.resolution.open(e.id());
		if (open != null) {
			this.body.report(orField(e.name(), open));
		}
		if (symbol == null || open != null) {
			return Basic.BROKEN;
		}
		Type known = this.body.known(e);
		Type type = symbol(e, symbol, hint);
		return (known != null) ? known : type;
	}

	/** In a query a name that is nothing may be meant for a field. */
	private Diagnostic orField(String name, Diagnostic unknown) {
		Symbol.Entity entity = this.body.queryEntity;
		if (entity == null) {
			return unknown;
		}
		return Spelling.nearest(name, this.body.world.schema.memberNames(entity))
			.map((field) -> "did you mean the field '" + field + "'?")
			.map((meant) -> Stream.concat(Stream.of(meant), unknown.help().stream()))
			.map((remedies) -> unknown.withHelp(remedies.toArray(String[]::new)))
			.orElse(unknown);
	}

	/** In the declaration of an entity, a bare name of what its instances have without declaring it. */
	private @Nullable Type ownRelation(Expr.Name e) {
		if (!(this.body.self instanceof Type.EntityOf self)) {
			return null;
		}
		Type type = this.body.world.schema.metaType(self.symbol(), e.name());
		if (type != null) {
			this.body.tables.access(e.id(), new Access.EntityMeta(self.symbol(), e.name()));
		}
		return type;
	}

	private Type symbol(Expr.Name e, Symbol symbol, @Nullable Type hint) {
		return switch (symbol) {
			case Symbol.Variable variable -> this.body.variable(variable);
			case Symbol.Function function -> this.body.calls.functionValue(e, function, hint);
			case Symbol.Builtin builtin -> builtin(e, builtin, hint);
			case Symbol.Entity entity -> new Type.EntityType(entity);
			case Symbol.EnumType type -> Basic.ANY;
			case Symbol.Variant variant -> this.body.calls.variantValue(e.id(), e.span(), variant, hint);
			case Symbol.Variants variants -> this.body.calls.variantValue(e.id(), e.span(),
					this.body.patterns.choose(variants, hint, e.span()), hint);
			case Symbol.Ambient ambient -> ambient(ambient);
			case Symbol.SelfField field -> selfField(field);
			case Symbol.SelfMethod method -> this.body.calls.selfMethod(e, method);
			case Symbol.Self self -> (this.body.self != null) ? this.body.self : Basic.ANY;
			case Symbol.Component component -> Basic.ANY;
			case Symbol.Alias alias -> notAValue(e, "a type");
			case Symbol.TraitType trait -> notAValue(e, "a trait");
		};
	}

	private Type notAValue(Expr.Name e, String what) {
		this.body.error(Code.E0102, e.span(), "'" + e.name() + "' is " + what + ", not a value");
		return Basic.BROKEN;
	}

	private Type ambient(Symbol.Ambient ambient) {
		return switch (ambient.name()) {
			case "props" -> this.body.statements.propsType();
			case "status" -> Basic.INT;
			case "message", "path" -> Basic.TEXT;
			default -> Basic.ANY;
		};
	}

	Type selfField(Symbol.SelfField field) {
		Symbol.Entity entity = field.entity();
		if (entity == null) {
			Type key = (this.body.self instanceof Type.RecordOf self) ? self.fields().get(field.name()) : null;
			return (key != null) ? key : Basic.ANY;
		}
		if (entity.field(field.name()) != null) {
			return this.body.world.schema.fieldType(entity, field.name());
		}
		Type meta = this.body.world.schema.metaType(entity, field.name());
		return (meta != null) ? meta : Basic.ANY;
	}

	private Type builtin(Expr.Name e, Symbol.Builtin builtin, @Nullable Type hint) {
		if (Names.BROWSER.contains(builtin.name())) {
			return Basic.ANY;
		}
		String called = Names.NAMESPACES.contains(builtin.name())
				? Namespaces.called(builtin.name(), this.body.world.signatures) : builtin.name();
		List<BuiltinSignatures.Row> rows = this.body.world.signatures.rows(called);
		Type constant = this.body.calls.constant(e, rows);
		if (constant != null) {
			return constant;
		}
		return rows.isEmpty() ? Basic.ANY : this.body.calls.builtinValue(e, rows, hint);
	}

	// Assignments

	private Type assign(Expr.Assign e) {
		if (e.op() == null) {
			return plainAssign(e.target(), e.value());
		}
		Type before = infer(e.target());
		Type right = infer(e.value(), before);
		Type after = this.body.operators.combine(e.op(), before, right, e.span(), e.target(), e.value());
		if (after == Basic.BROKEN) {
			return after;
		}
		store(e.target(), after, e.span());
		return after;
	}

	private Type plainAssign(Expr target, Expr value) {
		if (target instanceof Expr.Name name) {
			Symbol symbol = this.body.resolution.symbol(name.id());
			if (symbol instanceof Symbol.Variable variable) {
				return this.body.statements.assignVariable(variable, name.id(), value);
			}
			Type expected = (symbol instanceof Symbol.SelfField field) ? selfField(field) : Basic.ANY;
			Type found = require(value, expected);
			this.body.tables.type(name.id(), expected);
			return found;
		}
		Type place = place(target);
		Type found = require(value, place);
		forget(target);
		return found;
	}

	/** What may be stored where a member or index points. */
	private Type place(Expr target) {
		return switch (target) {
			case Expr.Index index -> this.body.operators.indexPlace(index);
			case Expr.Member member -> this.body.members.place(member);
			default -> infer(target);
		};
	}

	private void forget(Expr target) {
		Facts.Path path = this.body.path(target);
		if (path != null) {
			this.body.facts = this.body.facts.without(path);
		}
	}

	private void store(Expr target, Type value, dev.flin.source.Span at) {
		if (target instanceof Expr.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable) {
			Type known = this.body.resolve(value);
			World.Slot slot = this.body.slot(variable);
			if (known instanceof TypeVar open && !(slot != null && slot.annotated)) {
				this.body.later(open, () -> {
					this.body.assign(variable, open, at);
					return open;
				});
			}
			else {
				this.body.assign(variable, known, at);
			}
			return;
		}
		Tables before = this.body.tables;
		this.body.tables = new Tables(0, 0);
		int errors = this.body.diagnostics.size();
		Type place = place(target);
		// What is wrong with reading the place is reported already; that nothing can be stored there is not.
		this.body.diagnostics.subList(errors, this.body.diagnostics.size())
			.removeIf((each) -> each.code() != Code.E0013);
		this.body.tables = before;
		if (!this.body.unifier.give(value, place)) {
			this.body.mismatch(at, value, place);
		}
		forget(target);
	}

	private Type step(Expr.Step e) {
		Type before = infer(e.target());
		Type after = this.body.operators.combine(Expr.BinaryOp.ADD, before, Basic.INT, e.span(), e.target(),
				e.target());
		if (after == Basic.TEXT) {
			this.body.error(Code.E0202, e.span(), "'++' and '--' count numbers, and this is text");
			return Basic.BROKEN;
		}
		if (after != Basic.BROKEN) {
			store(e.target(), after, e.span());
		}
		return Unifier.withoutNone(before);
	}

	/** Help for a name that a set of known names lacks. */
	static String didYouMean(String wrong, java.util.Collection<String> known) {
		String nearest = Spelling.nearest(wrong, known).orElse(null);
		return (nearest != null) ? "did you mean '" + nearest + "'?" : "";
	}

}
