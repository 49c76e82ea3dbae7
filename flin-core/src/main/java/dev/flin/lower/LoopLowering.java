package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers loops: over ranges they count, over lists they index, anything else is walked through. */
final class LoopLowering {

	private static final String CURSOR = "dev/flin/value/FlinMap$Cursor";

	private final BodyLowering body;

	LoopLowering(BodyLowering body) {
		this.body = body;
	}

	/**
	 * What a loop in code and one in markup have in common.
	 *
	 * @param node the whole loop, for its place
	 * @param turn what runs in each turn
	 * @param body lowers one turn
	 */
	private record Each(Node node, Span turn, Pattern item, @Nullable Pattern index, Expr source, Runnable body) {

		Each withoutIndex() {
			return new Each(this.node, this.turn, this.item, null, this.source, this.body);
		}

	}

	void forIn(Expr.For e, Dest dest) {
		Part.Block body = e.body();
		Each each = new Each(e, body.span(), e.item(), e.index(), e.source(), () -> this.body.block(body, Dest.DROP));
		loop(e.label(), e, dest, label -> each(each, label, outside()));
	}

	/** A loop in markup: nothing leaves it. */
	void each(Markup.For loop, Runnable code) {
		List<Markup> body = loop.body();
		Span turn = body.isEmpty() ? loop.span() : body.getFirst().span().to(body.getLast().span());
		Each each = new Each(loop, turn, loop.item(), loop.index(), loop.source(), code);
		each(each, new IrStmt.Label("each"), Runnable::run);
	}

	/** Lowers what stands in the head of the innermost loop: a jump there means a loop around it. */
	private Consumer<Runnable> outside() {
		return head -> {
			BodyLowering.LoopScope scope = this.body.loops.pop();
			head.run();
			this.body.loops.push(scope);
		};
	}

	private void each(Each written, IrStmt.Label label, Consumer<Runnable> head) {
		Each e = written;
		if (e.item() instanceof Pattern.Tuple pair && pair.elements().size() == 2
				&& this.body.body.access(pair.id()) instanceof Access.ItemAndIndex) {
			e = new Each(e.node(), e.turn(), pair.elements().get(0), pair.elements().get(1), e.source(), e.body());
		}
		Type type = Kinds.present(this.body.type(e.source()));
		if (e.source() instanceof Expr.Range range && e.index() == null) {
			List<IrExpr> ends = new ArrayList<>();
			head.accept(() -> ends.addAll(ends(range)));
			count(e, ends.get(0), ends.get(1), range.inclusive(), label);
			return;
		}
		IrExpr[] found = new IrExpr[1];
		Expr given = e.source();
		head.accept(() -> found[0] = RecordFields.needed(this.body.value(given, type), type,
				this.body.shortSource(given), this.body.lineOf(given)));
		IrExpr source = found[0];
		switch (source.kind()) {
			case LIST -> overList(e, this.body.keep(source), type, label);
			case RANGE -> overRange(e, this.body.keep(source), label);
			case MAP -> overMap(e, source, type, label);
			case TEXT -> overText(e, this.body.keep(source), label);
			default -> overAny(e, source, label);
		}
	}

	/** The frame of every loop: where {@code break} with a value goes, and the value when it ends by itself. */
	private void loop(@Nullable String name, Expr e, Dest dest, Consumer<IrStmt.Label> code) {
		IrStmt.Label label = new IrStmt.Label((name != null) ? name : "loop");
		Type type = this.body.type(e);
		Local result = null;
		if (!(dest instanceof Dest.Drop) && type != Type.Basic.NONE && type != Type.Basic.NEVER) {
			result = this.body.temporary(Kinds.of(type));
			this.body.emit(new IrStmt.Declare(result, null));
		}
		this.body.loops.push(new BodyLowering.LoopScope(name, label, result, type, this.body.tryDepth(), null));
		code.accept(label);
		this.body.loops.pop();
		if (result != null) {
			this.body.finish(new IrExpr.Read(result), type, dest, e);
		}
		else {
			this.body.finishNone(dest, e);
		}
	}

	private List<IrExpr> ends(Expr.Range range) {
		return this.body.operands(List.of(() -> this.body.value(range.from(), Type.Basic.INT),
				() -> this.body.value(range.to(), Type.Basic.INT)));
	}

