package dev.flin.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Children;
import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Pattern;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers patterns: as tests that leave to a label, and as bindings that must fit. */
final class PatternLowering {

	private final BodyLowering body;

	/** Patterns whose names are assigned; those of other patterns are new. */
	private final Set<Integer> assigned = new HashSet<>();

	PatternLowering(BodyLowering body) {
		this.body = body;
	}

	/** Whether a pattern never needs the tuple itself. */
	static boolean takesTupleApart(Pattern pattern) {
		return switch (pattern) {
			case Pattern.Tuple tuple -> true;
			case Pattern.Wildcard wildcard -> true;
			case Pattern.Or or -> or.alternatives().stream().allMatch(PatternLowering::takesTupleApart);
			default -> false;
		};
	}

	void testParts(Pattern pattern, List<IrExpr> parts, List<Type> types, IrStmt.Label fail) {
		switch (pattern) {
			case Pattern.Tuple tuple -> {
				for (int i = 0; i < tuple.elements().size(); i++) {
					test(tuple.elements().get(i), parts.get(i), types.get(i), fail);
				}
			}
			case Pattern.Or or -> alternatives(or, fail,
					(alternative, next) -> testParts(alternative, parts, types, next));
			default -> {
			}
		}
	}

	/** Tests a value that may be read several times; binds names; leaves to the label when it does not fit. */
	void test(Pattern pattern, IrExpr value, Type type, IrStmt.Label fail) {
		switch (pattern) {
			case Pattern.Wildcard p -> {
			}
			case Pattern.Literal p -> {
				IrExpr literal = this.body.value(p.value());
				unless(this.body.operators.equal(value, literal), fail);
			}
			case Pattern.Range p -> testRange(p, value, fail);
			case Pattern.Name p -> testName(p, value, type, fail);
			case Pattern.Typed p -> testTyped(p, value, type, fail);
			case Pattern.Variant p -> testVariant(p, value, type, fail);
			case Pattern.Tuple p -> testTuple(p, value, type, fail);
			case Pattern.ListOf p -> testList(p, value, type, fail);
			case Pattern.MapOf p -> testMap(p, value, type, fail);
			case Pattern.Or p -> alternatives(p, fail, (alternative, next) -> test(alternative, value, type, next));
			case Pattern.Default p -> test(p.pattern(), value, type, fail);
			case Pattern.Key p -> test(p.pattern(), value, type, fail);
			case Pattern.Place p -> this.body.assignments.store(p.target(), value, type);
			case Pattern.Broken p -> this.body.unsupported(p, "this pattern");
		}
	}

	/** One way of testing an alternative. */
	private interface Alternative {

		void test(Pattern alternative, IrStmt.Label next);

	}

	private void alternatives(Pattern.Or or, IrStmt.Label fail, Alternative code) {
		IrStmt.Label fits = new IrStmt.Label("fits");
		List<IrStmt> tests = this.body.collect(() -> {
			for (Pattern alternative : or.alternatives()) {
				IrStmt.Label next = new IrStmt.Label("alternative");
				List<IrStmt> one = this.body.collect(() -> {
					code.test(alternative, next);
					this.body.emit(new IrStmt.Break(fits));
				});
				this.body.emit(new IrStmt.Block(next, one));
			}
			this.body.emit(new IrStmt.Break(fail));
		});
		this.body.emit(new IrStmt.Block(fits, tests));
	}

	private void unless(IrExpr condition, IrStmt.Label fail) {
		this.body.control.leaveUnless(condition, fail);
	}

	private void testRange(Pattern.Range p, IrExpr value, IrStmt.Label fail) {
		IrExpr from = this.body.value(p.from());
		IrExpr to = this.body.value(p.to());
		int line = this.body.lineOf(p);
		boolean plain = value.kind() == Kind.LONG || value.kind() == Kind.DOUBLE || value.kind() == Kind.TEXT;
		if (!plain || value.kind() == Kind.TEXT != (from.kind() == Kind.TEXT)) {
			IrExpr in = RunSide.call(RunSide.INDEXING, "between",
					"(" + RunSide.OBJ + RunSide.OBJ + RunSide.OBJ + ")Z", line, Coercion.represent(value, Kind.ANY),
					Coercion.represent(from, Kind.ANY), Coercion.represent(to, Kind.ANY));
			unless(in, fail);
			if (!p.inclusive()) {
				unless(OperatorLowering.not(this.body.operators.equal(value, to)), fail);
			}
			return;
		}
		if (value.kind() == Kind.DOUBLE && from.kind() == Kind.LONG && to.kind() == Kind.LONG) {
			unless(RunSide.call(RunSide.INDEXING, "isWhole", "(D)Z", line, value), fail);
		}
		unless(this.body.operators.compare(IrExpr.Test.GE, value, from, line), fail);
		unless(this.body.operators.compare(p.inclusive() ? IrExpr.Test.LE : IrExpr.Test.LT, value, to, line), fail);
	}

