package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.RegexSyntax;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers expressions: chooses who knows a form, and knows literals, names and lambdas itself. */
final class ExprLowering {

	private static final IrExpr NONE = Coercion.NONE;

	/** A longer literal is put together by statements, which may be split over several methods of the JVM. */
	private static final int LITERAL_MAX = 500;

	/** The most keys of a literal that are a constant together. */
	private static final int SHAPE_KEYS_MAX = 64;

	private final BodyLowering body;

	ExprLowering(BodyLowering body) {
		this.body = body;
	}

	/** Lowers an expression whose value goes somewhere; jumps and branches never make a detour through a temporary. */
	void emit(Expr expr, Dest dest) {
		switch (expr) {
			case Expr.If e -> this.body.control.branch(e, dest);
			case Expr.Match e -> this.body.control.match(e, dest);
			case Expr.BlockOf e -> this.body.loopForms.block(e, dest);
			case Expr.For e -> this.body.loopForms.forIn(e, dest);
			case Expr.ForC e -> this.body.loopForms.forC(e, dest);
			case Expr.While e -> this.body.loopForms.whileLoop(e, dest);
			case Expr.Break e -> this.body.loopForms.breakLoop(e);
			case Expr.Continue e -> this.body.loopForms.continueLoop(e);
			case Expr.Return e -> this.body.control.returns(e);
			case Expr.Throw e -> this.body.control.raise(e);
			case Expr.Try e -> this.body.control.attempt(e, dest);
			case Expr.TryCatch e -> this.body.control.tryCatch(e, dest);
			case Expr.Transaction e -> this.body.entities.transaction(e, dest);
			case Expr.Binary e when isLogical(e.op()) && dest instanceof Dest.Result ->
				this.body.operators.logicalResult(e, dest);
			case Expr.Call e when dest instanceof Dest.Result && new TailJump(this.body).call(e) -> {
			}
			case Expr.Pipe e when dest instanceof Dest.Result && new TailJump(this.body).pipe(e) -> {
			}
			case Expr.Assign e -> this.body.assignments.assign(e, dest);
			case Expr.Step e -> this.body.assignments.step(e, dest);
			case Expr.MarkupOf e when dest instanceof Dest.Drop && this.body.view() instanceof MarkupLowering view ->
				view.all(e.nodes());
			default -> this.body.finish(value(expr), this.body.type(expr), dest, expr);
		}
	}