	private void overRange(Each e, IrExpr range, IrStmt.Label label) {
		IrExpr from = RunSide.on(RunSide.RANGE, "start", "()J", 0, range);
		IrExpr last = RunSide.on(RunSide.RANGE, "last", "()J", 0, range);
		IrExpr empty = RunSide.on(RunSide.RANGE, "isEmpty", "()Z", 0, range);
		List<IrStmt> code = this.body.collect(() -> count(e, from, last, true, label));
		this.body.emit(new IrStmt.If(empty, List.of(), code));
	}

	private void count(Each e, IrExpr from, IrExpr to, boolean inclusive, IrStmt.Label label) {
		Local counter = this.body.temporary(Kind.LONG);
		Pattern index = e.index();
		Local position = this.body.temporary(Kind.LONG);
		List<IrStmt> step = new ArrayList<>();
		if (index != null) {
			this.body.emit(new IrStmt.Set(position, new IrExpr.Const(0L, Kind.LONG)));
			step.add(new IrStmt.Set(position, plusOne(new IrExpr.Read(position), Kind.LONG)));
		}
		List<IrStmt> code = this.body.collectScope(e.turn(), () -> {
			this.body.patterns.bind(e.item(), new IrExpr.Read(counter), Type.Basic.INT);
			if (index != null) {
				this.body.patterns.bind(index, new IrExpr.Read(position), Type.Basic.INT);
			}
			e.body().run();
		});
		this.body.emit(new IrStmt.Count(label, counter, from, to, inclusive, code, step));
	}

	private static IrExpr plusOne(IrExpr value, Kind kind) {
		IrExpr one = (kind == Kind.LONG) ? new IrExpr.Const(1L, kind) : new IrExpr.Const(1, kind);
		return new IrExpr.Arithmetic(IrExpr.Op.ADD_RAW, kind, value, one, 0);
	}

	private void overList(Each e, IrExpr list, Type type, IrStmt.Label label) {
		Type element = (type instanceof Type.ListOf listOf) ? listOf.element() : Type.Basic.ANY;
		Local at = this.body.temporary(Kind.INDEX);
		this.body.emit(new IrStmt.Set(at, new IrExpr.Const(0, Kind.INDEX)));
		IrExpr now = new IrExpr.Read(at);
		IrExpr condition = new IrExpr.Compare(IrExpr.Test.LT, now,
				RunSide.on(RunSide.LIST, "size", "()I", 0, list));
		List<IrStmt> code = this.body.collectScope(e.turn(), () -> {
			IrExpr value = element(list, now, element);
			this.body.patterns.bind(e.item(), mayComeWithIndex(e, element)
					? RunSide.call(RunSide.INDEXING, "apart", "(" + RunSide.OBJ + "J)" + RunSide.OBJ, 0, value,
							new IrExpr.Convert(now, Kind.LONG))
					: value, element);
			Pattern index = e.index();
			if (index != null) {
				this.body.patterns.bind(index, new IrExpr.Convert(now, Kind.LONG), Type.Basic.INT);
			}
			e.body().run();
		});
		this.body.emit(new IrStmt.Loop(label, condition, code,
				List.of(new IrStmt.Set(at, plusOne(now, Kind.INDEX))), true));
	}

	/** Whether it is seen at run time only if {@code (a, b)} are two parts, or an element and its index. */
	private static boolean mayComeWithIndex(Each e, Type element) {
		return element == Type.Basic.ANY && e.item() instanceof Pattern.Tuple pair && pair.elements().size() == 2;
	}

	/** The element at an index that is known to exist. */
	static IrExpr element(IrExpr list, IrExpr index, Type element) {
		Kind kind = Kinds.of(element);
		IrExpr position = new IrExpr.Convert(index, Kind.LONG);
		return switch (kind) {
			case LONG -> RunSide.on(RunSide.LIST, "getLong", "(J)J", 0, list, position);
			case DOUBLE -> RunSide.on(RunSide.LIST, "getDouble", "(J)D", 0, list, position);
			case BOOL -> RunSide.on(RunSide.LIST, "getBoolean", "(J)Z", 0, list, position);
			default -> Coercion.represent(RunSide.on(RunSide.LIST, "element", "(I)" + RunSide.OBJ, 0, list, index),
					kind);
		};
	}

