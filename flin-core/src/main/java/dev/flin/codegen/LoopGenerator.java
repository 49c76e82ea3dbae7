package dev.flin.codegen;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Writes loops so that the JIT compiler takes them for counted ones. Every loop polls; a short one does so once in
 * many turns, and is free of anything but its own code in between.
 */
final class LoopGenerator {

	private static final String COUNTING = Jvm.LINK + "Counting";

	private static final String POLL = "(I)V";

	/** How many turns of a loop with a condition lie between two polls; a power of two. */
	private static final int TURNS_PER_POLL = 1_024;

	/** As above, of loops whose code is not short but brief. Few: loops in one another multiply them. */
	private static final int BRIEF_TURNS_PER_POLL = 8;

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final StatementGenerator statements;

	private final ExpressionGenerator expressions;

	/** What is assigned to locals that are assigned once, null for others; made when first needed. */
	private @Nullable Map<Local, @Nullable IrExpr> assignments;

	LoopGenerator(MethodFrame frame, StatementGenerator statements, ExpressionGenerator expressions) {
		this.frame = frame;
		this.mv = frame.mv;
		this.statements = statements;
		this.expressions = expressions;
	}

	/**
	 * A loop of short code is two, one in the other: the inner one has an end that the JIT compiler knows, the outer
	 * polls.
	 */
	void loop(IrStmt.Loop loop) {
		Set<?> storages = this.expressions.storages().enter(List.of(loop));
		withStorages(loop);
		this.expressions.storages().leave(storages);
	}

	private void withStorages(IrStmt.Loop loop) {
		Label top = new Label();
		Label poll = new Label();
		Label next = new Label();
		Label end = new Label();
		int polls = loop.checkpoint() ? this.frame.newSlot(Kind.INDEX) : -1;
		int turns = (loop.checkpoint() && isShort(loop)) ? this.frame.newSlot(Kind.INDEX) : -1;
		if (polls >= 0) {
			this.mv.visitInsn(Opcodes.ICONST_0);
			this.mv.visitVarInsn(Opcodes.ISTORE, polls);
		}
		if (turns >= 0) {
			Label first = new Label();
			this.mv.visitJumpInsn(Opcodes.GOTO, first);
			this.statements.label(poll);
			poll(polls);
			this.statements.label(first);
			this.mv.visitInsn(Opcodes.ICONST_0);
			this.mv.visitVarInsn(Opcodes.ISTORE, turns);
		}
		this.statements.label(top);
		if (turns >= 0) {
			this.mv.visitVarInsn(Opcodes.ILOAD, turns);
			this.mv.visitIntInsn(Opcodes.SIPUSH, TURNS_PER_POLL);
			this.mv.visitJumpInsn(Opcodes.IF_ICMPGE, poll);
		}
		if (loop.condition() != null) {
			this.expressions.jump(loop.condition(), end, false);
		}
		this.statements.turn(loop.label(), loop.body(), end, next);
		this.statements.label(next);
		if (this.statements.block(loop.step())) {
			if (turns >= 0) {
				this.mv.visitIincInsn(turns, 1);
			}
			else if (polls >= 0) {
				pollAfterTurn(polls, isBrief(loop));
			}
			this.mv.visitJumpInsn(Opcodes.GOTO, top);
		}
		this.statements.label(end);
	}

	private boolean isShort(IrStmt.Loop loop) {
		IrExpr condition = loop.condition();
		return isShort(loop.body()) && isShort(loop.step())
				&& (condition == null || isShort(List.of(new IrStmt.Eval(condition))));
	}

	private boolean isShort(List<IrStmt> code) {
		return ShortCode.is(code, this.frame.function);
	}

	private boolean isBrief(IrStmt.Loop loop) {
		IrExpr condition = loop.condition();
		return isBrief(loop.body(), loop.step())
				&& (condition == null || isBrief(List.of(new IrStmt.Eval(condition)), List.of()));
	}