	IrExpr value(Expr expr) {
		return switch (expr) {
			case Expr.None e -> NONE;
			case Expr.Bool e -> new IrExpr.Const(e.value(), Kind.BOOL);
			case Expr.Int e -> number(e, new IrExpr.Const(e.value(), Kind.LONG));
			case Expr.Number e -> new IrExpr.Const(e.value(), Kind.DOUBLE);
			case Expr.Text e -> text(e.parts());
			case Expr.DurationOf e -> duration(e.micros());
			case Expr.MoneyOf e -> new IrExpr.Made(
					RunSide.method(RunSide.VALUES, "money", "(" + RunSide.STR + RunSide.STR + ")Ldev/flin/value/Money;",
							false),
					List.of(e.amount().toPlainString(), e.currency()), Kind.MONEY);
			case Expr.Regex e -> new IrExpr.Made(
					RunSide.method(RunSide.VALUES, "regex", "(" + RunSide.STR + RunSide.STR + ")" + RunSide.OBJ, false),
					List.of(RegexSyntax.toJava(e.pattern()), e.flags()), Kind.ANY);
			case Expr.ListOf e -> list(e);
			case Expr.MapOf e -> map(e.entries(), this.body.type(e));
			case Expr.Tuple e -> tuple(e);
			case Expr.Name e -> name(e);
			case Expr.Member e -> this.body.members.member(e);
			case Expr.Index e -> this.body.members.index(e);
			case Expr.Slice e -> this.body.members.slice(e);
			case Expr.Call e -> this.body.calls.call(e);
			case Expr.Pipe e -> this.body.calls.pipe(e);
			case Expr.Lambda e -> lambda(e);
			case Expr.Unary e -> this.body.operators.unary(e);
			case Expr.Binary e -> this.body.operators.binary(e);
			case Expr.Is e -> this.body.operators.is(e);
			case Expr.Range e -> this.body.operators.range(e);
			case Expr.TypeOf e -> typeOf(e);
			case Expr.If e -> this.body.control.choose(e);
			case Expr.Let e -> this.body.control.letValue(e);
			case Expr.DeleteKey e -> this.body.assignments.deleteKey(e);
			case Expr.Match e -> throughTemporary(e);
			case Expr.BlockOf e -> throughTemporary(e);
			case Expr.For e -> throughTemporary(e);
			case Expr.ForC e -> throughTemporary(e);
			case Expr.While e -> throughTemporary(e);
			case Expr.Break e -> never(e);
			case Expr.Continue e -> never(e);
			case Expr.Return e -> never(e);
			case Expr.Throw e -> never(e);
			case Expr.Try e -> throughTemporary(e);
			case Expr.TryCatch e -> throughTemporary(e);
			case Expr.Assign e -> throughTemporary(e);
			case Expr.Step e -> throughTemporary(e);
			case Expr.MarkupOf e -> MarkupLowering.value(this.body, this.body.unit.view(), e);
			case Expr.EntityOf e -> this.body.entities.literal(e);
			case Expr.AtTime e -> this.body.entities.at(e);
			case Expr.StoreOp e -> this.body.entities.operation(e);
			case Expr.Transaction e -> throughTemporary(e);
			case Expr.ResponseOf e -> HostSide.reply(map(e.entries(), Type.Basic.ANY), this.body.lineOf(e));
			case Expr.BlockCall e when e.name().equals("stream") && e.args().isEmpty() -> HostSide.stream(
					closure("stream", "stream", List.of(), Type.Basic.ANY, e.id(), e.body(), e, null),
					this.body.lineOf(e));
			case Expr.BlockCall e when TestSide.isBlock(this.body, e) -> TestSide.block(this.body, e);
			case Expr.BlockCall e -> this.body.unsupported(e, "'" + e.name() + "' with a block");
			case Expr.Broken e -> this.body.unsupported(e, "this");
		};
	}

	private static boolean isLogical(Expr.BinaryOp op) {
		return op == Expr.BinaryOp.AND || op == Expr.BinaryOp.OR || op == Expr.BinaryOp.COALESCE
				|| op == Expr.BinaryOp.ELVIS;
	}

	private IrExpr throughTemporary(Expr expr) {
		Type type = this.body.type(expr);
		Local result = this.body.temporary(Kinds.of(type));
		emit(expr, new Dest.Into(result, type));
		return new IrExpr.Read(result);
	}

	/** Code that does not come back: what follows is dropped. */
	private IrExpr never(Expr expr) {
		emit(expr, Dest.DROP);
		return NONE;
	}

	/** A literal may stand where the checker wants a wider type. */
	private IrExpr number(Expr.Int e, IrExpr.Const value) {
		return Coercion.convert(value, Type.Basic.INT, this.body.type(e), "", 0);
	}

	IrExpr duration(long micros) {
		return new IrExpr.Made(RunSide.method(RunSide.OPERATIONS, "durationOfMicros", "(J)Ljava/time/Duration;", false),
				List.of(micros), Kind.DURATION);
	}

	IrExpr text(List<Part.TextPart> parts) {
		List<Supplier<IrExpr>> pieces = new ArrayList<>();
		StringBuilder constant = new StringBuilder();
		boolean allConstant = true;
		for (Part.TextPart part : parts) {
			if (part instanceof Part.Hole hole) {
				allConstant = false;
				pieces.add(() -> printed(this.body.value(hole.value())));
			}
			else if (part instanceof Part.Chunk chunk) {
				constant.append(chunk.text());
				pieces.add(() -> new IrExpr.Const(chunk.text(), Kind.TEXT));
			}
		}
		if (allConstant) {
			return new IrExpr.Const(constant.toString(), Kind.TEXT);
		}
		List<IrExpr> values = this.body.operands(pieces);
		return (values.size() == 1 && values.get(0).kind() == Kind.TEXT) ? values.get(0) : new IrExpr.Concat(values);
	}