	/** Over the code points; the counter is the offset in code units. */
	private void overText(Each e, IrExpr text, IrStmt.Label label) {
		Local at = this.body.temporary(Kind.INDEX);
		Local codePoint = this.body.temporary(Kind.INDEX);
		this.body.emit(new IrStmt.Set(at, new IrExpr.Const(0, Kind.INDEX)));
		IrExpr now = new IrExpr.Read(at);
		IrExpr condition = new IrExpr.Compare(IrExpr.Test.LT, now,
				RunSide.on("java/lang/String", "length", "()I", 0, text));
		Position position = new Position(e);
		List<IrStmt> code = this.body.collectScope(e.turn(), () -> {
			position.bind();
			this.body.emit(new IrStmt.Set(codePoint,
					RunSide.on("java/lang/String", "codePointAt", "(I)I", 0, text, now)));
			this.body.patterns.bind(e.item(), Characters.of(new IrExpr.Read(codePoint)), Type.Basic.TEXT);
			e.body().run();
		});
		IrExpr width = RunSide.call("java/lang/Character", "charCount", "(I)I", 0, new IrExpr.Read(codePoint));
		IrStmt step = new IrStmt.Set(at, new IrExpr.Arithmetic(IrExpr.Op.ADD_RAW, Kind.INDEX, now, width, 0));
		List<IrStmt> steps = new ArrayList<>(position.step());
		steps.add(step);
		this.body.emit(new IrStmt.Loop(label, condition, code, steps, true));
	}

	private void overMap(Each e, IrExpr map, Type type, IrStmt.Label label) {
		Type key = (type instanceof Type.MapOf mapOf) ? mapOf.key() : Type.Basic.TEXT;
		Type value = (type instanceof Type.MapOf mapOf) ? mapOf.value() : recordValue(type);
		IrExpr cursor = this.body.keep(RunSide.on(RunSide.MAP, "cursor", "()L" + CURSOR + ";", 0, map));
		IrExpr more = RunSide.on(CURSOR, "advance", "()Z", 0, cursor);
		List<Pattern> pair = pair(e.item());
		Position position = new Position((pair.size() == 2) ? e : e.withoutIndex());
		List<IrStmt> code = this.body.collectScope(e.turn(), () -> {
			position.bind();
			IrExpr keyNow = Coercion.represent(RunSide.on(CURSOR, "key", "()" + RunSide.OBJ, 0, cursor),
					Kinds.of(key));
			IrExpr valueNow = Coercion.represent(RunSide.on(CURSOR, "value", "()" + RunSide.OBJ, 0, cursor),
					Kinds.of(value));
			Pattern second = e.index();
			if (pair.size() == 2) {
				this.body.patterns.bind(pair.get(0), keyNow, key);
				this.body.patterns.bind(pair.get(1), valueNow, value);
			}
			else {
				this.body.patterns.bind(e.item(), keyNow, key);
				if (second != null) {
					this.body.patterns.bind(second, valueNow, value);
				}
			}
			e.body().run();
		});
		this.body.emit(new IrStmt.Loop(label, more, code, position.step(), true));
	}

	private Type recordValue(Type type) {
		return (type instanceof Type.RecordOf record) ? Type.union(List.copyOf(record.fields().values()))
				: Type.Basic.ANY;
	}

	private static List<Pattern> pair(Pattern item) {
		return switch (item) {
			case Pattern.ListOf list when list.rest() == null -> list.elements();
			case Pattern.Tuple tuple -> tuple.elements();
			default -> List.of();
		};
	}

	/** Counts the turns for the name after the comma, where the source has no counter of its own. */
	private final class Position {

		private final @Nullable Pattern index;

		private final Local counter;

		Position(Each e) {
			this.index = e.index();
			this.counter = LoopLowering.this.body.temporary(Kind.LONG);
			if (this.index != null) {
				LoopLowering.this.body.emit(new IrStmt.Set(this.counter, new IrExpr.Const(0L, Kind.LONG)));
			}
		}

		/** Part of a turn, as a closure may hold the variable. */
		void bind() {
			if (this.index != null) {
				LoopLowering.this.body.patterns.bind(this.index, new IrExpr.Read(this.counter), Type.Basic.INT);
			}
		}

