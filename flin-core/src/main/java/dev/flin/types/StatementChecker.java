package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type.Basic;

/** Statements: declarations of variables, nested functions, and the forms of pages and routes. */
final class StatementChecker {

	/** What is known about a nested function while its body is checked. */
	record Nested(List<Type> params, Type result, Map<String, Type> typeParams) {
	}

	private final Body body;

	private final Map<Symbol.Function, Nested> nested = new HashMap<>();

	private @Nullable Type props;

	StatementChecker(Body body) {
		this.body = body;
	}

	/** Checks a statement; {@code never} when nothing after it is reached. */
	Type statement(Stmt statement) {
		switch (statement) {
			case Stmt.Eval s -> {
				return this.body.exprs.infer(s.value());
			}
			case Stmt.Var s -> {
				return variable(s);
			}
			case Stmt.Fn s -> {
				new DeclarationChecker(this.body).bounds(s.typeParams());
				nestedFunction(s);
			}
			case Stmt.Props s -> props(s);
			case Stmt.Route s -> this.body.control.hostBlock(s.body());
			case Stmt.Validate s -> validate(s);
			case Stmt.Guard s -> s.rules().forEach(this::rule);
			case Stmt.GuardDefinition s -> {
				s.params().forEach(this::hostParameter);
				this.body.control.hostBlock(s.body());
			}
			case Stmt.Middleware s -> this.body.control.hostBlock(s.body());
			case Stmt.WebSocket s -> {
				s.setup().forEach(this::statement);
				for (Part.On on : s.handlers()) {
					on.params().forEach(this::hostParameter);
					this.body.control.hostBlock(on.body());
				}
			}
			case Stmt.Lifecycle s -> this.body.control.hostBlock(s.body());
			case Stmt.Test s -> {
				this.body.exprs.infer(s.name());
				this.body.control.hostBlock(s.body());
			}
			case Stmt.HostBlock s -> {
				s.args().forEach(arg -> this.body.exprs.infer(arg.value()));
				this.body.control.hostBlock(s.body());
			}
			case Stmt.Entity s -> new DeclarationChecker(this.body).entity(s);
			case Stmt.Impl s -> new DeclarationChecker(this.body).implementation(s);
			case Stmt.Trait s -> {
				DeclarationChecker declarations = new DeclarationChecker(this.body);
				declarations.methodsOnce(s.methods());
				declarations.bounds(s.typeParams());
				s.methods().forEach(method -> declarations.bounds(method.typeParams()));
			}
			case Stmt.Enum s -> new DeclarationChecker(this.body).enumeration(s);
			case Stmt.TypeAlias s -> new DeclarationChecker(this.body).alias(s);
			case Stmt.Import s -> {
			}
			case Stmt.Broken s -> {
			}
		}
		return Basic.NONE;
	}

	private void hostParameter(Part.Param param) {
		this.body.destructuring.bind(param.target(),
				(param.type() != null) ? this.body.world.reader.read(param.type(), this.body.where()) : Basic.ANY);
	}

	private void rule(Expr rule) {
		if (rule instanceof Expr.Unary not) {
			rule(not.operand());
		}
		if (rule instanceof Expr.Tuple several) {
			several.elements().forEach(this::rule);
		}
		if (rule instanceof Expr.Call call) {
			boolean composed = call.callee() instanceof Expr.Name callee && callee.name().equals("any");
			for (Part.Arg arg : call.args()) {
				if (composed) {
					rule(arg.value());
				}
				else {
					this.body.exprs.infer(arg.value());
				}
			}
		}
	}

	// Variables

	private Type variable(Stmt.Var s) {
		if (s.value() == null) {
			declareOnly(s);
			return Basic.NONE;
		}
		if (s.type() != null) {
			return annotated(s, s.value(), this.body.world.reader.read(s.type(), this.body.where()));
		}
		if (s.target() instanceof Pattern.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable) {
			Type type = assignVariable(variable, name.id(), s.value());
			return (Zonk.prune(type) == Basic.NEVER) ? type : Basic.NONE;
		}
		Type hint = (s.target() instanceof Pattern.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.SelfField field)
						? this.body.exprs.selfField(field)
						: null;
		Type type = this.body.exprs.infer(s.value(), hint);
		this.body.destructuring.assign(s.target(), type, s.value().span());
		return (Zonk.prune(type) == Basic.NEVER) ? type : Basic.NONE;
	}

