package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/** One method while it is written: its slots, its line and how to reach context, unit and locals. */
final class MethodFrame {

	private record Named(Local local, int slot, Label from) {
	}

	/** @param wide whether the range is wide, and this not its counter; -1 when it never is */
	private record Count(int slot, int wide) {
	}

	final MethodVisitor mv;

	final IrFunction function;

	/** In the order of slots, so that the same code gives the same bytes. */
	private final Map<Local, Integer> slots = new LinkedHashMap<>();

	private final List<Named> named = new ArrayList<>();

	/** Locals that have a value at the start, before they are assigned. */
	private final Set<Local> initialized = Collections.newSetFromMap(new IdentityHashMap<>());

	final Facts facts = new Facts();

	/** The classes of what locals hold that are assigned at one place, where that is known. */
	private final Map<Local, String> records = new IdentityHashMap<>();

	/** Where counters of loops, by their own slots, are ints of Java. */
	private final Map<Integer, Count> counts = new HashMap<>();

	private final int contextSlot;

	/** Whether the function is {@linkplain RecursionPairs two methods}, and this is the second of them. */
	private final boolean paired;

	private final boolean second;

	private @Nullable Assignments assignments;

	/** Locals that have places for numbers; they are not among the slots. */
	final OpenNumbers numbers;

	private int nextSlot;

	private int line;

	/** @param second whether it is the second of two methods that are one function */
	MethodFrame(MethodVisitor mv, IrFunction function, boolean paired, boolean second) {
		this.mv = mv;
		this.function = function;
		this.paired = paired;
		this.second = second;
		int first = function.usesUnit() ? 1 : 0;
		this.contextSlot = second ? first + 1 : first;
		this.nextSlot = first + (function.countsDepth() ? 2 : 1);
		for (Local capture : function.captures()) {
			this.slots.put(capture, newSlot(capture.isCell() ? Kind.ANY : capture.kind()));
		}
		for (Local param : function.params()) {
			this.slots.put(param, newSlot(param.kind()));
		}
		this.numbers = new OpenNumbers(this, function);
	}

	/** What a local is given where it is assigned, when that is one place; null otherwise. */
	@Nullable
	IrExpr onlyValue(Local local) {
		return assignments().onlyValue(local);
	}

	Assignments assignments() {
		Assignments known = this.assignments;
		if (known == null) {
			known = Assignments.of(this.function);
			this.assignments = known;
		}
		return known;
	}

	/** The internal name of the class of entities whose instance, or none, a local surely holds; null if unknown. */
	@Nullable
	String recordOf(Local local) {
		return (local.record() != null) ? local.record() : this.records.get(local);
	}

	/** Remembers the class of what a local is given at the place where code is being written. */
	void assigned(Local local, @Nullable String record) {
		if (record != null && local.record() == null && !local.isCell() && !this.numbers.has(local)
				&& assignments().isFixed(local)) {
			this.records.put(local, record);
		}
	}

	/** Remembers where a counter is an int, while a turn of its loop is written. */
	void counts(Local counter, int slot, int wide) {
		if (!counter.isCell()) {
			this.counts.put(slotOf(counter), new Count(slot, wide));
		}
	}

	void countsNoMore(Local counter) {
		this.counts.remove(slotOf(counter));
	}

