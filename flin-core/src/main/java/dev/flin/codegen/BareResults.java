package dev.flin.codegen;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;

/** Writes what a function returns that gives ints bare: an int, which stands for what is left in the context else. */
final class BareResults {

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final ExpressionGenerator expressions;

	BareResults(MethodFrame frame, ExpressionGenerator expressions) {
		this.frame = frame;
		this.mv = frame.mv;
		this.expressions = expressions;
	}

	/** @param value null for none */
	void push(@Nullable IrExpr value) {
		IrExpr whole = (value != null) ? IntCode.whole(value) : null;
		if (value == null) {
			this.mv.visitInsn(Opcodes.ACONST_NULL);
			this.expressions.calls().leave();
		}
		else if (whole != null) {
			this.expressions.push(whole);
		}
		else if (this.expressions.calls().isBare(value)) {
			this.expressions.calls().pushBare((IrExpr.Call) value);
		}
		else if (value instanceof IrExpr.Choose choose) {
			choose(choose);
		}
		else if (value instanceof IrExpr.Read read && this.frame.numbers.has(read.local())
				&& this.frame.numbers.mayBeInt(read.local())) {
			number(read);
		}
		else if (!(value instanceof IrExpr.Invoke invoke && this.expressions.guess().pushResult(invoke))) {
			this.expressions.push(value, Kind.ANY);
			this.expressions.calls().leave();
		}
	}

	private void choose(IrExpr.Choose choose) {
		Label otherwise = new Label();
		Label end = new Label();
		Facts.Saved known = this.frame.facts.save();
		this.expressions.jump(choose.condition(), otherwise, false);
		this.frame.facts.assume(choose.condition(), true);
		push(choose.then());
		this.frame.facts.restore(known);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(otherwise);
		this.frame.facts.assume(choose.condition(), false);
		push(choose.otherwise());
		this.frame.facts.restore(known);
		this.mv.visitLabel(end);
		this.frame.forgetLine();
	}

	private void number(IrExpr.Read read) {
		Label other = new Label();
		Label end = new Label();
		this.frame.numbers.jumpUnless(read.local(), Kind.LONG, other);
		this.frame.numbers.loadNumber(read.local(), Kind.LONG);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(other);
		this.frame.load(read.local());
		this.expressions.calls().leave();
		this.mv.visitLabel(end);
	}

}