	private void declareOnly(Stmt.Var s) {
		if (!(s.target() instanceof Pattern.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable)) {
			return;
		}
		if (s.type() != null) {
			Type type = this.body.world.reader.read(s.type(), this.body.where());
			if (!isOther(variable, type, s.target().span())) {
				this.body.declare(variable, type, true);
			}
		}
		if (variable.isNoneAtFirst()) {
			this.body.assign(variable, variable.isNeverAssigned() ? Basic.ANY : Basic.NONE, s.target().span());
			World.Slot slot = this.body.slot(variable);
			this.body.tables.type(name.id(), (slot != null) ? slot.type : Basic.NONE);
		}
	}

	/** Whether a variable has a type already that is not the one written now; reports it. */
	private boolean isOther(Symbol.Variable variable, Type written, Span at) {
		World.Slot slot = this.body.slot(variable);
		if (slot == null) {
			return false;
		}
		Type known = Zonk.zonk(slot.type);
		boolean fits = Zonk.isGround(known) ? OperatorRules.isWild(known) || known.equals(Zonk.zonk(written))
				: this.body.unifier.assign(known, written);
		if (fits) {
			return false;
		}
		if (slot.annotated) {
			this.body.error(Code.E0108, at, "'" + variable.name() + "' is declared already, as " + known);
		}
		else {
			this.body.error(Code.E0201, at, "'" + variable.name() + "' is " + known + " and cannot become " + written,
					"annotate it where it is first assigned: " + variable.name() + ": " + written);
		}
		return true;
	}

	private Type annotated(Stmt.Var s, Expr value, Type type) {
		if (s.target() instanceof Pattern.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable) {
			if (isOther(variable, type, s.target().span())) {
				this.body.exprs.infer(value, type);
				return Basic.NONE;
			}
			this.body.declare(variable, type, true);
			Type found = this.body.exprs.require(value, type);
			this.body.tables.type(name.id(), type);
			if (Zonk.prune(found) != Basic.BROKEN) {
				this.body.assign(variable, found, value.span());
			}
			return (Zonk.prune(found) == Basic.NEVER) ? found : Basic.NONE;
		}
		this.body.exprs.require(value, type);
		this.body.destructuring.assign(s.target(), type, value.span());
		return Basic.NONE;
	}

	/** {@code name = value} without annotation. */
	Type assignVariable(Symbol.Variable variable, int nameId, Expr value) {
		World.Slot slot = this.body.slot(variable);
		if (slot != null && slot.annotated) {
			Type found = (Zonk.prune(slot.type) instanceof TypeVar) ? this.body.exprs.infer(value)
					: this.body.exprs.require(value, slot.type);
			this.body.tables.type(nameId, slot.type);
			if (Zonk.prune(found) != Basic.BROKEN) {
				this.body.assign(variable, found, value.span());
			}
			return found;
		}
		Type known = this.body.widenedOf(variable).get(variable);
		Type hint = (slot != null) ? slot.type : (known != null) ? this.body.refresh(known) : null;
		Type found = assigned(variable, value, hint);
		Type type = this.body.resolve(found);
		if (type == Basic.BROKEN) {
			this.body.declare(variable, Basic.BROKEN, false);
		}
		else if (type instanceof TypeVar open && slot != null) {
			Symbol.Variable target = variable;
			this.body.later(open, () -> {
				this.body.assign(target, open, value.span());
				return open;
			});
		}
		else if (type != Basic.NEVER) {
			this.body.assign(variable, type, value.span());
		}
		World.Slot now = this.body.slot(variable);
		if (now != null) {
			now.lambda = (value instanceof Expr.Lambda lambda) ? lambda : null;
			this.body.tables.type(nameId, now.type);
		}
		if (value instanceof Expr.Try attempt) {
			this.body.assigned.attempted(variable, this.body.resolve(this.body.tables.type(attempt.value().id())));
		}
		return found;
	}