	/** The form in interpolation, as a kind that text can be built from. */
	IrExpr printed(IrExpr value) {
		return switch (value.kind()) {
			case LONG, BOOL -> value;
			case TEXT -> RecordFields.mayLack(value) ? interpolated(value) : value;
			case DOUBLE -> RunSide.call(RunSide.PRINTER, "number", "(D)" + RunSide.STR, 0, value);
			default -> interpolated(value);
		};
	}

	private static IrExpr interpolated(IrExpr value) {
		return RunSide.call(RunSide.PRINTER, "interpolate", "(" + RunSide.OBJ + ")" + RunSide.STR, 0,
				Coercion.represent(value, Kind.ANY));
	}

	private IrExpr list(Expr.ListOf e) {
		Type type = Kinds.present(this.body.type(e));
		Type element = (type instanceof Type.ListOf list) ? list.element() : Type.Basic.ANY;
		boolean spread = false;
		for (Part.Element part : e.elements()) {
			spread = spread || part.spread();
		}
		boolean large = elementKind(element) == Kind.ANY && e.elements().size() > LITERAL_MAX;
		if (!spread && !large) {
			List<Supplier<IrExpr>> parts = new ArrayList<>();
			e.elements().forEach(each -> parts.add(() -> this.body.value(each.value(), element)));
			return new IrExpr.NewList(this.body.operands(parts), elementKind(element));
		}
		Local list = this.body.temporary(Kind.LIST);
		this.body.emit(new IrStmt.Set(list, new IrExpr.NewList(List.of(), Kind.ANY)));
		for (Part.Element part : e.elements()) {
			if (part.spread()) {
				IrExpr items = asList(part.value(), element);
				this.body.emit(new IrStmt.Eval(
						RunSide.addList(read(list), items)));
			}
			else {
				append(list, this.body.value(part.value(), element));
			}
		}
		return read(list);
	}

	/** A value that is spread, as a list. */
	IrExpr asList(Expr expr, Type element) {
		Type type = this.body.type(expr);
		IrExpr value = this.body.value(expr);
		if (value.kind() == Kind.LIST || value.kind() == Kind.RANGE) {
			return Coercion.represent(value, Kind.LIST);
		}
		return RunSide.call(RunSide.VALUES, "spread",
				"(" + RunSide.CONTEXT + RunSide.OBJ + RunSide.STR + ")L" + RunSide.LIST + ";", this.body.lineOf(expr),
				new IrExpr.Context(), Coercion.represent(value, Kind.ANY),
				new IrExpr.Const(this.body.shortSource(expr), Kind.TEXT));
	}

	void append(Local list, IrExpr value) {
		String suffix = switch (value.kind()) {
			case LONG -> "addLong:(J)V";
			case DOUBLE -> "addDouble:(D)V";
			case BOOL -> "addBoolean:(Z)V";
			default -> "add:(" + RunSide.OBJ + ")Z";
		};
		int colon = suffix.indexOf(':');
		this.body.emit(new IrStmt.Eval(RunSide.on(RunSide.LIST, suffix.substring(0, colon), suffix.substring(colon + 1),
				0, read(list), value)));
	}

	static Kind elementKind(Type element) {
		Kind kind = Kinds.of(element);
		return kind.isPrimitive() ? kind : Kind.ANY;
	}