	private void testName(Pattern.Name p, IrExpr value, Type type, IrStmt.Label fail) {
		Access access = this.body.body.access(p.id());
		switch (access) {
			case Access.VariantTest variant -> unless(isVariant(value, type, variant.variant()), fail);
			case Access.TypeTest tested -> unless(Coercion.test(value, tested.type()), fail);
			case Access.CompareWith compare -> {
				Symbol.Variable variable = compare.variable();
				unless(this.body.operators.equal(value, this.body.read(variable, p)), fail);
			}
			case null, default -> bindName(p, value, type);
		}
	}

	private void bindName(Pattern.Name p, IrExpr value, Type type) {
		if (this.body.body.resolution().symbol(p.id()) instanceof Symbol.Variable variable) {
			bindVariable(p, variable, value, type);
		}
		else if (this.body.body.resolution().use(p.id()) != Resolution.PatternUse.BINDS) {
			this.body.unsupported(p, "'" + p.name() + "' as a pattern");
		}
	}

	private void bindVariable(Pattern p, Symbol.Variable variable, IrExpr value, Type type) {
		if (variable.kind() == Symbol.Variable.Kind.LOCAL || this.assigned.contains(p.id())) {
			this.body.assignments.assignVariable(variable, value, type, p);
		}
		else {
			this.body.bind(variable, value, type, p);
		}
	}

	private void testTyped(Pattern.Typed p, IrExpr value, Type type, IrStmt.Label fail) {
		Type tested = (this.body.body.access(p.id()) instanceof Access.TypeTest test) ? test.type()
				: this.body.type(p.type());
		unless(Coercion.test(value, tested), fail);
		if (p.name() != null && this.body.body.resolution().symbol(p.id()) instanceof Symbol.Variable variable) {
			IrExpr narrowed = Coercion.represent(value, Kinds.of(tested));
			this.body.bind(variable, narrowed, tested, p);
		}
	}

	/** Whether a value is of a variant; where the enum is known only the ordinal is looked at. */
	private IrExpr isVariant(IrExpr value, Type type, Symbol.Variant variant) {
		if (value.kind() == Kind.TEXT || Kinds.present(type) instanceof Type.EnumText) {
			return this.body.operators.equal(value, new IrExpr.Const(variant.name(), Kind.TEXT));
		}
		if (value.kind() == Kind.ENUM) {
			return new IrExpr.Compare(IrExpr.Test.EQ, RunSide.on(RunSide.ENUM, "ordinal", "()I", 0, value),
					new IrExpr.Const(variant.index(), Kind.INDEX));
		}
		return RunSide.on(RunSide.ENUM_TYPE, "has", "(I" + RunSide.OBJ + ")Z", 0,
				this.body.members.enumType(variant.owner()),
				new IrExpr.Const(variant.index(), Kind.INDEX), Coercion.represent(value, Kind.ANY));
	}

	private void testVariant(Pattern.Variant p, IrExpr value, Type type, IrStmt.Label fail) {
		if (p.value() != null && this.body.body.resolution().use(p.id()) == Resolution.PatternUse.COMPARES) {
			unless(this.body.operators.equal(value, this.body.value(p.value())), fail);
			return;
		}
		if (!(this.body.body.access(p.id()) instanceof Access.VariantTest test)) {
			this.body.unsupported(p, "this pattern");
			return;
		}
		unless(isVariant(value, type, test.variant()), fail);
		IrExpr choice = Coercion.represent(value, Kind.ENUM);
		for (int i = 0; i < p.args().size(); i++) {
			Pattern inner = p.args().get(i);
			if (!(inner instanceof Pattern.Wildcard)) {
				part(inner, MemberLowering.payload(choice, test.variant(), i), fail);
			}
		}
	}