	/** A lambda of a variable that serves several types is compiled for any. */
	private Type assigned(Symbol.Variable variable, Expr value, @Nullable Type hint) {
		if (value instanceof Expr.Lambda lambda && this.body.polymorphicOf(variable).contains(variable)) {
			List<Type> params = new ArrayList<>();
			lambda.params().forEach(param -> params.add(Basic.ANY));
			callsItself(variable, lambda);
			Type type = this.body.control.lambda(lambda, new Type.Fn(params, Basic.ANY), true);
			Type dynamic = new Type.Fn(params, (type instanceof Type.Fn fn) ? fn.result() : Basic.ANY);
			this.body.tables.type(lambda.id(), dynamic);
			return dynamic;
		}
		if (value instanceof Expr.Lambda lambda && this.body.slot(variable) == null) {
			if (this.body.earlier.dynamic().contains(lambda.id()) || takesRest(lambda)) {
				callsItself(variable, lambda);
			}
			Type open = this.body.variable(variable);
			this.body.assignee = variable.isReassigned() ? null : variable;
			Type type = this.body.exprs.infer(value, null);
			this.body.unifier.unify(open, type);
			return type;
		}
		return this.body.exprs.infer(value, hint);
	}

	/** What a lambda that takes anything gives where it calls itself. */
	private void callsItself(Symbol.Variable variable, Expr.Lambda lambda) {
		if (this.body.slot(variable) == null) {
			List<Type> params = new ArrayList<>();
			lambda.params().forEach(param -> params.add(Basic.ANY));
			this.body.unifier.unify(this.body.variable(variable),
					takesRest(lambda) ? Basic.ANY : new Type.Fn(params, Basic.ANY));
		}
	}

	/** No type of functions says that one takes the rest: within itself it is any. */
	private static boolean takesRest(Expr.Lambda lambda) {
		return lambda.params().stream().anyMatch(Part.Param::rest);
	}

	// Nested functions

	/** A nested function: its parameters are known by their annotations or their first use. */
	Nested nested(Symbol.Function function) {
		Nested known = this.nested.get(function);
		if (known == null) {
			List<Type> params = new ArrayList<>();
			Map<String, Type> rigid = TypeReader.rigid(function.declaration().typeParams());
			TypeReader.Where where = this.body.where().with(rigid);
			boolean dynamic = this.body.earlier.dynamic().contains(function.declaration().id());
			boolean takesRest = function.declaration().params().stream().anyMatch(Part.Param::rest);
			for (Part.Param param : function.declaration().params()) {
				Type type = (param.type() != null) ? this.body.world.reader.read(param.type(), where)
						: (dynamic || takesRest || param.takesOptions()) ? Basic.ANY : this.body.fresh();
				params.add(param.rest() ? new Type.ListOf(type) : type);
			}
			var written = function.declaration().result();
			known = new Nested(params,
					(written != null) ? this.body.world.reader.read(written, where)
							: dynamic ? Basic.ANY : this.body.fresh(),
					rigid);
			this.nested.put(function, known);
		}
		return known;
	}

	private void nestedFunction(Stmt.Fn fn) {
		Symbol.Function function = this.body.resolution.function(fn.id());
		if (function == null || !function.isNested() || fn.body() == null) {
			return;
		}
		Nested known = nested(function);
		Facts before = this.body.facts;
		this.body.facts = before.stable();
		Map<String, Type> around = this.body.typeParams;
		this.body.typeParams = this.body.where().with(known.typeParams()).params();
		for (int i = 0; i < fn.params().size(); i++) {
			Part.Param param = fn.params().get(i);
			if (param.defaultValue() != null) {
				this.body.exprs.require(param.defaultValue(), known.params().get(i));
			}
			this.body.destructuring.bind(param.target(), known.params().get(i));
		}
		Type declared = (fn.result() != null) ? known.result() : null;
		Body.Loosening outer = this.body.loosening;
		if (known.params().stream().anyMatch(type -> Zonk.prune(type) instanceof TypeVar)) {
			this.body.loosening = () -> this.body.serveAll(fn.id());
		}
		Type actual = this.body.control.functionBody(fn.body(), declared);
		this.body.loosening = outer;
		if (declared == null) {
			result(fn, known.result(), actual);
		}
		this.body.facts = before;
		this.body.typeParams = around;
		this.body.tables.type(fn.id(), new Type.Fn(known.params(), known.result()));
	}