	IrExpr map(List<Part.Entry> entries, Type type) {
		Type present = Kinds.present(type);
		boolean plain = entries.size() <= LITERAL_MAX;
		for (Part.Entry entry : entries) {
			plain = plain && entry.key() != null;
		}
		if (plain) {
			List<Supplier<IrExpr>> parts = new ArrayList<>();
			List<Object> names = constantKeys(entries);
			if (!names.isEmpty()) {
				return record(entries, names, present);
			}
			Map<String, Part.Entry> last = lastOfEach(entries);
			for (Part.Entry entry : entries) {
				Expr key = entry.key();
				if (key != null) {
					parts.add(() -> Coercion.represent(this.body.value(key, keyType(present, key)), Kind.ANY));
					parts.add(() -> Coercion
						.represent(this.body.value(entry.value(), valueType(present, last, entry)), Kind.ANY));
				}
			}
			return RunSide.call(RunSide.MAP, "of", "([" + RunSide.OBJ + ")L" + RunSide.MAP + ";", 0,
					new IrExpr.Pack(this.body.operands(parts)));
		}
		Local map = this.body.temporary(Kind.MAP);
		this.body.emit(new IrStmt.Set(map,
				RunSide.call(RunSide.MAP, "of", "([" + RunSide.OBJ + ")L" + RunSide.MAP + ";", 0,
						new IrExpr.Pack(List.of()))));
		Map<String, Part.Entry> last = lastOfEach(entries);
		for (Part.Entry entry : entries) {
			Expr key = entry.key();
			if (key == null) {
				IrExpr spread = Coercion.represent(this.body.value(entry.value()), Kind.ANY);
				this.body.emit(new IrStmt.Eval(RunSide.call(RunSide.VALUES, "putAll",
						"(L" + RunSide.MAP + ";" + RunSide.OBJ + ")V", this.body.lineOf(entry), read(map), spread)));
			}
			else {
				List<IrExpr> pair = this.body.operands(
						List.of(() -> Coercion.represent(this.body.value(key, keyType(present, key)), Kind.ANY),
								() -> Coercion.represent(
										this.body.value(entry.value(), valueType(present, last, entry)), Kind.ANY)));
				this.body.emit(new IrStmt.Eval(
						RunSide.on(RunSide.MAP, "put", "(" + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, 0,
								read(map),
								pair.get(0), pair.get(1))));
			}
		}
		return read(map);
	}

	/** The keys when all are different constant texts, else nothing. */
	private static List<Object> constantKeys(List<Part.Entry> entries) {
		List<Object> names = new ArrayList<>();
		for (Part.Entry entry : entries) {
			String name = (entry.key() != null) ? constantText(entry.key()) : null;
			if (name == null || names.contains(name) || names.size() == SHAPE_KEYS_MAX) {
				return List.of();
			}
			names.add(name);
		}
		return names;
	}

	/** A literal whose keys are known: all that it makes share them. */
	private IrExpr record(List<Part.Entry> entries, List<Object> names, Type type) {
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		Map<String, Part.Entry> last = lastOfEach(entries);
		for (Part.Entry entry : entries) {
			Expr key = entry.key();
			if (key != null) {
				parts.add(() -> Coercion.represent(this.body.value(entry.value(), valueType(type, last, entry)),
						Kind.ANY));
			}
		}
		String map = "L" + RunSide.MAP + ";";
		IrExpr shape = new IrExpr.Made(RunSide.method(RunSide.VALUES, "shape", "([" + RunSide.STR + ")" + map, false),
				names, Kind.MAP);
		return RunSide.call(RunSide.MAP, "of", "(" + map + "[" + RunSide.OBJ + ")" + map, 0, shape,
				new IrExpr.Pack(this.body.operands(parts)));
	}

	private Type keyType(Type map, Expr key) {
		return (map instanceof Type.MapOf mapOf) ? mapOf.key() : this.body.type(key);
	}

	private Type valueType(Type map, Map<String, Part.Entry> last, Part.Entry entry) {
		if (map instanceof Type.MapOf mapOf) {
			return mapOf.value();
		}
		String name = (entry.key() != null) ? constantText(entry.key()) : null;
		Type held = (map instanceof Type.RecordOf record && name != null && last.get(name) == entry)
				? record.fields().get(name) : null;
		return (held != null) ? held : this.body.type(entry.value());
	}