	/** Tests a part that was read from a container: boxed, of the type that the checker gave to the pattern. */
	private void part(Pattern pattern, IrExpr boxed, IrStmt.Label fail) {
		Type type = this.body.type(pattern);
		IrExpr value = this.body.keep(Coercion.represent(boxed, Kinds.of(type)));
		test(pattern, value, type, fail);
	}

	private void testTuple(Pattern.Tuple p, IrExpr value, Type type, IrStmt.Label fail) {
		IrExpr tuple = (value.kind() == Kind.TUPLE) ? value : Coercion.represent(value, Kind.ANY);
		if (tuple.kind() == Kind.ANY) {
			unless(RunSide.call(RunSide.VALUES, "isTuple", "(" + RunSide.OBJ + "I)Z", 0, tuple,
					new IrExpr.Const(p.elements().size(), Kind.INDEX)), fail);
		}
		for (int i = 0; i < p.elements().size(); i++) {
			Pattern inner = p.elements().get(i);
			if (!(inner instanceof Pattern.Wildcard)) {
				part(inner, tupleItem(tuple, i), fail);
			}
		}
	}

	private static IrExpr tupleItem(IrExpr value, int index) {
		return RunSide.on(RunSide.TUPLE, "get", "(I)" + RunSide.OBJ, 0, Coercion.represent(value, Kind.TUPLE),
				new IrExpr.Const(index, Kind.INDEX));
	}

	private void testList(Pattern.ListOf p, IrExpr value, Type type, IrStmt.Label fail) {
		IrExpr list = value;
		if (value.kind() != Kind.LIST) {
			IrExpr asList = this.body.keep(RunSide.call(RunSide.VALUES, "asList", "(" + RunSide.OBJ + ")" + RunSide.OBJ,
					0, Coercion.represent(value, Kind.ANY)));
			unless(OperatorLowering.not(new IrExpr.IsNone(asList)), fail);
			list = this.body.keep(Coercion.represent(asList, Kind.LIST));
		}
		IrExpr size = RunSide.on(RunSide.LIST, "size", "()I", 0, list);
		unless(new IrExpr.Compare((p.rest() == null) ? IrExpr.Test.EQ : IrExpr.Test.GE, size,
				new IrExpr.Const(p.elements().size(), Kind.INDEX)), fail);
		for (int i = 0; i < p.elements().size(); i++) {
			Pattern inner = p.elements().get(i);
			if (!(inner instanceof Pattern.Wildcard)) {
				part(inner, listElement(p, list, i), fail);
			}
		}
		Pattern rest = p.rest();
		if (rest != null && !(rest instanceof Pattern.Wildcard)) {
			test(rest, this.body.keep(restOf(p, list, 0)), restType(rest, type), fail);
		}
	}

	private static IrExpr listElement(Pattern.ListOf p, IrExpr list, int index) {
		if (index < p.first()) {
			return RunSide.on(RunSide.LIST, "element", "(I)" + RunSide.OBJ, 0, list,
					new IrExpr.Const(index, Kind.INDEX));
		}
		return RunSide.call(RunSide.VALUES, "fromEnd", "(L" + RunSide.LIST + ";I)" + RunSide.OBJ, 0, list,
				new IrExpr.Const(p.elements().size() - index, Kind.INDEX));
	}

	private static IrExpr restOf(Pattern.ListOf p, IrExpr list, int line) {
		return RunSide.call(RunSide.VALUES, "rest", "(L" + RunSide.LIST + ";II)L" + RunSide.LIST + ";", line, list,
				new IrExpr.Const(p.first(), Kind.INDEX), new IrExpr.Const(p.last(), Kind.INDEX));
	}

	private Type restType(Pattern rest, Type type) {
		return (type instanceof Type.ListOf) ? type : new Type.ListOf(Type.Basic.ANY);
	}

	private void testMap(Pattern.MapOf p, IrExpr value, Type type, IrStmt.Label fail) {
		IrExpr boxed = Coercion.represent(value, Kind.ANY);
		if (value.kind() == Kind.ANY) {
			unless(RunSide.call(RunSide.VALUES, "hasKeys", "(" + RunSide.OBJ + ")Z", 0, boxed), fail);
		}
		for (Pattern.Key key : p.keys()) {
			IrExpr name = new IrExpr.Const(key.name(), Kind.TEXT);
			unless(RunSide.call(RunSide.VALUES, "hasKey", "(" + RunSide.OBJ + RunSide.STR + ")Z", 0, boxed, name),
					fail);
			part(key.pattern(), key(boxed, key.name(), key), fail);
		}
		if (p.rest() != null && !(p.rest() instanceof Pattern.Wildcard)) {
			test(p.rest(), this.body.keep(restOfMap(p, boxed)), new Type.MapOf(Type.Basic.TEXT, Type.Basic.ANY), fail);
		}
	}