	/**
	 * Pushes a counter as a number; false when it is none. Making it of an int of Java waits for nothing; of a longer
	 * one, before JDK 23, for what was last computed in the register that it comes to.
	 */
	boolean pushCounted(IrExpr expr) {
		if (!(expr instanceof IrExpr.Read read) || read.local().isCell() || read.local().kind() != Kind.LONG) {
			return false;
		}
		Integer slot = this.slots.get(read.local());
		if (slot == null) {
			return false;
		}
		Count count = this.counts.get(slot);
		if (count == null) {
			return false;
		}
		Label narrow = new Label();
		Label end = new Label();
		if (count.wide() >= 0) {
			this.mv.visitVarInsn(Opcodes.ILOAD, count.wide());
			this.mv.visitJumpInsn(Opcodes.IFEQ, narrow);
			this.mv.visitVarInsn(Opcodes.LLOAD, slot);
			this.mv.visitInsn(Opcodes.L2D);
			this.mv.visitJumpInsn(Opcodes.GOTO, end);
		}
		this.mv.visitLabel(narrow);
		this.mv.visitVarInsn(Opcodes.ILOAD, count.slot());
		this.mv.visitInsn(Opcodes.I2D);
		this.mv.visitLabel(end);
		return true;
	}

	int newSlot(Kind kind) {
		int slot = this.nextSlot;
		this.nextSlot += Jvm.size(kind);
		return slot;
	}

	/** Gives every parameter that closures share its box, and every other local a defined value. */
	void start(List<Local> toInitialize) {
		Label start = new Label();
		this.mv.visitLabel(start);
		this.slots.forEach((local, slot) -> this.named.add(new Named(local, slot, start)));
		for (Local param : this.function.params()) {
			if (param.isCell()) {
				int given = slotOf(param);
				int slot = newSlot(Kind.ANY);
				this.slots.put(param, slot);
				newCell(param);
				this.mv.visitInsn(Opcodes.DUP);
				this.mv.visitVarInsn(Jvm.loadOpcode(param.kind()), given);
				putCell(param);
				this.mv.visitVarInsn(Opcodes.ASTORE, slot);
			}
		}
		this.numbers.start(toInitialize);
		this.initialized.addAll(toInitialize);
		for (Local local : toInitialize) {
			if (this.slots.containsKey(local) || this.numbers.has(local)) {
				continue;
			}
			zero(local.isCell() ? Kind.ANY : local.kind());
			this.mv.visitVarInsn(local.isCell() ? Opcodes.ASTORE : Jvm.storeOpcode(local.kind()), slotOf(local));
		}
	}

	void finish() {
		Label end = new Label();
		this.mv.visitLabel(end);
		for (Named variable : this.named) {
			Local local = variable.local();
			if (!local.name().startsWith("$")) {
				this.mv.visitLocalVariable(Jvm.methodName(local.name()), Jvm.descriptor(local), null, variable.from(),
						end, variable.slot());
			}
		}
	}

	void loadContext() {
		this.mv.visitVarInsn(Opcodes.ALOAD, this.contextSlot);
	}

	/** The slot of how many calls may still be nested; only in functions that count. */
	int depthSlot() {
		return this.second ? this.contextSlot - 1 : this.contextSlot + 1;
	}

	boolean isSecond() {
		return this.second;
	}

	/** Whether a call of a function calls its second method. */
	boolean callsSecond(IrFunction target) {
		return this.paired && !this.second && target == this.function;
	}

	void loadUnit() {
		this.mv.visitVarInsn(Opcodes.ALOAD, 0);
	}

	void zero(Kind kind) {
		switch (kind) {
			case LONG -> this.mv.visitInsn(Opcodes.LCONST_0);
			case DOUBLE -> this.mv.visitInsn(Opcodes.DCONST_0);
			case BOOL, INDEX -> this.mv.visitInsn(Opcodes.ICONST_0);
			default -> this.mv.visitInsn(Opcodes.ACONST_NULL);
		}
	}

	/** Loads the value of a local. */
	void load(Local local) {
		if (local.isCell()) {
			loadCell(local);
			this.mv.visitFieldInsn(Opcodes.GETFIELD, Jvm.cellClass(local.kind()), "value",
					Jvm.cellFieldDescriptor(local.kind()));
			String held = (local.record() != null) ? local.record() : Jvm.className(local.kind());
			if (!local.kind().isPrimitive() && !held.equals(Jvm.OBJECT)) {
				this.mv.visitTypeInsn(Opcodes.CHECKCAST, held);
			}
		}
		else if (this.numbers.has(local)) {
			this.numbers.load(local);
		}
		else {
			this.mv.visitVarInsn(Jvm.loadOpcode(local.kind()), slotOf(local));
		}
	}