	/** For each constant key the entry or spread whose value stays: what comes before it may be of another type. */
	private Map<String, Part.Entry> lastOfEach(List<Part.Entry> entries) {
		Map<String, Part.Entry> last = new HashMap<>();
		for (Part.Entry entry : entries) {
			String name = (entry.key() != null) ? constantText(entry.key()) : null;
			if (name != null) {
				last.put(name, entry);
			}
			else if (entry.key() == null
					&& Kinds.present(this.body.type(entry.value())) instanceof Type.RecordOf spread) {
				spread.fields().keySet().forEach(field -> last.put(field, entry));
			}
		}
		return last;
	}

	static @Nullable String constantText(Expr expr) {
		if (!(expr instanceof Expr.Text text)) {
			return null;
		}
		StringBuilder out = new StringBuilder();
		for (Part.TextPart part : text.parts()) {
			if (!(part instanceof Part.Chunk chunk)) {
				return null;
			}
			out.append(chunk.text());
		}
		return out.toString();
	}

	private IrExpr tuple(Expr.Tuple e) {
		Type type = Kinds.present(this.body.type(e));
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		for (int i = 0; i < e.elements().size(); i++) {
			Expr element = e.elements().get(i);
			Type wanted = (type instanceof Type.TupleOf tuple && i < tuple.elements().size()) ? tuple.elements().get(i)
					: this.body.type(element);
			parts.add(() -> Coercion.represent(this.body.value(element, wanted), Kind.ANY));
		}
		List<IrExpr> values = this.body.operands(parts);
		if (values.size() == 2) {
			return RunSide.call(RunSide.TUPLE, "of2",
					"(" + RunSide.OBJ + RunSide.OBJ + ")L" + RunSide.TUPLE + ";", 0, values.get(0), values.get(1));
		}
		return RunSide.call(RunSide.TUPLE, "of", "([" + RunSide.OBJ + ")L" + RunSide.TUPLE + ";", 0,
				new IrExpr.Pack(values));
	}

	private IrExpr name(Expr.Name e) {
		Access access = this.body.body.access(e.id());
		if (access != null) {
			return this.body.members.reference(access, e);
		}
		Symbol symbol = this.body.body.resolution().symbol(e.id());
		return switch (symbol) {
			case Symbol.Variable variable -> variable(variable, e);
			case Symbol.Self self -> this.body.convert(this.body.selfValue(), this.body.selfType(), this.body.type(e),
					e);
			case Symbol.SelfField field -> this.body.members.selfField(field, e);
			case Symbol.Entity entity -> this.body.queries.receiver(entity, e);
			case Symbol.Function function when function.isNested() ->
				new IrExpr.Read(this.body.nestedFunction(function));
			case Symbol.Ambient ambient -> HostSide.ambient(this.body, ambient.name(), e);
			case Symbol.Builtin builtin -> onlyInBrowser(e);
			case null, default -> this.body.unsupported(e, "'" + e.name() + "' here");
		};
	}

	/** On the server nothing is there of what only browsers have. */
	private IrExpr typeOf(Expr.TypeOf e) {
		boolean browser = e.value() instanceof Expr.Name name && this.body.body.access(name.id()) == null
				&& this.body.body.resolution().symbol(name.id()) instanceof Symbol.Builtin;
		return browser ? new IrExpr.Const("undefined", Kind.TEXT)
				: RunSide.call(RunSide.VALUES, "typeOf", "(" + RunSide.OBJ + ")" + RunSide.STR, this.body.lineOf(e),
						Coercion.represent(this.body.value(e.value()), Kind.ANY));
	}

	/** What only browsers have: it is left in functions that a handler may call, and fails when the server does. */
	private IrExpr onlyInBrowser(Expr.Name e) {
		return RunSide.call(RunSide.FAILURES, "onlyInBrowser", "(" + RunSide.STR + ")" + RunSide.OBJ,
				this.body.lineOf(e), new IrExpr.Const(e.name(), Kind.TEXT));
	}

	private IrExpr variable(Symbol.Variable variable, Expr.Name e) {
		Type stored = this.body.variableType(variable);
		return this.body.convert(this.body.read(variable, e), stored, this.body.type(e), e);
	}

