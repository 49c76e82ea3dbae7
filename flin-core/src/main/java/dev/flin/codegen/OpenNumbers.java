package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
 * A local that starts as a number and gets what is computed with it never is an int, and has no place for one: should
 * it get one all the same, that is an object like any other.
 */
final class OpenNumbers {

	private static final String TAGGED = Jvm.LINK + "Tagged";

	/** @param whole -1 when the local has no place for an int */
	private record Slots(int object, int tag, int number, int whole) {

		int of(Kind kind) {
			return (kind == Kind.DOUBLE) ? this.number : this.whole;
		}

		boolean hasWhole() {
			return this.whole >= 0;
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
		Set<Local> open = new LinkedHashSet<>();
		while (!found.isEmpty()) {
			Local local = found.removeLast();
			if (open.add(local)) {
				found.addAll(copies.getOrDefault(local, List.of()));
			}
		}
		Set<Local> ints = ints(open, function);
		for (Local local : open) {
			this.slots.put(local, new Slots(frame.newSlot(Kind.ANY), frame.newSlot(Kind.INDEX),
					frame.newSlot(Kind.DOUBLE), ints.contains(local) ? frame.newSlot(Kind.LONG) : -1));
		}
	}

	/** Those of some locals that are likely to be ints ever. */
	private static Set<Local> ints(Set<Local> open, IrFunction function) {
		if (open.isEmpty()) {
			return Set.of();
		}
		Map<Local, List<IrExpr>> values = new IdentityHashMap<>();
		Walk.statements(function.body(), statement -> {
			if (statement instanceof IrStmt.Set set && open.contains(set.local())) {
				values.computeIfAbsent(set.local(), local -> new ArrayList<>()).add(set.value());
			}
			else if (statement instanceof IrStmt.Declare declare && declare.value() != null
					&& open.contains(declare.local())) {
				values.computeIfAbsent(declare.local(), local -> new ArrayList<>()).add(declare.value());
			}
		});
		Set<Local> ints = new HashSet<>();
		boolean more = true;
		while (more) {
			more = false;
			for (Local local : open) {
				if (!ints.contains(local) && values.getOrDefault(local, List.of())
					.stream()
					.anyMatch(value -> mayBeInt(value, open, ints))) {
					ints.add(local);
					more = true;
				}
			}
		}
		return ints;
	}

	/** @param ints what of the locals may be ints, as far as it is known */
	private static boolean mayBeInt(IrExpr value, Set<Local> open, Set<Local> ints) {
		return switch (value) {
			case IrExpr.Const constant -> constant.value() instanceof Long || constant.value() instanceof Integer;
			case IrExpr.Convert convert -> mayBeInt(convert.value(), open, ints);
			case IrExpr.Read read when open.contains(read.local()) -> ints.contains(read.local());
			case IrExpr.Invoke invoke when NumberGuess.isOperator(invoke) ->
				// of two operands of which one is no int, no operator makes one
				invoke.args().stream().allMatch(operand -> mayBeInt(operand, open, ints));
			default -> value.kind() != Kind.DOUBLE;
		};
	}

	private static boolean mayBe(Local local, IrFunction function) {
		return local.kind() == Kind.ANY && !local.isCell() && !function.params().contains(local)
				&& !function.captures().contains(local);
	}

	boolean has(Local local) {
		return this.slots.containsKey(local);
	}

	boolean mayBeInt(Local local) {
		return slotsOf(local).hasWhole();
	}

	/**
	 * Gives places a value at the start: where an int is stored that of a number is not, and the other way round.
	 * @param undefined what is read before it is assigned; none then
	 */
	void start(Collection<Local> undefined) {
		this.slots.forEach((local, place) -> {
			boolean all = undefined.contains(local);
			if (all) {
				this.mv.visitInsn(Opcodes.ACONST_NULL);
				this.mv.visitVarInsn(Opcodes.ASTORE, place.object());
				tag(place, Tagged.OTHER);
			}
			if (all || place.hasWhole()) {
				this.mv.visitInsn(Opcodes.DCONST_0);
				this.mv.visitVarInsn(Opcodes.DSTORE, place.number());
			}
			if (place.hasWhole()) {
				this.mv.visitInsn(Opcodes.LCONST_0);
				this.mv.visitVarInsn(Opcodes.LSTORE, place.whole());
			}
		});
	}

	/** Stores the value on the stack, which is of this kind. */
	void store(Local local, Kind kind) {
		Slots place = slotsOf(local);
		if (kind == Kind.DOUBLE || kind == Kind.LONG && place.hasWhole()) {
			this.mv.visitVarInsn(Jvm.storeOpcode(kind), place.of(kind));
			tag(place, (kind == Kind.DOUBLE) ? Tagged.NUMBER : Tagged.INT);
			this.mv.visitInsn(Opcodes.ACONST_NULL);
			this.mv.visitVarInsn(Opcodes.ASTORE, place.object());
		}
		else {
			Conversions.convert(this.mv, kind, Kind.ANY);
			storeObject(place);
		}
	}

