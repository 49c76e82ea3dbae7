package dev.flin.codegen;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;
import dev.flin.value.FlinBugException;

/** Writes the code that joins texts: with the JVM's own concatenation, which makes the result at once. */
final class TextGenerator {

	private static final String BUILDER = "java/lang/StringBuilder";

	private static final String STRING = "Ljava/lang/String;";

	/** The JVM takes at most 200, and long and double as two. */
	private static final int PARTS_MAX = 100;

	private static final int RECIPE_MAX = 20_000;

	private static final char ARGUMENT = '\u0001';

	private static final char CONSTANT = '\u0002';

	private static final Handle CONCAT = new Handle(Opcodes.H_INVOKESTATIC, "java/lang/invoke/StringConcatFactory",
			"makeConcatWithConstants",
			"(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
					+ "Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
			false);

	private final ExpressionGenerator expressions;

	private final MethodVisitor mv;

	TextGenerator(ExpressionGenerator expressions, MethodVisitor mv) {
		this.expressions = expressions;
		this.mv = mv;
	}

	/** Leaves the text of all parts on the stack. One that may have grown is compared with the limit of the run. */
	void concat(List<IrExpr> written) {
		List<IrExpr> parts = merged(written);
		join(parts);
		if (parts.size() > 1 && parts.stream().anyMatch(part -> isText(part) && text(part) == null)) {
			this.expressions.push(new IrExpr.Context());
			this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Growth", "text",
					"(" + STRING + "Ldev/flin/runtime/FlinContext;)" + STRING, false);
		}
	}

	private void join(List<IrExpr> parts) {
		if (parts.isEmpty()) {
			this.mv.visitLdcInsn("");
		}
		else if (parts.size() == 1) {
			pushText(parts.get(0));
		}
		else if (parts.size() == 2 && isText(parts.get(0)) && isText(parts.get(1))) {
			this.expressions.push(parts.get(0));
			this.expressions.push(parts.get(1));
			this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "concat", "(" + STRING + ")" + STRING,
					false);
		}
		else if (parts.size() > PARTS_MAX || constantLength(parts) > RECIPE_MAX) {
			build(parts);
		}
		else {
			link(parts);
		}
	}

	/** A constant that may be too long for one constant of a class. */
	void constant(String text, int chunk) {
		newBuilder();
		for (int from = 0; from < text.length(); from += chunk) {
			this.mv.visitLdcInsn(text.substring(from, Math.min(text.length(), from + chunk)));
			append(STRING);
		}
		finishBuilder();
	}

	/** Neighbouring constants become one, empty ones vanish. */
	private static List<IrExpr> merged(List<IrExpr> parts) {
		List<IrExpr> result = new ArrayList<>(parts.size());
		for (IrExpr part : parts) {
			String text = text(part);
			int last = result.size() - 1;
			String before = (text != null && last >= 0) ? text(result.get(last)) : null;
			if (before != null) {
				result.set(last, new IrExpr.Const(before + text, Kind.TEXT));
			}
			else if (text == null || !text.isEmpty()) {
				result.add(part);
			}
		}
		return result;
	}

	private static @Nullable String text(IrExpr part) {
		return (part instanceof IrExpr.Const constant && constant.value() instanceof String text) ? text : null;
	}

	private static boolean isText(IrExpr part) {
		return part.kind() == Kind.TEXT;
	}

	private static int constantLength(List<IrExpr> parts) {
		int length = 0;
		for (IrExpr part : parts) {
			String text = text(part);
			length += (text != null) ? text.length() : 1;
		}
		return length;
	}

	private void link(List<IrExpr> parts) {
		StringBuilder recipe = new StringBuilder();
		StringBuilder descriptor = new StringBuilder("(");
		List<Object> args = new ArrayList<>();
		for (IrExpr part : parts) {
			String text = text(part);
			if (text == null) {
				this.expressions.push(part);
				recipe.append(ARGUMENT);
				descriptor.append(type(part));
			}
			else if (text.indexOf(ARGUMENT) >= 0 || text.indexOf(CONSTANT) >= 0) {
				recipe.append(CONSTANT);
				args.add(text);
			}
			else {
				recipe.append(text);
			}
		}
		args.add(0, recipe.toString());
		this.mv.visitInvokeDynamicInsn("makeConcatWithConstants", descriptor.append(")").append(STRING).toString(),
				CONCAT, args.toArray());
	}

	private void build(List<IrExpr> parts) {
		newBuilder();
		for (IrExpr part : parts) {
			this.expressions.push(part);
			append(type(part));
		}
		finishBuilder();
	}

	private void pushText(IrExpr part) {
		this.expressions.push(part);
		if (!isText(part)) {
			this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/String", "valueOf", "(" + type(part) + ")"
					+ STRING, false);
		}
	}

	private static String type(IrExpr part) {
		return switch (part.kind()) {
			case LONG -> "J";
			case BOOL -> "Z";
			case TEXT -> STRING;
			default -> throw new FlinBugException("no printed form of " + part.kind());
		};
	}

	private void newBuilder() {
		this.mv.visitTypeInsn(Opcodes.NEW, BUILDER);
		this.mv.visitInsn(Opcodes.DUP);
		this.mv.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
	}

	private void append(String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "append", "(" + descriptor + ")L" + BUILDER + ";",
				false);
	}

	private void finishBuilder() {
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "toString", "()" + STRING, false);
	}

}