	// Lambdas and nested functions

	private IrExpr lambda(Expr.Lambda e) {
		Type type = Kinds.present(this.body.type(e));
		Type result = (type instanceof Type.Fn fn) ? fn.result() : Type.Basic.ANY;
		Symbol.Variable variable = this.body.unit.variableOf(e);
		return closure("", "lambda", e.params(), result, e.id(), e.body(), e, variable);
	}

	/** A function value from parameters and body that stand in this body of code. */
	IrExpr closure(String displayName, String name, List<Part.Param> params, Type result, int frameId, Part.Block block,
			dev.flin.syntax.Node node, @Nullable Symbol itself) {
		Frame frame = this.body.body.resolution().frame(frameId);
		if (frame == null) {
			return this.body.unsupported(node, "this function");
		}
		List<Local> locals = new ArrayList<>();
		int optional = 0;
		boolean rest = false;
		for (Part.Param param : params) {
			boolean withDefault = param.defaultValue() != null;
			Kind kind = withDefault ? Kind.ANY : Kinds.of(parameterType(param));
			String local = (param.target() instanceof Pattern.Name simple && !withDefault) ? simple.name()
					: "$p" + locals.size();
			String record = (withDefault || param.rest()) ? null
					: this.body.records().className(parameterType(param));
			locals.add(new Local(local, param.rest() ? Kind.LIST : kind, record));
			optional = withDefault ? optional + 1 : 0;
			rest |= param.rest();
		}
		IrFunction function = new IrFunction(this.body.unit.className(), this.body.unit.uniqueName(name), locals,
				Kinds.ofResult(result));
		function.displayName(displayName);
		function.valueForm(optional, rest);
		function.markAnonymous();
		if (itself != null && optional == 0 && !rest) {
			this.body.unit.ownName(function,
					new TailJump.OwnName(itself, params.stream().map(this::parameterType).toList()));
		}
		BodyLowering inner = new BodyLowering(this.body.unit, this.body.body, frame, this.body, function, result);
		inner.complete(() -> {
			inner.line(block);
			for (int i = 0; i < params.size(); i++) {
				inner.expressions.bindParameter(params.get(i), locals.get(i));
			}
			inner.block(block, Dest.RETURN);
		});
		this.body.unit.add(function);
		this.body.unit.useAsValue(function);
		this.body.unit.codeMayRun();
		return new IrExpr.Closure(function, inner.captured());
	}

	/** Gives a parameter its variable: the local itself, or what its pattern or default makes of it. */
	void bindParameter(Part.Param param, Local local) {
		Type type = parameterType(param);
		Expr byDefault = param.defaultValue();
		if (byDefault == null && param.target() instanceof Pattern.Name simple
				&& this.body.body.resolution().symbol(simple.id()) instanceof Symbol.Variable variable) {
			if (variable.isCaptured() && variable.isReassigned()) {
				local.makeCell();
			}
			this.body.parameter(variable, local);
			return;
		}
		IrExpr value = new IrExpr.Read(local);
		if (byDefault != null) {
			Local chosen = this.body.temporary(Kinds.of(type));
			List<IrStmt> missing = this.body.collect(() -> this.body.emit(byDefault, new Dest.Into(chosen, type)));
			List<IrStmt> given = List.of(new IrStmt.Set(chosen,
					Coercion.convert(value, Type.Basic.ANY, type, "", this.body.lineOf(param))));
			this.body.emit(new IrStmt.If(new IrExpr.IsNone(value), missing, given));
			value = new IrExpr.Read(chosen);
		}
		this.body.patterns.bind(param.target(), value, type);
	}

	Type parameterType(Part.Param param) {
		if (param.target() instanceof Pattern.Name simple
				&& this.body.body.resolution().symbol(simple.id()) instanceof Symbol.Variable variable) {
			return this.body.body.variable(variable);
		}
		return this.body.type(param.target());
	}

	static IrExpr read(Local local) {
		return new IrExpr.Read(local);
	}

}
