package dev.flin.codegen;

import java.util.List;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;

/**
 * Elements of values of any type at indexes that are ints, or are in a local that has a place for ints: these come to
 * the run side without a box.
 */
final class OpenIndexes {

	/** The place of the index among the operands, behind the context and the value. */
	private static final int INDEX = 2;

	private final MethodFrame frame;

	private final ExpressionGenerator expressions;

	OpenIndexes(MethodFrame frame, ExpressionGenerator expressions) {
		this.frame = frame;
		this.expressions = expressions;
	}

	/** Writes the access to an element; false when it is none or its index may be anything. */
	boolean push(IrExpr.Invoke invoke) {
		if (!isAccess(invoke.target())) {
			return false;
		}
		IrExpr index = invoke.args().get(INDEX);
		if (index instanceof IrExpr.Convert boxed && boxed.value().kind() == Kind.LONG) {
			pushOperands(invoke.args().subList(0, INDEX));
			this.expressions.push(boxed.value());
			access(invoke, true);
			return true;
		}
		if (index instanceof IrExpr.Read read && this.frame.numbers.has(read.local())
				&& this.frame.numbers.mayBeInt(read.local())) {
			Label other = new Label();
			Label end = new Label();
			pushOperands(invoke.args().subList(0, INDEX));
			this.frame.numbers.jumpUnless(read.local(), Kind.LONG, other);
			this.frame.numbers.loadNumber(read.local(), Kind.LONG);
			access(invoke, true);
			this.frame.mv.visitJumpInsn(Opcodes.GOTO, end);
			this.frame.mv.visitLabel(other);
			this.frame.load(read.local());
			access(invoke, false);
			this.frame.mv.visitLabel(end);
			this.frame.forgetLine();
			return true;
		}
		return false;
	}

	private static boolean isAccess(JavaMethod method) {
		return switch (method.owner()) {
			case "dev/flin/runtime/Indexing" -> method.name().equals("index");
			case "dev/flin/runtime/OpenTexts" -> method.name().equals("isAt");
			default -> false;
		};
	}

	private void pushOperands(List<IrExpr> operands) {
		operands.forEach(this.expressions::push);
	}

	/** Pushes what comes behind the index, and calls. */
	private void access(IrExpr.Invoke invoke, boolean isInt) {
		JavaMethod target = invoke.target();
		pushOperands(invoke.args().subList(INDEX + 1, invoke.args().size()));
		this.frame.line(invoke.line());
		String anything = "Ljava/lang/Object;Ljava/lang/Object;";
		this.frame.mv.visitMethodInsn(Opcodes.INVOKESTATIC, target.owner(), target.name(),
				isInt ? target.descriptor().replace(anything, "Ljava/lang/Object;J") : target.descriptor(), false);
	}

}