	/** Loads what a closure captures: the box, or the value where there is none. */
	void loadCaptured(Local local) {
		if (local.isCell()) {
			loadCell(local);
		}
		else {
			load(local);
		}
	}

	/** Stores the top of the stack. */
	void store(Local local) {
		if (this.numbers.has(local)) {
			this.numbers.store(local, local.kind());
			return;
		}
		if (!local.isCell()) {
			this.mv.visitVarInsn(Jvm.storeOpcode(local.kind()), slotOf(local));
			return;
		}
		loadCell(local);
		if (Jvm.size(local.kind()) == 2) {
			this.mv.visitInsn(Opcodes.DUP_X2);
			this.mv.visitInsn(Opcodes.POP);
		}
		else {
			this.mv.visitInsn(Opcodes.SWAP);
		}
		putCell(local);
	}

	/** Makes a new box and stores the top of the stack in it. */
	void declareCell(Local local) {
		int value = newSlot(local.kind());
		this.mv.visitVarInsn(Jvm.storeOpcode(local.kind()), value);
		newCell(local);
		this.mv.visitInsn(Opcodes.DUP);
		this.mv.visitVarInsn(Jvm.loadOpcode(local.kind()), value);
		putCell(local);
		this.mv.visitVarInsn(Opcodes.ASTORE, slotOf(local));
	}

	/**
	 * Lets a local have the place of another of which it is a copy, as both are assigned at one place only.
	 * @return whether it has; else the value is to be copied
	 */
	boolean share(Local copy, Local source) {
		@Nullable Integer slot = this.slots.get(source);
		if (slot == null || !Jvm.descriptor(copy.kind()).equals(Jvm.descriptor(source.kind())) || copy.isCell()
				|| source.isCell()
				|| this.slots.containsKey(copy) || this.numbers.has(copy) || this.initialized.contains(source)
				|| !assignments().isFixed(copy) || !assignments().isFixed(source)) {
			return false;
		}
		if (copy.record() != null && !copy.record().equals(recordOf(source))) {
			return false;
		}
		assigned(copy, recordOf(source));
		this.slots.put(copy, slot);
		if (!copy.name().equals(source.name())) {
			named(copy, slot);
		}
		return true;
	}

	void line(int number) {
		if (number > 0 && number != this.line) {
			Label here = new Label();
			this.mv.visitLabel(here);
			this.mv.visitLineNumber(number, here);
			this.line = number;
		}
	}

	/** The line is unknown after a jump target. */
	void forgetLine() {
		this.line = 0;
	}

	private void loadCell(Local local) {
		this.mv.visitVarInsn(Opcodes.ALOAD, slotOf(local));
	}

	private void newCell(Local local) {
		String cell = Jvm.cellClass(local.kind());
		this.mv.visitTypeInsn(Opcodes.NEW, cell);
		this.mv.visitInsn(Opcodes.DUP);
		this.mv.visitMethodInsn(Opcodes.INVOKESPECIAL, cell, "<init>", "()V", false);
	}

	private void putCell(Local local) {
		this.mv.visitFieldInsn(Opcodes.PUTFIELD, Jvm.cellClass(local.kind()), "value",
				Jvm.cellFieldDescriptor(local.kind()));
	}

	private int slotOf(Local local) {
		@Nullable Integer slot = this.slots.get(local);
		if (slot == null) {
			slot = newSlot(local.isCell() ? Kind.ANY : local.kind());
			this.slots.put(local, slot);
			named(local, slot);
		}
		return slot;
	}

	private void named(Local local, int slot) {
		Label from = new Label();
		this.mv.visitLabel(from);
		this.named.add(new Named(local, slot, from));
	}

}