		List<IrStmt> step() {
			return (this.index == null) ? List.of()
					: List.of(new IrStmt.Set(this.counter, plusOne(new IrExpr.Read(this.counter), Kind.LONG)));
		}

	}

	/** Only when it runs it is known whether the name after the comma is an index or the value of a key. */
	private void overAnyIndexed(Each e, Pattern index, IrExpr source, IrStmt.Label label) {
		Type element = elementOf(this.body.type(e.source()));
		IrExpr iterator = this.body.keep(RunSide.call(RunSide.INDEXING, "iterateIndexed",
				"(" + RunSide.OBJ + RunSide.STR + ")Ljava/util/Iterator;", this.body.lineOf(e.node()),
				Coercion.represent(source, Kind.ANY), new IrExpr.Const(this.body.shortSource(e.source()), Kind.TEXT)));
		IrExpr more = RunSide.call(RunSide.VALUES, "hasNext", "(" + RunSide.OBJ + ")Z", 0, iterator);
		List<IrStmt> code = this.body.collectScope(e.turn(), () -> {
			IrExpr pair = this.body
				.keep(RunSide.call(RunSide.VALUES, "next", "(" + RunSide.OBJ + ")" + RunSide.OBJ, 0, iterator));
			this.body.patterns.bind(e.item(), Coercion.represent(part(pair, 0), Kinds.of(element)), element);
			this.body.patterns.bind(index, part(pair, 1), Type.Basic.ANY);
			e.body().run();
		});
		this.body.emit(new IrStmt.Loop(label, more, code, List.of(), true));
	}

	private static IrExpr part(IrExpr pair, int index) {
		return RunSide.call(RunSide.INDEXING, "part", "(" + RunSide.OBJ + "I)" + RunSide.OBJ, 0, pair,
				new IrExpr.Const(index, Kind.INDEX));
	}

	private void overAny(Each e, IrExpr source, IrStmt.Label label) {
		Pattern second = e.index();
		if (second != null && Kinds.present(this.body.type(e.source())) == Type.Basic.ANY) {
			overAnyIndexed(e, second, source, label);
			return;
		}
		boolean pairs = pair(e.item()).size() == 2;
		Type element = elementOf(this.body.type(e.source()));
		String walk = mayComeWithIndex(e, element) ? "iterateApart" : pairs ? "iteratePairs" : "iterate";
		IrExpr iterator = this.body.keep(RunSide.call(RunSide.INDEXING, walk,
				"(" + RunSide.OBJ + RunSide.STR + ")Ljava/util/Iterator;", this.body.lineOf(e.node()),
				Coercion.represent(source, Kind.ANY), new IrExpr.Const(this.body.shortSource(e.source()), Kind.TEXT)));
		IrExpr more = RunSide.call(RunSide.VALUES, "hasNext", "(" + RunSide.OBJ + ")Z", 0, iterator);
		Position position = new Position(e);
		List<IrStmt> code = this.body.collectScope(e.turn(), () -> {
			position.bind();
			IrExpr next = RunSide.call(RunSide.VALUES, "next", "(" + RunSide.OBJ + ")" + RunSide.OBJ, 0, iterator);
			this.body.patterns.bind(e.item(), Coercion.represent(next, Kinds.of(element)), element);
			e.body().run();
		});
		this.body.emit(new IrStmt.Loop(label, more, code, position.step(), true));
	}

	private static Type elementOf(Type source) {
		return switch (Kinds.present(source)) {
			case Type.ListOf list -> list.element();
			case Type.Basic basic when basic == Type.Basic.TEXT -> Type.Basic.TEXT;
			case Type.Basic basic when basic == Type.Basic.RANGE -> Type.Basic.INT;
			case Type.QueryOf query -> new Type.EntityOf(query.symbol());
			default -> Type.Basic.ANY;
		};
	}

	void forC(Expr.ForC e, Dest dest) {
		loop(e.label(), e, dest, label -> {
			Stmt init = e.init();
			if (init != null) {
				this.body.statements.statement(init);
			}
			conditionLoop(e.condition(), e.body(), e, label, () -> {
				this.body.assignments.renewLoopVariable(e);
				Expr step = e.step();
				if (step != null) {
					this.body.emit(step, Dest.DROP);
				}
			});
		});
	}

