package dev.flin.codegen;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;
import dev.flin.runtime.link.Tagged;

/**
 * Locals of any type that get results of arithmetic. The JIT compiler keeps no number unboxed from one turn of a loop
 * to the next while its local may hold anything, so such a local has a place for an int, one for a number, one for
 * everything else, and a tag that says where its value is. What is stored as an object is looked at at once: an int
 * or a number is never behind the tag of the others, but the object may be there as well, and is then not made again.
 */
final class OpenNumbers {

	private static final String TAGGED = Jvm.LINK + "Tagged";

	private record Slots(int object, int tag, int number, int whole) {

		int of(Kind kind) {
			return (kind == Kind.DOUBLE) ? this.number : this.whole;
		}

	}

	private final MethodVisitor mv;

	private final Map<Local, Slots> slots = new LinkedHashMap<>();

	OpenNumbers(MethodFrame frame, IrFunction function) {
		this.mv = frame.mv;
		Map<Local, List<Local>> copies = new IdentityHashMap<>();
		List<Local> found = new ArrayList<>();
		Walk.statements(function.body(), statement -> {
			if (statement instanceof IrStmt.Set set && mayBe(set.local(), function)) {
				if (NumberGuess.isOperator(set.value())) {
					found.add(set.local());
				}
				else if (set.value() instanceof IrExpr.Read read) {
					copies.computeIfAbsent(read.local(), local -> new ArrayList<>()).add(set.local());
				}
			}
		});
		while (!found.isEmpty()) {
			Local local = found.removeLast();
			if (!this.slots.containsKey(local)) {
				this.slots.put(local, new Slots(frame.newSlot(Kind.ANY), frame.newSlot(Kind.INDEX),
						frame.newSlot(Kind.DOUBLE), frame.newSlot(Kind.LONG)));
				found.addAll(copies.getOrDefault(local, List.of()));
			}
		}
	}

	private static boolean mayBe(Local local, IrFunction function) {
		return local.kind() == Kind.ANY && !local.isCell() && !function.params().contains(local)
				&& !function.captures().contains(local);
	}

	boolean has(Local local) {
		return this.slots.containsKey(local);
	}

	/** Gives all of them a value at the start: none. */
	void start() {
		for (Slots place : this.slots.values()) {
			this.mv.visitInsn(Opcodes.ACONST_NULL);
			this.mv.visitVarInsn(Opcodes.ASTORE, place.object());
			tag(place, Tagged.OTHER);
			this.mv.visitInsn(Opcodes.DCONST_0);
			this.mv.visitVarInsn(Opcodes.DSTORE, place.number());
			this.mv.visitInsn(Opcodes.LCONST_0);
			this.mv.visitVarInsn(Opcodes.LSTORE, place.whole());
		}
	}

	/** Stores the value on the stack, which is of this kind. */
	void store(Local local, Kind kind) {
		Slots place = slotsOf(local);
		switch (kind) {
			case DOUBLE, LONG -> {
				this.mv.visitVarInsn(Jvm.storeOpcode(kind), place.of(kind));
				tag(place, (kind == Kind.DOUBLE) ? Tagged.NUMBER : Tagged.INT);
				this.mv.visitInsn(Opcodes.ACONST_NULL);
				this.mv.visitVarInsn(Opcodes.ASTORE, place.object());
			}
			default -> {
				Conversions.convert(this.mv, kind, Kind.ANY);
				this.mv.visitInsn(Opcodes.DUP);
				this.mv.visitVarInsn(Opcodes.ASTORE, place.object());
				helper("tag", "(Ljava/lang/Object;)I");
				this.mv.visitVarInsn(Opcodes.ISTORE, place.tag());
				unbox(place, Kind.DOUBLE, "number");
				unbox(place, Kind.LONG, "whole");
			}
		}
	}

	private void unbox(Slots place, Kind kind, String method) {
		this.mv.visitVarInsn(Opcodes.ALOAD, place.object());
		this.mv.visitVarInsn(Opcodes.ILOAD, place.tag());
		helper(method, "(Ljava/lang/Object;I)" + Jvm.descriptor(kind));
		this.mv.visitVarInsn(Jvm.storeOpcode(kind), place.of(kind));
	}

	private void helper(String name, String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, TAGGED, name, descriptor, false);
	}

	/** Stores what another of these locals has. */
	void copy(Local source, Local target) {
		Slots from = slotsOf(source);
		Slots to = slotsOf(target);
		this.mv.visitVarInsn(Opcodes.ALOAD, from.object());
		this.mv.visitVarInsn(Opcodes.ASTORE, to.object());
		this.mv.visitVarInsn(Opcodes.ILOAD, from.tag());
		this.mv.visitVarInsn(Opcodes.ISTORE, to.tag());
		this.mv.visitVarInsn(Opcodes.DLOAD, from.number());
		this.mv.visitVarInsn(Opcodes.DSTORE, to.number());
		this.mv.visitVarInsn(Opcodes.LLOAD, from.whole());
		this.mv.visitVarInsn(Opcodes.LSTORE, to.whole());
	}

	/** Pushes the value, boxed. */
	void load(Local local) {
		Slots place = slotsOf(local);
		this.mv.visitVarInsn(Opcodes.ALOAD, place.object());
		this.mv.visitVarInsn(Opcodes.ILOAD, place.tag());
		this.mv.visitVarInsn(Opcodes.DLOAD, place.number());
		this.mv.visitVarInsn(Opcodes.LLOAD, place.whole());
		helper("box", "(Ljava/lang/Object;IDJ)Ljava/lang/Object;");
	}

	/** Jumps when the value is not of a kind, LONG or DOUBLE. */
	void jumpUnless(Local local, Kind kind, Label target) {
		this.mv.visitVarInsn(Opcodes.ILOAD, slotsOf(local).tag());
		this.mv.visitInsn(Opcodes.ICONST_0 + ((kind == Kind.DOUBLE) ? Tagged.NUMBER : Tagged.INT));
		this.mv.visitJumpInsn(Opcodes.IF_ICMPNE, target);
	}

	/** Jumps when the value is neither an int nor a number. */
	void jumpUnlessNumber(Local local, Label target) {
		this.mv.visitVarInsn(Opcodes.ILOAD, slotsOf(local).tag());
		this.mv.visitJumpInsn(Opcodes.IFEQ, target);
	}

	/** Pushes an int or a number as a number. */
	void loadAsNumber(Local local) {
		Slots place = slotsOf(local);
		this.mv.visitVarInsn(Opcodes.ILOAD, place.tag());
		this.mv.visitVarInsn(Opcodes.DLOAD, place.number());
		this.mv.visitVarInsn(Opcodes.LLOAD, place.whole());
		helper("widened", "(IDJ)D");
	}

	/** Pushes the value, which is of this kind. */
	void loadNumber(Local local, Kind kind) {
		this.mv.visitVarInsn(Jvm.loadOpcode(kind), slotsOf(local).of(kind));
	}

	private void tag(Slots place, int tag) {
		this.mv.visitInsn(Opcodes.ICONST_0 + tag);
		this.mv.visitVarInsn(Opcodes.ISTORE, place.tag());
	}

	private Slots slotsOf(Local local) {
		Slots found = this.slots.get(local);
		if (found == null) {
			throw new IllegalStateException(local + " has one place");
		}
		return found;
	}

}