	/** What a nested function gives; where it calls itself and gives more than those calls took it for, anything. */
	private void result(Stmt.Fn fn, Type result, Type actual) {
		Type used = Zonk.zonk(result);
		boolean fits = this.body.unifier.assign(actual, result);
		if (!(used instanceof TypeVar) && (!fits || !Zonk.zonk(result).equals(used))) {
			this.body.serveAll(fn.id());
		}
	}

	// Props and validation

	/** The type of {@code props}: of the declared ones, else any. */
	Type propsType() {
		if (this.props == null) {
			this.props = Basic.ANY;
			for (Stmt statement : this.body.file.tree.body()) {
				if (statement instanceof Stmt.Props declared) {
					this.props = recordOf(declared.fields(), true);
				}
			}
		}
		return this.props;
	}

	private Type recordOf(List<Part.Field> fields, boolean children) {
		Map<String, Type> types = new LinkedHashMap<>();
		for (Part.Field field : fields) {
			types.put(field.name(), fieldType(field, !children));
		}
		if (children) {
			types.putIfAbsent("children", Basic.ANY);
		}
		return new Type.RecordOf(types);
	}

	/** The type of a field of props or validate; there what is neither required nor has a default may be absent. */
	Type fieldType(Part.Field field, boolean validated) {
		Type type;
		if (field.nested() != null) {
			Type record = recordOf(field.nested(), false);
			type = field.listOfNested() ? new Type.ListOf(record) : record;
		}
		else {
			type = (field.type() != null) ? this.body.world.reader.read(field.type(), this.body.where().quietly())
					: Basic.ANY;
		}
		type = validated ? inputType(type) : type;
		boolean sure = field.defaultValue() != null
				|| field.decorators().stream().anyMatch(decorator -> decorator.name().equals("required"));
		return (validated && !sure) ? Type.optional(Zonk.prune(type)) : type;
	}

	/** Enums are texts in requests. */
	static Type inputType(Type type) {
		return switch (type) {
			case Type.ListOf list -> new Type.ListOf(inputType(Zonk.prune(list.element())));
			case Type.MapOf map -> new Type.MapOf(inputType(Zonk.prune(map.key())), inputType(Zonk.prune(map.value())));
			case Type.TupleOf tuple -> new Type.TupleOf(
					tuple.elements().stream().map((element) -> inputType(Zonk.prune(element))).toList());
			case Type.RecordOf record -> {
				Map<String, Type> fields = new LinkedHashMap<>();
				record.fields().forEach((name, field) -> fields.put(name, inputType(Zonk.prune(field))));
				yield new Type.RecordOf(fields);
			}
			case Type.Optional optional -> Type.optional(inputType(Zonk.prune(optional.inner())));
			default -> Schema.entityBorder(type);
		};
	}

	private void props(Stmt.Props s) {
		for (Part.Field field : s.fields()) {
			Type type = (field.type() != null) ? this.body.world.reader.read(field.type(), this.body.where())
					: Basic.ANY;
			if (field.defaultValue() != null) {
				this.body.exprs.require(field.defaultValue(), type);
			}
			if (this.body.resolution.symbol(field.id()) instanceof Symbol.Variable variable) {
				this.body.declare(variable, type, true);
			}
		}
	}

	private void validate(Stmt.Validate s) {
		DeclarationChecker declarations = new DeclarationChecker(this.body);
		declarations.validated(s.fields());
		this.body.facts = this.body.facts.with(new Facts.Path(new Symbol.Ambient(s.source()), ""),
				recordOf(s.fields(), false));
	}

	void duplicate(Part.Field field) {
		this.body.error(Code.E0108, field.nameSpan(), "the field '" + field.name() + "' is declared twice");
	}

}