	void whileLoop(Expr.While e, Dest dest) {
		if (e.bodyFirst()) {
			loop(e.label(), e, dest, label -> doLoop(e, label));
			return;
		}
		loop(e.label(), e, dest, label -> conditionLoop(e.condition(), e.body(), e, label, () -> {
		}));
	}

	/** The condition ends the turn; {@code continue} leaves the body before it. */
	private void doLoop(Expr.While e, IrStmt.Label label) {
		IrStmt.Label turn = new IrStmt.Label("turn");
		List<IrStmt> code = this.body.collectScope(e.body().span(), () -> {
			BodyLowering.LoopScope scope = this.body.loops.pop();
			this.body.loops.push(scope.withTurn(turn));
			List<IrStmt> once = this.body.collect(() -> this.body.block(e.body(), Dest.DROP));
			this.body.loops.pop();
			this.body.loops.push(scope);
			this.body.emit(new IrStmt.Block(turn, once));
			this.body.control.testAll(e.condition(), label);
		});
		this.body.emit(new IrStmt.Loop(label, null, code, List.of(), true));
	}

	/** The condition is part of the turn when it needs statements of its own. */
	private void conditionLoop(@Nullable Expr condition, Part.Block block, Expr e, IrStmt.Label label, Runnable step) {
		IrExpr[] test = new IrExpr[1];
		List<IrStmt> before = List.of();
		boolean let = condition != null && holdsLet(condition);
		if (condition != null && !let) {
			before = this.body.collect(() -> outside().accept(() -> test[0] = this.body.condition(condition)));
		}
		List<IrStmt> prepared = before;
		boolean simple = prepared.isEmpty() && !let;
		List<IrStmt> code = this.body.collectScope(block.span(), () -> {
			if (let && condition != null) {
				outside().accept(() -> this.body.control.testAll(condition, label));
			}
			else if (!simple) {
				prepared.forEach(this.body::emit);
				this.body.control.leaveUnless(test[0], label);
			}
			this.body.block(block, Dest.DROP);
		});
		IrExpr head = simple ? test[0] : null;
		if (head instanceof IrExpr.Const constant && Boolean.TRUE.equals(constant.value())) {
			head = null;
		}
		this.body.emit(new IrStmt.Loop(label, head, code, this.body.collect(step), true));
	}

	private static boolean holdsLet(Expr condition) {
		return condition instanceof Expr.Let || condition instanceof Expr.Binary both
				&& both.op() == Expr.BinaryOp.AND && (holdsLet(both.left()) || holdsLet(both.right()));
	}

	/** A block, which {@code break} may leave where it is that of a case. */
	void block(Expr.BlockOf e, Dest dest) {
		if (e.label() == null) {
			this.body.block(e.block(), dest);
			return;
		}
		IrStmt.Label end = new IrStmt.Label("case");
		this.body.loops.push(
			new BodyLowering.LoopScope(e.label(), end, null, Type.Basic.NONE, this.body.tryDepth(), null));
		List<IrStmt> code = this.body.collect(() -> this.body.block(e.block(), Dest.DROP));
		this.body.loops.pop();
		this.body.emit(new IrStmt.Block(end, code));
		this.body.finishNone(dest, e);
	}

	void breakLoop(Expr.Break e) {
		BodyLowering.LoopScope scope = find(e.label());
		if (scope == null) {
			this.body.unsupported(e, "'break' here");
			return;
		}
		Expr value = e.value();
		Local result = scope.result();
		if (value != null && result != null) {
			this.body.emit(value, new Dest.Into(result, scope.resultType()));
		}
		else if (value != null) {
			this.body.emit(value, Dest.DROP);
		}
		this.body.emit(new IrStmt.Break(scope.label()));
	}

	void continueLoop(Expr.Continue e) {
		BodyLowering.LoopScope scope = find(e.label());
		if (scope == null) {
			this.body.unsupported(e, "'continue' here");
			return;
		}
		IrStmt.Label turn = scope.turn();
		this.body.emit((turn != null) ? new IrStmt.Break(turn) : new IrStmt.Continue(scope.label()));
	}

	private BodyLowering.@Nullable LoopScope find(@Nullable String label) {
		for (BodyLowering.LoopScope scope : this.body.loops) {
			if (Expr.BlockOf.isMeant(label, scope.name())) {
				return scope;
			}
		}
		return null;
	}

}
