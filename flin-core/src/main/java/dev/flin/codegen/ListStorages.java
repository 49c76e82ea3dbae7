package dev.flin.codegen;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Unboxed arrays of lists that loops use. Where nothing in a loop can change how a list keeps its elements, or how
 * many they are, its array is read once before the loop: an access then needs no test but that of the array's bounds.
 */
final class ListStorages {

	private static final String ELEMENTS = Jvm.LINK + "Elements";

	/** More is not looked at: each loop asks. */
	private static final int EXPRESSIONS_MAX = 1_000;

	/** What a typed accessor of lists is named after its first three letters, and the array it reads or writes. */
	private static final Map<String, String> ARRAYS = Map.of("Long", "[J", "Double", "[D", "Boolean", "[Z");

	private static final Set<String> READS = Set.of("size", "isEmpty", "element", "at", "atOrNone");

	/** Classes whose methods change no list. */
	private static final Set<String> HARMLESS = Set.of("java/lang/Math", "java/lang/String",
			"dev/flin/runtime/Operations", "dev/flin/runtime/Dynamic", "dev/flin/value/Equality");

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final Map<Use, Integer> slots = new LinkedHashMap<>();

	ListStorages(MethodFrame frame) {
		this.frame = frame;
		this.mv = frame.mv;
	}

	/** A list that is read or written as one of elements of a type: {@code Long}, {@code Double} or {@code Boolean}. */
	private record Use(Local list, String element) {
	}

	/** What a loop does. */
	private static final class Findings {

		final Set<Use> uses = new LinkedHashSet<>();

		final Set<Local> assigned = new HashSet<>();

		/** The types of elements that are written. */
		final Set<String> written = new HashSet<>();

		/** The functions whose code is looked at. */
		final Set<IrFunction> called = Collections.newSetFromMap(new IdentityHashMap<>());

		boolean steady = true;

		int left = EXPRESSIONS_MAX;

	}

	/**
	 * Before a loop, or several with what is between them: reads the arrays of the lists that are used there.
	 * @return what {@link #leave} takes behind it
	 */
	Set<?> enter(List<IrStmt> code) {
		Findings findings = new Findings();
		inspect(code, findings, false);
		Set<Use> entered = new LinkedHashSet<>();
		if (!findings.steady) {
			return entered;
		}
		for (Use use : findings.uses) {
			Use known = new Use(findings.assigned.contains(use.list()) ? original(use.list()) : use.list(),
					use.element());
			// Writing another type of elements may turn any list into one of objects.
			boolean fixed = !findings.assigned.contains(known.list())
					&& Set.of(use.element()).containsAll(findings.written);
			if (fixed && !this.slots.containsKey(use)) {
				if (!this.slots.containsKey(known)) {
					this.slots.put(known, read(known));
					entered.add(known);
				}
				this.slots.put(use, this.slots.get(known));
				entered.add(use);
			}
		}
		return entered;
	}

	private int read(Use use) {
		int slot = this.frame.newSlot(Kind.ANY);
		this.frame.load(use.list());
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, ELEMENTS, "of" + use.element() + "s",
				"(" + Jvm.descriptor(Kind.LIST) + ")" + ARRAYS.get(use.element()), false);
		this.mv.visitVarInsn(Opcodes.ASTORE, slot);
		return slot;
	}

	void leave(Set<?> entered) {
		this.slots.keySet().removeAll(entered);
	}

	/**
	 * Pushes the array that an accessor of a list is to use.
	 * @return whether there is one
	 */
	boolean push(IrExpr.Invoke invoke) {
		Use use = use(invoke);
		@Nullable Integer slot = (use != null) ? this.slots.get(use) : null;
		if (slot == null) {
			return false;
		}
		this.mv.visitVarInsn(Opcodes.ALOAD, slot);
		return true;
	}

	/** Calls an accessor: on the stack are what {@link #push} pushed, and the operands of the method. */
	void access(JavaMethod accessor) {
		String array = ARRAYS.get(accessor.name().substring(3));
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, ELEMENTS, accessor.name(),
				"(" + array + Jvm.descriptor(Kind.LIST) + accessor.descriptor().substring(1), false);
	}

	private static @Nullable Use use(IrExpr.Invoke invoke) {
		JavaMethod target = invoke.target();
		return (isTyped(target) && invoke.args().get(0) instanceof IrExpr.Read read && isList(read.local()))
				? new Use(read.local(), target.name().substring(3)) : null;
	}

	private static boolean isList(Local local) {
		return !local.isCell() && local.kind() == Kind.LIST;
	}

	/** The variable that a temporary, which is assigned in the loop, is a copy of. */
	private Local original(Local local) {
		return (local.name().startsWith("$") && this.frame.onlyValue(local) instanceof IrExpr.Read copied
				&& isList(copied.local())) ? copied.local() : local;
	}

	private static boolean isTyped(JavaMethod method) {
		String name = method.name();
		return isOfList(method) && (name.startsWith("get") || name.startsWith("set"))
				&& ARRAYS.containsKey(name.substring(3));
	}

	private static boolean isOfList(JavaMethod method) {
		return method.owner().equals(Jvm.className(Kind.LIST));
	}

	private void inspect(List<IrStmt> code, Findings findings, boolean elsewhere) {
		Walk.statements(code, statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null) {
				findings.assigned.add(local);
			}
		}, expr -> {
			findings.steady &= --findings.left > 0;
			if (findings.steady) {
				inspect(expr, findings, elsewhere);
			}
		});
	}

	private void inspect(IrExpr expr, Findings findings, boolean elsewhere) {
		switch (expr) {
			case IrExpr.Invoke invoke -> inspect(invoke, findings, elsewhere);
			case IrExpr.Call call -> {
				if (!call.target().unit().equals(this.frame.function.unit())) {
					findings.steady = false;
				}
				else if (findings.called.add(call.target())) {
					inspect(call.target().body(), findings, true);
				}
			}
			case IrExpr.CallValue call -> findings.steady = false;
			case IrExpr.Dynamic dynamic -> findings.steady = false;
			case IrExpr.Concat concat -> findings.steady = false;
			default -> {
			}
		}
	}

	private void inspect(IrExpr.Invoke invoke, Findings findings, boolean elsewhere) {
		JavaMethod target = invoke.target();
		if (!isTyped(target)) {
			findings.steady &= isHarmless(target);
			return;
		}
		if (target.name().startsWith("set")) {
			findings.written.add(target.name().substring(3));
		}
		Use use = elsewhere ? null : use(invoke);
		if (use != null) {
			findings.uses.add(use);
		}
	}

	private static boolean isHarmless(JavaMethod method) {
		return HARMLESS.contains(method.owner()) || (isOfList(method) && READS.contains(method.name()))
				|| method.params().stream().allMatch(Kind::isPrimitive)
				|| (method.owner().equals("dev/flin/runtime/lib/ListFunctions") && method.name().equals("len"));
	}

}