	private IrExpr key(IrExpr boxed, String name, Pattern node) {
		return RunSide.call(RunSide.MEMBERS, "getKey", "(" + RunSide.OBJ + RunSide.STR + RunSide.STR + ")"
				+ RunSide.OBJ,
				this.body.lineOf(node), boxed, new IrExpr.Const(name, Kind.TEXT), new IrExpr.Const(null, Kind.TEXT));
	}

	private static IrExpr restOfMap(Pattern.MapOf p, IrExpr boxed) {
		List<IrExpr> names = p.keys()
			.stream()
			.map(key -> (IrExpr) new IrExpr.Const(key.name(), Kind.TEXT))
			.toList();
		return RunSide.call(RunSide.VALUES, "without", "(" + RunSide.OBJ + "[" + RunSide.OBJ + ")L" + RunSide.MAP + ";",
				0, boxed, new IrExpr.Pack(names));
	}

	// Binding

	/** As {@link #bind}, where a parameter or the variable of a loop stays the variable that it is. */
	void assign(Pattern target, IrExpr value, Type type) {
		mark(target);
		bind(target, value, type);
	}

	private void mark(Pattern target) {
		this.assigned.add(target.id());
		Children.each(target, child -> {
			if (child instanceof Pattern inner) {
				mark(inner);
			}
		});
	}

	/** Takes a value apart that has to fit: in assignments, loops and parameters. */
	void bind(Pattern pattern, IrExpr value, Type type) {
		switch (pattern) {
			case Pattern.Wildcard p -> this.body.finish(value, type, Dest.DROP, p);
			case Pattern.Name p -> bindName(p, value, type);
			case Pattern.Typed p -> bindTyped(p, value, type);
			case Pattern.Tuple p -> {
				IrExpr whole = this.body.keep(value);
				boolean fits = Kinds.present(type) instanceof Type.TupleOf tuple
						&& tuple.elements().size() >= p.elements().size() && whole.kind() == Kind.TUPLE;
				for (int i = 0; i < p.elements().size(); i++) {
					IrExpr part = fits ? tupleItem(whole, i) : partAt(Coercion.represent(whole, Kind.ANY), i, p);
					bindPart(p.elements().get(i), part, null);
				}
			}
			case Pattern.ListOf p -> bindList(p, this.body.keep(value), type);
			case Pattern.MapOf p -> bindMap(p, this.body.keep(value));
			case Pattern.Default p -> bind(p.pattern(), value, type);
			case Pattern.Key p -> bind(p.pattern(), value, type);
			case Pattern.Place p -> this.body.assignments.store(p.target(), value, type);
			case Pattern.Literal p -> mustFit(p, value, type);
			case Pattern.Range p -> mustFit(p, value, type);
			case Pattern.Variant p -> mustFit(p, value, type);
			case Pattern.Or p -> mustFit(p, value, type);
			case Pattern.Broken p -> this.body.unsupported(p, "this pattern");
		}
	}

	private IrExpr partAt(IrExpr whole, int index, Pattern node) {
		return RunSide.call(RunSide.INDEXING, "part", "(" + RunSide.OBJ + "I)" + RunSide.OBJ, this.body.lineOf(node),
				whole, new IrExpr.Const(index, Kind.INDEX));
	}

	private IrExpr lastPart(Pattern.ListOf p, IrExpr whole, int index) {
		return RunSide.call(RunSide.INDEXING, "lastPart", "(" + RunSide.OBJ + "II)" + RunSide.OBJ, this.body.lineOf(p),
				whole, new IrExpr.Const(index, Kind.INDEX), new IrExpr.Const(p.elements().size(), Kind.INDEX));
	}

	private void bindTyped(Pattern.Typed p, IrExpr value, Type type) {
		if (this.body.body.resolution().symbol(p.id()) instanceof Symbol.Variable variable) {
			bindVariable(p, variable, value, type);
		}
	}