	private void storeObject(Slots place) {
		this.mv.visitInsn(Opcodes.DUP);
		this.mv.visitVarInsn(Opcodes.ASTORE, place.object());
		this.mv.visitInsn(Opcodes.DUP);
		helper(place.hasWhole() ? "tag" : "tagOfNumber", "(Ljava/lang/Object;)I");
		this.mv.visitVarInsn(Opcodes.ISTORE, place.tag());
		if (place.hasWhole()) {
			this.mv.visitInsn(Opcodes.DUP);
			unbox(place, Kind.LONG, "whole");
		}
		unbox(place, Kind.DOUBLE, "number");
	}

	/** Stores the object on the stack in the place for a kind if it is of it. */
	private void unbox(Slots place, Kind kind, String method) {
		helper(method, "(Ljava/lang/Object;)" + Jvm.descriptor(kind));
		this.mv.visitVarInsn(Jvm.storeOpcode(kind), place.of(kind));
	}

	private void helper(String name, String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, TAGGED, name, descriptor, false);
	}

	/** Stores what another of these locals has. */
	void copy(Local source, Local target) {
		Slots from = slotsOf(source);
		Slots to = slotsOf(target);
		if (from.hasWhole() && !to.hasWhole()) {
			load(source);
			storeObject(to);
			return;
		}
		this.mv.visitVarInsn(Opcodes.ALOAD, from.object());
		this.mv.visitVarInsn(Opcodes.ASTORE, to.object());
		this.mv.visitVarInsn(Opcodes.ILOAD, from.tag());
		this.mv.visitVarInsn(Opcodes.ISTORE, to.tag());
		this.mv.visitVarInsn(Opcodes.DLOAD, from.number());
		this.mv.visitVarInsn(Opcodes.DSTORE, to.number());
		if (from.hasWhole()) {
			this.mv.visitVarInsn(Opcodes.LLOAD, from.whole());
			this.mv.visitVarInsn(Opcodes.LSTORE, to.whole());
		}
	}

	/** Pushes the value, boxed. */
	void load(Local local) {
		Slots place = slotsOf(local);
		this.mv.visitVarInsn(Opcodes.ALOAD, place.object());
		this.mv.visitVarInsn(Opcodes.ILOAD, place.tag());
		this.mv.visitVarInsn(Opcodes.DLOAD, place.number());
		if (place.hasWhole()) {
			this.mv.visitVarInsn(Opcodes.LLOAD, place.whole());
		}
		helper("box", place.hasWhole() ? "(Ljava/lang/Object;IDJ)Ljava/lang/Object;"
				: "(Ljava/lang/Object;ID)Ljava/lang/Object;");
	}

	/** Jumps when the value is not of a kind, DOUBLE or what it {@link #mayBeInt}, LONG. */
	void jumpUnless(Local local, Kind kind, Label target) {
		if (!mayBeInt(local)) {
			jumpUnlessNumber(local, target);
			return;
		}
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
		if (!place.hasWhole()) {
			this.mv.visitVarInsn(Opcodes.DLOAD, place.number());
			return;
		}
		this.mv.visitVarInsn(Opcodes.ILOAD, place.tag());
		this.mv.visitVarInsn(Opcodes.DLOAD, place.number());
		this.mv.visitVarInsn(Opcodes.LLOAD, place.whole());
		helper("widened", "(IDJ)D");
	}

	/** Pushes whether the value is an int or a number; false when the local has no places, or none for ints. */
	boolean pushIsKind(IrExpr.IsKind test) {
		if (!(test.value() instanceof IrExpr.Read read && has(read.local()) && mayBeInt(read.local()))
				|| test.tested() != Kind.LONG && test.tested() != Kind.DOUBLE) {
			return false;
		}
		Label otherwise = new Label();
		Label end = new Label();
		jumpUnless(read.local(), test.tested(), otherwise);
		this.mv.visitInsn(Opcodes.ICONST_1);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(otherwise);
		this.mv.visitInsn(Opcodes.ICONST_0);
		this.mv.visitLabel(end);
		return true;
	}

	/** Pushes the value as an int; false when the local has no place for one. */
	boolean pushInt(IrExpr.Convert convert) {
		if (convert.kind() != Kind.LONG || !(convert.value() instanceof IrExpr.Read read) || !has(read.local())
				|| !mayBeInt(read.local())) {
			return false;
		}
		Label other = new Label();
		Label end = new Label();
		jumpUnless(read.local(), Kind.LONG, other);
		loadNumber(read.local(), Kind.LONG);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(other);
		load(read.local());
		Conversions.convert(this.mv, Kind.ANY, Kind.LONG);
		this.mv.visitLabel(end);
		return true;
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