	private boolean isBrief(List<IrStmt> body, List<IrStmt> step) {
		return ShortCode.isBrief(body, this.frame.function) && ShortCode.isBrief(step, this.frame.function);
	}

	/** Polls, with the number of the turn or a part of it, and counts the turn. */
	private void pollAfterTurn(int countSlot, boolean brief) {
		if (!brief) {
			poll(countSlot);
			return;
		}
		Label skip = new Label();
		this.mv.visitVarInsn(Opcodes.ILOAD, countSlot);
		this.mv.visitIntInsn(Opcodes.BIPUSH, BRIEF_TURNS_PER_POLL - 1);
		this.mv.visitInsn(Opcodes.IAND);
		// Not at the first turn: loops of a few turns need no poll of their own.
		this.mv.visitIntInsn(Opcodes.BIPUSH, BRIEF_TURNS_PER_POLL - 1);
		this.mv.visitJumpInsn(Opcodes.IF_ICMPNE, skip);
		this.frame.loadContext();
		this.mv.visitVarInsn(Opcodes.ILOAD, countSlot);
		this.mv.visitIntInsn(Opcodes.BIPUSH, Integer.numberOfTrailingZeros(BRIEF_TURNS_PER_POLL));
		this.mv.visitInsn(Opcodes.ISHR);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "poll", POLL, false);
		this.mv.visitLabel(skip);
		this.mv.visitIincInsn(countSlot, 1);
	}

	/** Polls with a number that counts the polls. */
	private void poll(int countSlot) {
		this.frame.loadContext();
		this.mv.visitVarInsn(Opcodes.ILOAD, countSlot);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "poll", POLL, false);
		this.mv.visitIincInsn(countSlot, 1);
	}

	/** The slots of a counted loop: the value of the counter is always the sum of base and count. */
	private record Slots(int last, int base, int count, int limit) {
	}

	/**
	 * <pre>
	 * last = to; base = 0; if range is not narrow: base = from
	 * count = from - base
	 * piece: limit = where this piece ends
	 * turns: while count &lt; limit { counter = base + count; body; step; count++; poll }
	 * if counter is not yet last: base += limit; count = 0; goto piece
	 * </pre>
	 */
	void count(IrStmt.Count loop) {
		Label end = new Label();
		Slots slots = begin(loop, end);
		Set<?> storages = this.expressions.storages().enter(turn(loop));
		Label piece = new Label();
		Label pieceEnd = new Label();
		this.statements.label(piece);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		helper("limit", "(JJ)I");
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.limit());
		if (isShort(loop.body()) && isShort(loop.step())) {
			chunks(loop, slots, pieceEnd, end);
		}
		else {
			turns(loop, slots, slots.limit(), true, pieceEnd, end);
		}
		this.statements.label(pieceEnd);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.limit());
		this.mv.visitInsn(Opcodes.I2L);
		this.mv.visitInsn(Opcodes.LADD);
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
		this.statements.label(end);
		this.expressions.storages().leave(storages);
	}

	/** Everything that is done again and again. */
	private static List<IrStmt> turn(IrStmt.Count loop) {
		List<IrStmt> code = new ArrayList<>(loop.body());
		code.addAll(loop.step());
		return code;
	}

	private Slots begin(IrStmt.Count loop, Label end) {
		int from = this.frame.newSlot(Kind.LONG);
		Slots slots = new Slots(this.frame.newSlot(Kind.LONG), this.frame.newSlot(Kind.LONG),
				this.frame.newSlot(Kind.INDEX), this.frame.newSlot(Kind.INDEX));
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
		this.mv.visitInsn(Opcodes.LCONST_0);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.base());
		this.mv.visitVarInsn(Opcodes.LLOAD, from);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.last());
		helper("isNarrow", "(JJ)Z");
		Label narrow = new Label();
		this.mv.visitJumpInsn(Opcodes.IFNE, narrow);
		this.mv.visitVarInsn(Opcodes.LLOAD, from);
		this.mv.visitVarInsn(Opcodes.LSTORE, slots.base());
		this.mv.visitLabel(narrow);
		this.mv.visitVarInsn(Opcodes.LLOAD, from);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitInsn(Opcodes.LSUB);
		this.mv.visitInsn(Opcodes.L2I);
		this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
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
		turns(loop, slots, stop, false, chunkEnd, end);
		this.statements.label(chunkEnd);
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.limit());
		this.mv.visitJumpInsn(Opcodes.IF_ICMPGE, pieceEnd);
		this.frame.loadContext();
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitIntInsn(Opcodes.BIPUSH, Integer.numberOfTrailingZeros(TURNS_PER_POLL));
		this.mv.visitInsn(Opcodes.ISHR);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "poll", POLL, false);
		if (isNotNegative(loop.from(), 0)) {
			// Changes nothing, but tells the JIT compiler what it no longer sees.
			this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
			this.mv.visitInsn(Opcodes.ICONST_0);
			this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "max", "(II)I", false);
			this.mv.visitVarInsn(Opcodes.ISTORE, slots.count());
		}
		this.mv.visitJumpInsn(Opcodes.GOTO, chunk);
	}

	private void turns(IrStmt.Count loop, Slots slots, int stop, boolean polls, Label done, Label end) {
		Label top = new Label();
		Label next = new Label();
		this.statements.label(top);
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitVarInsn(Opcodes.ILOAD, stop);
		this.mv.visitJumpInsn(Opcodes.IF_ICMPGE, done);
		this.mv.visitVarInsn(Opcodes.LLOAD, slots.base());
		this.mv.visitVarInsn(Opcodes.ILOAD, slots.count());
		this.mv.visitInsn(Opcodes.I2L);
		this.mv.visitInsn(Opcodes.LADD);
		this.frame.store(loop.counter());
		this.statements.turn(loop.label(), loop.body(), end, next);
		this.statements.label(next);
		this.statements.block(loop.step());
		if (polls) {
			pollAfterTurn(slots.count(), isBrief(loop.body(), loop.step()));
		}
		else {
			this.mv.visitIincInsn(slots.count(), 1);
		}
		this.mv.visitJumpInsn(Opcodes.GOTO, top);
	}

	/** Whether an int is surely not negative, as an index that counts up from the start of a list. */
	private boolean isNotNegative(IrExpr value, int depth) {
		return switch (value) {
			case IrExpr.Const constant -> constant.value() instanceof Long number && number >= 0;
			case IrExpr.Convert convert -> convert.value() instanceof IrExpr.Invoke invoke
					&& invoke.target().name().equals("size");
			case IrExpr.Arithmetic sum when sum.op() == IrExpr.Op.ADD && sum.right() != null && depth < 8 ->
				isNotNegative(sum.left(), depth + 1) && isNotNegative(sum.right(), depth + 1);
			case IrExpr.Read read when depth < 8 -> {
				IrExpr assigned = assignments().get(read.local());
				yield assigned != null && isNotNegative(assigned, depth + 1);
			}
			default -> false;
		};
	}

	private Map<Local, @Nullable IrExpr> assignments() {
		Map<Local, @Nullable IrExpr> known = this.assignments;
		if (known != null) {
			return known;
		}
		Map<Local, @Nullable IrExpr> found = new IdentityHashMap<>();
		this.frame.function.params().forEach(param -> found.put(param, null));
		this.frame.function.captures().forEach(capture -> found.put(capture, null));
		Walk.statements(this.frame.function.body(), statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null) {
				found.put(local, (found.containsKey(local) || local.isCell()) ? null : assigned(statement));
			}
		}, expr -> {
		});
		this.assignments = found;
		return found;
	}

	private static @Nullable IrExpr assigned(IrStmt statement) {
		return switch (statement) {
			case IrStmt.Set set -> set.value();
			case IrStmt.Declare declare -> declare.value();
			case IrStmt.Count count -> count.from();
			default -> null;
		};
	}

	private void helper(String name, String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTING, name, descriptor, false);
	}

}