	/**
	 * @param present whether the part exists, for a default; null when it must
	 */
	private void bindPart(Pattern pattern, IrExpr boxed, @Nullable IrExpr present) {
		Pattern target = (pattern instanceof Pattern.Default byDefault) ? byDefault.pattern() : pattern;
		if (target instanceof Pattern.Wildcard && present == null) {
			this.body.emit(new IrStmt.Eval(boxed));
			return;
		}
		Type type = this.body.type(target);
		if (!(pattern instanceof Pattern.Default byDefault)) {
			IrExpr value = this.body.convert(boxed, Type.Basic.ANY, type, target);
			bind(target, isTrusted(type) ? Coercion.represent(boxed, Kinds.of(type)) : value, type);
			return;
		}
		Local chosen = this.body.temporary(Kinds.of(type));
		Local found = this.body.temporary(Kind.ANY);
		IrExpr value = new IrExpr.Read(found);
		List<IrStmt> missing = this.body.collect(() -> this.body.emit(byDefault.value(), new Dest.Into(chosen, type)));
		List<IrStmt> given = List.of(new IrStmt.Set(chosen, Coercion.represent(value, Kinds.of(type))));
		IrExpr read = (present == null) ? boxed : new IrExpr.Choose(present, boxed, Coercion.NONE, Kind.ANY);
		this.body.emit(new IrStmt.Set(found, read));
		this.body.emit(new IrStmt.If(new IrExpr.IsNone(value), missing, given));
		bind(target, new IrExpr.Read(chosen), type);
	}

	/** The checker gave the part this type from that of the whole: only the representation has to change. */
	private static boolean isTrusted(Type type) {
		return true;
	}

	private void bindList(Pattern.ListOf p, IrExpr value, Type type) {
		IrExpr whole = Coercion.represent(value, Kind.ANY);
		for (int i = 0; i < p.elements().size(); i++) {
			Pattern inner = p.elements().get(i);
			IrExpr present = (inner instanceof Pattern.Default) ? new IrExpr.Compare(IrExpr.Test.GT,
					RunSide.call(RunSide.INDEXING, "size", "(" + RunSide.OBJ + ")J", 0, whole),
					new IrExpr.Const((long) i, Kind.LONG)) : null;
			bindPart(inner, (i < p.first()) ? partAt(whole, i, p) : lastPart(p, whole, i), present);
		}
		Pattern rest = p.rest();
		if (rest != null && !(rest instanceof Pattern.Wildcard)) {
			IrExpr list = (value.kind() == Kind.LIST) ? value
					: (value.kind() == Kind.TUPLE)
							? RunSide.on(RunSide.TUPLE, "toList", "()L" + RunSide.LIST + ";", this.body.lineOf(p),
									value)
					: RunSide.call(RunSide.CONVERT, "toList",
							"(" + RunSide.OBJ + RunSide.STR + ")L" + RunSide.LIST + ";", this.body.lineOf(p), whole,
							new IrExpr.Const(null, Kind.TEXT));
			bind(rest, restOf(p, list, this.body.lineOf(p)), restType(rest, type));
		}
	}

	private void bindMap(Pattern.MapOf p, IrExpr value) {
		IrExpr whole = Coercion.represent(value, Kind.ANY);
		for (Pattern.Key key : p.keys()) {
			bindPart(key.pattern(), key(whole, key.name(), key), null);
		}
		if (p.rest() != null && !(p.rest() instanceof Pattern.Wildcard)) {
			bind(p.rest(), restOfMap(p, whole), new Type.MapOf(Type.Basic.TEXT, Type.Basic.ANY));
		}
	}

	private void mustFit(Pattern p, IrExpr value, Type type) {
		IrStmt.Label fail = new IrStmt.Label("misfit");
		IrStmt.Label fits = new IrStmt.Label("fits");
		List<IrStmt> code = this.body.collect(() -> {
			List<IrStmt> tests = this.body.collect(() -> {
				test(p, this.body.keep(value), type, fail);
				this.body.emit(new IrStmt.Break(fits));
			});
			this.body.emit(new IrStmt.Block(fail, tests));
			this.body.emit(new IrStmt.Throw(RunSide.call(RunSide.FAILURES, "raised",
					"(" + RunSide.OBJ + ")Ldev/flin/value/FlinError;", this.body.lineOf(p),
					new IrExpr.Const("the value does not fit the pattern", Kind.TEXT))));
		});
		this.body.emit(new IrStmt.Block(fits, code));
	}

}
