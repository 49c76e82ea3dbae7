package dev.flin.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinBugException;

/**
 * Writes loops so that the JIT compiler takes them for counted ones. Every loop polls; a short one does so once in
 * many turns, and is free of anything but its own code in between.
 */
final class LoopGenerator {

	private static final String COUNTING = Jvm.LINK + "Counting";

	private static final String WIDE = Jvm.LINK + "WideRanges";

	/** How many turns of a loop with a condition lie between two polls; a power of two. */
	private static final int TURNS_PER_POLL = 1_024;

	/** As above, of a loop whose operators are mostly short. */
	private static final int TURNS_PER_POLL_MOSTLY = 16;

	/** Where ranges may end that are not wide: with one more it is an int of Java. */
	private static final Range LAST = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE - 1L);

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final StatementGenerator statements;

	private final ExpressionGenerator expressions;

	LoopGenerator(MethodFrame frame, StatementGenerator statements, ExpressionGenerator expressions) {
		this.frame = frame;
		this.mv = frame.mv;
		this.statements = statements;
		this.expressions = expressions;
	}

	void loop(IrStmt.Loop loop) {
		Set<?> storages = this.expressions.storages().enter(List.of(loop));
		withStorages(loop);
		this.expressions.storages().leave(storages);
	}

	/**
	 * Where a loop polls once in many turns, a loop of so many turns stands inside one that polls: the JIT compiler
	 * then counts them, and has nothing else to do between two turns.
	 */
	private void withStorages(IrStmt.Loop loop) {
		Label outer = new Label();
		Label top = new Label();
		Label next = new Label();
		Label end = new Label();
		int polls = loop.checkpoint() ? this.frame.newSlot(Kind.INDEX) : -1;
		int turns = loop.checkpoint() ? turnsPerPoll(loop) : 0;
		if (polls >= 0) {
			this.mv.visitInsn(Opcodes.ICONST_0);
			this.mv.visitVarInsn(Opcodes.ISTORE, polls);
		}
		this.statements.label(outer);
		int left = (turns > 1) ? this.frame.newSlot(Kind.INDEX) : -1;
		if (left >= 0) {
			this.expressions.intConstant(turns);
			this.mv.visitVarInsn(Opcodes.ISTORE, left);
		}
		this.statements.label(top);
		if (loop.condition() != null) {
			this.expressions.jump(loop.condition(), end, false);
		}
		Facts.Saved known = this.frame.facts.save();
		if (loop.condition() != null) {
			this.frame.facts.assume(loop.condition(), true);
		}
		this.statements.turn(loop.label(), loop.body(), end, next);
		this.frame.facts.restore(known);
		this.statements.label(next);
		if (this.statements.block(loop.step())) {
			if (left >= 0) {
				this.mv.visitIincInsn(left, -1);
				this.mv.visitVarInsn(Opcodes.ILOAD, left);
				this.mv.visitJumpInsn(Opcodes.IFGT, top);
			}
			if (polls >= 0) {
				pollAfterTurn(polls, 1);
			}
			this.mv.visitJumpInsn(Opcodes.GOTO, outer);
		}
		this.statements.label(end);
	}

	private int turnsPerPoll(IrStmt.Loop loop) {
		List<IrStmt> turn = new ArrayList<>(loop.body());
		turn.addAll(loop.step());
		if (loop.condition() != null) {
			turn.add(new IrStmt.Eval(loop.condition()));
		}
		if (isShort(turn)) {
			return TURNS_PER_POLL;
		}
		return (isMostlyShort(turn) || isShortBesideLoops(turn)) ? TURNS_PER_POLL_MOSTLY : 1;
	}

	private boolean isShort(List<IrStmt> code) {
		return ShortCode.is(code, this.frame.function);
	}

	private boolean isMostlyShort(List<IrStmt> code) {
		return ShortCode.isMostly(code, this.frame.function);
	}

	private boolean isShortBesideLoops(List<IrStmt> code) {
		return ShortCode.isBesideLoops(code, this.frame.function);
	}

	/** Polls once in as many turns, a power of two, with a part of the number of the turn, and counts the turn. */
	private void pollAfterTurn(int countSlot, int turnsPerPoll) {
		Label skip = new Label();
		if (turnsPerPoll > 1) {
			this.mv.visitVarInsn(Opcodes.ILOAD, countSlot);
			this.mv.visitIntInsn(Opcodes.SIPUSH, turnsPerPoll - 1);
			this.mv.visitInsn(Opcodes.IAND);
			// Not at the first turn: loops of a few turns need no poll of their own.
			this.mv.visitIntInsn(Opcodes.SIPUSH, turnsPerPoll - 1);
			this.mv.visitJumpInsn(Opcodes.IF_ICMPNE, skip);
		}
		poll(countSlot, Integer.numberOfTrailingZeros(turnsPerPoll), skip);
		this.mv.visitLabel(skip);
		this.mv.visitIincInsn(countSlot, 1);
	}

	/**
	 * Polls with a part of the count, and jumps where nothing is to be stopped. It stands here in full: a call would
	 * not be inlined where another loop turns more often, and cost what the JIT compiler keeps in registers.
	 */
	private void poll(int countSlot, int shift, Label goOn) {
		this.frame.loadContext();
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "stopMarks", "()[I", false);
		this.mv.visitVarInsn(Opcodes.ILOAD, countSlot);
		if (shift > 0) {
			this.mv.visitIntInsn(Opcodes.BIPUSH, shift);
			this.mv.visitInsn(Opcodes.ISHR);
		}
		this.mv.visitIntInsn(Opcodes.BIPUSH, FlinContext.STOP_MARKS - 1);
		this.mv.visitInsn(Opcodes.IAND);
		this.mv.visitInsn(Opcodes.IALOAD);
		this.mv.visitJumpInsn(Opcodes.IFEQ, goOn);
		this.frame.loadContext();
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "interrupted", "()V", false);
	}

	/**
	 * The slots of a counted loop: the counter has the count's value, in a wide range the sum of base and count.
	 * @param wide -1 when the range surely is not
	 */
	private record Slots(int last, int wide, int base, int count, int limit, Label start) {
	}

	/**
	 * A range is wide when it does not lie in the ints of Java. As hardly any is, the JIT compiler leaves out what is
	 * done for it.
	 * <pre>
	 * last = to; wide = whether the range is; base = wide ? from : 0; count = wide ? 0 : from
	 * piece: limit = wide ? where this piece ends : last + 1
	 * turns: while count &lt; limit { counter = wide ? base + count : count; body; step; count++; poll }
	 * if wide and counter is not yet last: base += limit; count = 0; goto piece
	 * </pre>
	 */
	void count(IrStmt.Count loop) {
		if (isNarrow(loop)) {
			narrow(loop);
		}
		else {
			wide(loop);
		}
	}

	private void wide(IrStmt.Count loop) {
		Label end = new Label();
		Label piece = new Label();
		Slots slots = begin(loop, piece, end);
		this.statements.label(piece);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, WIDE, "limit", "(JJ)I", false);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.limit());
		this.statements.label(slots.start());
		Set<?> storages = this.expressions.storages().enter(turn(loop));
		Label pieceEnd = new Label();
		allTurns(loop, slots, pieceEnd, end);
		this.statements.label(pieceEnd);
		nextPiece(slots, piece, end);
		this.statements.label(end);
		this.expressions.storages().leave(storages);
	}

	private void allTurns(IrStmt.Count loop, Slots slots, Label done, Label end) {
		long count = constantCount(loop);
		List<IrStmt> turn = turn(loop);
		if (isShort(turn)) {
			// The size of collections is limited, so a short loop over one is as good as a poll between two others.
			if (count <= TURNS_PER_POLL || isSize(loop.to())) {
				turns(loop, slots, slots.limit(), 0, done, end);
			}
			else {
				chunks(loop, slots, done, end);
			}
		}
		else if (isMostlyShort(turn)) {
			boolean few = count <= TURNS_PER_POLL / TURNS_PER_POLL_MOSTLY;
			turns(loop, slots, slots.limit(), few ? 0 : TURNS_PER_POLL_MOSTLY, done, end);
		}
		else {
			turns(loop, slots, slots.limit(), isShortBesideLoops(turn) ? TURNS_PER_POLL_MOSTLY : 1, done, end);
		}
	}

	/** How often a loop turns, when constants say so; else more often than anything. */
	private static long constantCount(IrStmt.Count loop) {
		return (loop.from() instanceof IrExpr.Const from && from.value() instanceof Long first
				&& loop.to() instanceof IrExpr.Const to && to.value() instanceof Long last && isInt(first)
				&& isInt(last)) ? last - first + 1 : Long.MAX_VALUE;
	}

	private static boolean isInt(long value) {
		return LAST.has(value);
	}

	/** Whether a range surely is not wide: it ends at a size or something else small, and so it starts. */
	private boolean isNarrow(IrStmt.Count loop) {
		Bounds bounds = this.frame.facts.bounds;
		boolean ends = isSize(loop.to()) || bounds.of(loop.to()).isWithin(LAST);
		return ends && (isNotNegative(loop.from()) || bounds.of(loop.from()).low() >= Integer.MIN_VALUE);
	}

	static boolean isSize(IrExpr value) {
		return switch (value) {
			case IrExpr.Convert convert -> convert.value() instanceof IrExpr.Invoke invoke
					&& invoke.target().name().equals("size") && invoke.kind() == Kind.INDEX;
			case IrExpr.Invoke invoke -> isLength(invoke.target());
			default -> false;
		};
	}

	private static boolean isLength(JavaMethod method) {
		return method.name().equals("len") && method.owner().equals("dev/flin/runtime/lib/ListFunctions");
	}

	/** A loop over a range that is not wide: what {@link #wide} does without the cases that cannot be. */
	private void narrow(IrStmt.Count loop) {
		Label end = new Label();
		Slots slots = new Slots(this.frame.newSlot(Kind.LONG), -1, this.frame.newSlot(Kind.LONG),
				this.frame.newSlot(Kind.INDEX), this.frame.newSlot(Kind.INDEX), new Label());
		if (constantCount(loop) < Long.MAX_VALUE) {
			constant(loop.from(), 0, slots.count());
			constant(loop.to(), loop.inclusive() ? 1 : 0, slots.limit());
		}
		else {
			beginNarrow(loop, slots, end);
		}
		Set<?> storages = this.expressions.storages().enter(turn(loop));
		allTurns(loop, slots, end, end);
		this.statements.label(end);
		this.expressions.storages().leave(storages);
	}

	private void constant(IrExpr end, int more, int slot) {
		if (!(end instanceof IrExpr.Const constant && constant.value() instanceof Long number)) {
			throw new FlinBugException("no constant: " + end);
		}
		this.expressions.intConstant(number.intValue() + more);
		this.mv.visitVarInsn(Opcodes.ISTORE, slot);
	}

	private void beginNarrow(IrStmt.Count loop, Slots slots, Label end) {
		this.expressions.push(loop.from(), Kind.LONG);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.base());
		this.expressions.push(loop.to(), Kind.LONG);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.last());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		this.mv.visitInsn(Opcodes.LCMP);
		this.mv.visitJumpInsn(loop.inclusive() ? Opcodes.IFGT : Opcodes.IFGE, end);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitInsn(Opcodes.L2I);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		this.mv.visitInsn(Opcodes.L2I);
		if (loop.inclusive()) {
			this.mv.visitInsn(Opcodes.ICONST_1);
			this.mv.visitInsn(Opcodes.IADD);
		}
		if (this.frame.facts.bounds.of(loop.to()).isNotNegative()) {
			notNegative();
		}
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.limit());
	}

	private void nextPiece(Slots slots, Label piece, Label end) {
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.wide());
		this.mv.visitJumpInsn(Opcodes.IFEQ, end);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.limit());
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, WIDE, "next", "(JI)J", false);
		this.mv.visitInsn(Opcodes.DUP2);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.base());
		this.mv.visitInsn(Opcodes.LCONST_1);
		this.mv.visitInsn(Opcodes.LSUB);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		this.mv.visitInsn(Opcodes.LCMP);
		this.mv.visitJumpInsn(Opcodes.IFEQ, end);
		this.mv.visitInsn(Opcodes.ICONST_0);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
		this.mv.visitJumpInsn(Opcodes.GOTO, piece);
	}

	/** Everything that is done again and again. */
	private static List<IrStmt> turn(IrStmt.Count loop) {
		List<IrStmt> code = new ArrayList<>(loop.body());
		code.addAll(loop.step());
		return code;
	}

	private Slots begin(IrStmt.Count loop, Label piece, Label end) {
		int from = this.frame.newSlot(Kind.LONG);
		Slots slots = new Slots(this.frame.newSlot(Kind.LONG), this.frame.newSlot(Kind.INDEX),
				this.frame.newSlot(Kind.LONG), this.frame.newSlot(Kind.INDEX), this.frame.newSlot(Kind.INDEX),
				new Label());
		this.expressions.push(loop.from(), Kind.LONG);
		this.mv.visitVarInsn(Opcodes.LSTORE, from);
		this.expressions.push(loop.to(), Kind.LONG);
		this.mv.visitInsn(Opcodes.DUP2);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.last());
		this.mv.visitVarInsn(Opcodes.LLOAD, from);
		this.mv.visitInsn(Opcodes.LCMP);
		this.mv.visitJumpInsn(loop.inclusive() ? Opcodes.IFLT : Opcodes.IFLE, end);
		if (!loop.inclusive()) {
			this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
			this.mv.visitInsn(Opcodes.LCONST_1);
			this.mv.visitInsn(Opcodes.LSUB);
			this.mv.visitVarInsn(Opcodes.LSTORE, slots.last());
		}
		this.mv.visitVarInsn(Opcodes.LLOAD, from);
		this.mv.visitInsn(Opcodes.DUP2);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.base());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		helper("isWide", "(JJ)Z");
		this.mv.visitInsn(Opcodes.DUP);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.wide());
		this.mv.visitInsn(Opcodes.ICONST_0);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
		this.mv.visitJumpInsn(Opcodes.IFNE, piece);
		this.mv.visitVarInsn(Opcodes.LLOAD, from);
		this.mv.visitInsn(Opcodes.L2I);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		this.mv.visitInsn(Opcodes.L2I);
		this.mv.visitInsn(Opcodes.ICONST_1);
		this.mv.visitInsn(Opcodes.IADD);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.limit());
		this.mv.visitJumpInsn(Opcodes.GOTO, slots.start());
		return slots;
	}

	/** Polls between runs of turns: a loop of a few turns does not, but what is around it does. */
	private void chunks(IrStmt.Count loop, Slots slots, Label pieceEnd, Label end) {
		int stop = this.frame.newSlot(Kind.INDEX);
		Label chunk = new Label();
		Label chunkEnd = new Label();
		this.statements.label(chunk);
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.limit());
		helper("chunk", "(II)I");
		this.mv.visitVarInsn(Opcodes.ISTORE, stop);
		turns(loop, slots, stop, 0, chunkEnd, end);
		this.statements.label(chunkEnd);
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.limit());
		this.mv.visitJumpInsn(Opcodes.IF_ICMPGE, pieceEnd);
		Label goOn = new Label();
		poll(slots.count(), Integer.numberOfTrailingZeros(TURNS_PER_POLL), goOn);
		this.mv.visitLabel(goOn);
		if (isNotNegative(loop.from())) {
			this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
			notNegative();
			this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
		}
		this.mv.visitJumpInsn(Opcodes.GOTO, chunk);
	}

	/** Changes nothing, but tells the JIT compiler what it does not see about the number on the stack. */
	private void notNegative() {
		this.mv.visitInsn(Opcodes.ICONST_0);
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "max", "(II)I", false);
	}

	/** @param turnsPerPoll 0 for none */
	private void turns(IrStmt.Count loop, Slots slots, int stop, int turnsPerPoll, Label done, Label end) {
		Label top = new Label();
		Label next = new Label();
		this.statements.label(top);
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitVarInsn(Opcodes.ILOAD, stop);
		this.mv.visitJumpInsn(Opcodes.IF_ICMPGE, done);
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitInsn(Opcodes.I2L);
		if (slots.wide() >= 0) {
			Label narrow = new Label();
			this.mv.visitVarInsn(Opcodes.ILOAD, slots.wide());
			this.mv.visitJumpInsn(Opcodes.IFEQ, narrow);
			this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
			this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, WIDE, "counter", "(JJ)J", false);
			this.mv.visitLabel(narrow);
		}
		this.frame.store(loop.counter());
		this.frame.facts.assigned(loop.counter(), counted(loop));
		this.frame.counts(loop.counter(), slots.count(), slots.wide());
		this.statements.turn(loop.label(), loop.body(), end, next);
		this.statements.label(next);
		this.statements.block(loop.step());
		this.frame.countsNoMore(loop.counter());
		if (turnsPerPoll > 0) {
			pollAfterTurn(slots.count(), turnsPerPoll);
		}
		else {
			this.mv.visitIincInsn(slots.count(), 1);
		}
		this.mv.visitJumpInsn(Opcodes.GOTO, top);
	}

	/** Between which values the counter of a loop lies. */
	private Range counted(IrStmt.Count loop) {
		Bounds bounds = this.frame.facts.bounds;
		Range from = bounds.of(loop.from());
		Range to = bounds.of(loop.to());
		return new Range(from.low(), Long.MAX_VALUE)
			.meet(loop.inclusive() ? new Range(Long.MIN_VALUE, to.high()) : to.below());
	}

	private boolean isNotNegative(IrExpr value) {
		return this.frame.facts.bounds.of(value).isNotNegative() || isNotNegative(value, 0);
	}

	/** Whether an int is surely not negative, as an index that counts up from the start of a list. */
	private boolean isNotNegative(IrExpr value, int depth) {
		return switch (value) {
			case IrExpr.Const constant -> constant.value() instanceof Long number && number >= 0;
			case IrExpr.Convert convert -> isSize(convert);
			case IrExpr.Invoke invoke -> isLength(invoke.target());
			case IrExpr.Arithmetic sum when sum.op() == IrExpr.Op.ADD && sum.right() != null && depth < 8 ->
				isNotNegative(sum.left(), depth + 1) && isNotNegative(sum.right(), depth + 1);
			case IrExpr.Read read when depth < 8 -> {
				IrExpr assigned = this.frame.onlyValue(read.local());
				yield assigned != null && isNotNegative(assigned, depth + 1);
			}
			default -> false;
		};
	}

	private void helper(String name, String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTING, name, descriptor, false);
	}

}
