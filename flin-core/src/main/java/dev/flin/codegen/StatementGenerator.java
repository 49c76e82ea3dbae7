package dev.flin.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.BriefCalls;
import dev.flin.ir.FileVariable;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/** Writes the code of statements: the operand stack is empty before and after each. */
final class StatementGenerator {

	/** What a jump may leave on its way. */
	private sealed interface Scope {

	}

	/** @param next where {@code continue} goes; null for a plain block */
	private record Target(IrStmt.Label label, Label end, @Nullable Label next) implements Scope {
	}

	/** Code covered by handlers. The covered ranges have gaps where the cleanup was copied in. */
	private static final class Protected implements Scope {

		final @Nullable List<IrStmt> cleanup;

		final int depthSlot;

		final List<Label[]> ranges = new ArrayList<>();

		Label open = new Label();

		Protected(@Nullable List<IrStmt> cleanup, int depthSlot) {
			this.cleanup = cleanup;
			this.depthSlot = depthSlot;
		}

	}

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final ExpressionGenerator expressions;

	private final LoopGenerator loops;

	private final BareResults results;

	private List<Scope> scopes = new ArrayList<>();

	/** Whether the function has to look at the depth before it calls anything. Ways that call nothing do without. */
	private boolean checkDue;

	/** Whether statements behind the present ones may call something; kept while a look at the depth is due. */
	private boolean callsFollow;

	StatementGenerator(MethodFrame frame) {
		this.frame = frame;
		this.mv = frame.mv;
		this.expressions = new ExpressionGenerator(frame);
		this.loops = new LoopGenerator(frame, this, this.expressions);
		this.results = new BareResults(frame, this.expressions);
	}

	/**
	 * Writes the body of a function.
	 * @return whether the end is reached
	 */
	boolean body(List<IrStmt> statements) {
		this.checkDue = this.frame.function.countsDepth() && !this.frame.isSecond();
		return block(statements);
	}

	/**
	 * Writes statements up to the first that does not come back.
	 * @return whether the end is reached
	 */
	boolean block(List<IrStmt> statements) {
		int first = firstLoop(statements);
		int end = statements.size() - firstLoop(statements.reversed());
		if (end - first < 2) {
			return all(statements);
		}
		return all(statements.subList(0, first)) && loops(statements.subList(first, end))
				&& all(statements.subList(end, statements.size()));
	}

	/** Statements from one loop to another: where nothing between them is in the way, they use the same arrays. */
	private boolean loops(List<IrStmt> statements) {
		Set<?> storages = this.expressions.storages().enter(statements);
		boolean goesOn = all(statements);
		this.expressions.storages().leave(storages);
		return goesOn;
	}

	private static int firstLoop(List<IrStmt> statements) {
		int first = 0;
		while (first < statements.size()
				&& !(statements.get(first) instanceof IrStmt.Loop || statements.get(first) instanceof IrStmt.Count)) {
			first++;
		}
		return first;
	}

	private boolean all(List<IrStmt> statements) {
		boolean outside = this.callsFollow;
		for (int i = 0; i < statements.size(); i++) {
			if (this.checkDue) {
				List<IrStmt> rest = statements.subList(i + 1, statements.size());
				this.callsFollow = outside || rest.stream().anyMatch(StatementGenerator::mayCall);
			}
			if (!statement(statements.get(i))) {
				this.callsFollow = outside;
				return false;
			}
		}
		this.callsFollow = outside;
		return true;
	}

	private boolean statement(IrStmt statement) {
		if (this.checkDue && !mayCheckInside(statement) && mayCall(statement)) {
			CallDepth.check(this.frame);
			this.checkDue = false;
		}
		switch (statement) {
			case IrStmt.Line line -> this.frame.line(line.line());
			case IrStmt.Eval eval -> this.expressions.push(eval.value(), Kind.VOID);
			case IrStmt.Declare declare -> {
				Range range = range(declare.value());
				declare(declare.local(), declare.value());
				this.frame.facts.assigned(declare.local(), range);
			}
			case IrStmt.Set set -> {
				Range range = range(set.value());
				set(set.local(), set.value());
				this.frame.facts.assigned(set.local(), range);
			}
			case IrStmt.SetFile set -> setFile(set.variable(), set.value());
			case IrStmt.If branch -> {
				return branch(branch);
			}
			case IrStmt.Block block -> {
				Facts.Saved known = this.frame.facts.save();
				blockWithLabel(block);
				this.frame.facts.restore(known);
				this.frame.facts.mayAssign(List.of(block));
			}
			case IrStmt.Loop loop -> apart(statement, () -> this.loops.loop(loop));
			case IrStmt.Count count -> apart(statement, () -> this.loops.count(count));
			case IrStmt.Break leave -> {
				return leave(leave.label(), true);
			}
			case IrStmt.Continue again -> {
				return leave(again.label(), false);
			}
			case IrStmt.Switch choice -> apart(statement, () -> choice(choice));
			case IrStmt.SwitchText choice -> apart(statement, () -> choiceOfText(choice));
			case IrStmt.Return result -> {
				return returns(result.value());
			}
			case IrStmt.Throw failure -> {
				this.expressions.push(failure.error(), Kind.ERROR);
				this.mv.visitInsn(Opcodes.ATHROW);
				return false;
			}
			case IrStmt.Try attempt -> apart(statement, () -> attempt(attempt));
		}
		return true;
	}

	/** Writes a statement parts of which run any number of times, or are left: what is known of locals is kept out. */
	private void apart(IrStmt statement, Runnable code) {
		this.frame.facts.mayAssign(List.of(statement));
		Facts.Saved known = this.frame.facts.save();
		code.run();
		this.frame.facts.restore(known);
	}

	/** Code behind which other ways come in that know nothing of it. */
	private boolean oneWay(List<IrStmt> code) {
		Facts.Saved known = this.frame.facts.save();
		boolean reached = block(code);
		this.frame.facts.restore(known);
		return reached;
	}

	private Range range(@Nullable IrExpr value) {
		return (value != null) ? this.frame.facts.bounds.of(value) : Range.ALL;
	}

	/**
	 * Whether a look at the depth may be put off to the parts of a statement: some of them may call nothing. After a
	 * block, which can be left early, nobody knows whether there was one.
	 */
	private boolean mayCheckInside(IrStmt statement) {
		return statement instanceof IrStmt.Block && !this.callsFollow
				|| statement instanceof IrStmt.If branch && !mayCall(new IrStmt.Eval(branch.condition()));
	}

	private static boolean mayCall(IrStmt statement) {
		boolean[] calls = new boolean[1];
		Walk.statements(List.of(statement), inner -> {
		}, expr -> calls[0] |= BriefCalls.mayRunOthers(expr)
				&& !(expr instanceof IrExpr.Call call && call.target().givesEnum()));
		return calls[0];
	}

	private void set(Local local, IrExpr value) {
		if (value instanceof IrExpr.Read read && this.frame.share(local, read.local())) {
			return;
		}
		if (!this.frame.numbers.has(local)) {
			this.frame.assigned(local, this.expressions.pushFor(local, value));
			this.frame.store(local);
		}
		else if (value instanceof IrExpr.Read read && this.frame.numbers.has(read.local())) {
			this.frame.numbers.copy(read.local(), local);
		}
		else if (value instanceof IrExpr.Convert boxed && boxed.value().kind().isPrimitive()) {
			this.expressions.push(boxed.value());
			this.frame.numbers.store(local, boxed.value().kind());
		}
		else {
			this.expressions.store(value, local);
		}
	}

	private void declare(Local local, @Nullable IrExpr value) {
		if (value instanceof IrExpr.Read read && this.frame.share(local, read.local())) {
			return;
		}
		if (value != null) {
			this.frame.assigned(local, this.expressions.pushFor(local, value));
		}
		else {
			this.frame.zero(local.kind());
		}
		if (local.isCell()) {
			this.frame.declareCell(local);
		}
		else {
			this.frame.store(local);
		}
	}

	private void setFile(FileVariable variable, IrExpr value) {
		String owner = Jvm.internalName(variable.unit());
		String name = Jvm.methodName(variable.name());
		if (variable.shared()) {
			this.expressions.push(value, variable.kind());
			this.mv.visitFieldInsn(Opcodes.PUTSTATIC, owner, name, Jvm.descriptor(variable.kind()));
		}
		else {
			this.frame.loadUnit();
			this.expressions.push(value, variable.kind());
			this.mv.visitFieldInsn(Opcodes.PUTFIELD, owner, name, Jvm.descriptor(variable.kind()));
		}
	}

	private boolean branch(IrStmt.If branch) {
		if (branch.condition() instanceof IrExpr.Const constant) {
			return block(Boolean.TRUE.equals(constant.value()) ? branch.then() : branch.otherwise());
		}
		Facts facts = this.frame.facts;
		Label otherwise = new Label();
		Label end = new Label();
		this.expressions.jump(branch.condition(), otherwise, false);
		boolean due = this.checkDue;
		Facts.Saved before = facts.save();
		facts.assume(branch.condition(), true);
		boolean reached = block(branch.then());
		Facts.Saved after = facts.save();
		facts.restore(before);
		facts.assume(branch.condition(), false);
		this.checkDue = due;
		if (reached && !branch.otherwise().isEmpty()) {
			this.mv.visitJumpInsn(Opcodes.GOTO, end);
		}
		label(otherwise);
		boolean otherwiseReached = block(branch.otherwise());
		this.checkDue = due;
		if (!otherwiseReached) {
			facts.restore(after);
		}
		else if (reached) {
			facts.meet(after);
		}
		label(end);
		return reached || otherwiseReached;
	}

	private void blockWithLabel(IrStmt.Block block) {
		Label end = new Label();
		boolean due = this.checkDue;
		this.scopes.add(new Target(block.label(), end, null));
		block(block.body());
		this.scopes.remove(this.scopes.size() - 1);
		label(end);
		this.checkDue = due;
	}

	/** Writes the body of a loop: where it continues, {@code next} is to be written next. */
	void turn(IrStmt.Label label, List<IrStmt> body, Label end, Label next) {
		this.scopes.add(new Target(label, end, next));
		oneWay(body);
		this.scopes.remove(this.scopes.size() - 1);
	}

	private boolean leave(IrStmt.Label label, boolean breaks) {
		int depth = this.scopes.size() - 1;
		while (!(this.scopes.get(depth) instanceof Target candidate && candidate.label() == label)) {
			depth--;
		}
		Target target = (Target) this.scopes.get(depth);
		Label destination = (breaks || target.next() == null) ? target.end() : target.next();
		leaveTo(depth, () -> this.mv.visitJumpInsn(Opcodes.GOTO, destination));
		return false;
	}

	/** Copies in the cleanup of every protected scope above this depth, then jumps. */
	private void leaveTo(int depth, Runnable jump) {
		List<Scope> all = this.scopes;
		for (int i = all.size() - 1; i > depth; i--) {
			if (all.get(i) instanceof Protected scope) {
				close(scope);
				if (scope.cleanup != null) {
					this.scopes = new ArrayList<>(all.subList(0, i));
					boolean goesOn = block(scope.cleanup);
					if (!goesOn) {
						reopen(all, i);
						this.scopes = all;
						return;
					}
				}
			}
		}
		this.scopes = all;
		jump.run();
		reopen(all, depth + 1);
	}

	private void reopen(List<Scope> all, int from) {
		for (int i = from; i < all.size(); i++) {
			if (all.get(i) instanceof Protected scope) {
				scope.open = new Label();
				label(scope.open);
			}
		}
	}

	private void close(Protected scope) {
		Label here = new Label();
		this.mv.visitLabel(here);
		if (scope.open.getOffset() < here.getOffset()) {
			scope.ranges.add(new Label[] { scope.open, here });
		}
	}

	private boolean returns(@Nullable IrExpr value) {
		if (this.frame.function.givesInts()) {
			this.results.push(value);
			finish(Kind.LONG);
			return false;
		}
		Kind kind = this.frame.function.result();
		boolean protectedHere = false;
		for (Scope scope : this.scopes) {
			protectedHere |= scope instanceof Protected;
		}
		if (value != null) {
			this.expressions.push(value, kind, this.frame.function.record());
		}
		else if (kind != Kind.VOID) {
			this.frame.zero(kind);
		}
		if (!protectedHere) {
			finish(kind);
			return false;
		}
		int slot = this.frame.newSlot(kind);
		if (kind != Kind.VOID) {
			this.mv.visitVarInsn(Jvm.storeOpcode(kind), slot);
		}
		leaveTo(-1, () -> {
			if (kind != Kind.VOID) {
				this.mv.visitVarInsn(Jvm.loadOpcode(kind), slot);
			}
			finish(kind);
		});
		return false;
	}

	private void finish(Kind kind) {
		this.mv.visitInsn(Jvm.returnOpcode(kind));
	}

	private void choice(IrStmt.Switch choice) {
		this.expressions.push(choice.subject(), Kind.INDEX);
		TreeMap<Integer, List<IrStmt>> bodies = new TreeMap<>();
		choice.cases().forEach(each -> bodies.put(each.value(), each.body()));
		Label otherwise = new Label();
		Label end = new Label();
		Label[] labels = new Label[bodies.size()];
		int[] keys = bodies.keySet().stream().mapToInt(Integer::intValue).toArray();
		for (int i = 0; i < labels.length; i++) {
			labels[i] = new Label();
		}
		select(keys, labels, otherwise);
		int i = 0;
		for (List<IrStmt> body : bodies.values()) {
			label(labels[i++]);
			if (oneWay(body)) {
				this.mv.visitJumpInsn(Opcodes.GOTO, end);
			}
		}
		label(otherwise);
		oneWay(choice.otherwise());
		label(end);
	}

	private void select(int[] keys, Label[] labels, Label otherwise) {
		boolean dense = keys.length > 0 && (long) keys[keys.length - 1] - keys[0] < keys.length * 2L + 4;
		if (!dense) {
			this.mv.visitLookupSwitchInsn(otherwise, keys, labels);
			return;
		}
		Label[] table = new Label[keys[keys.length - 1] - keys[0] + 1];
		java.util.Arrays.fill(table, otherwise);
		for (int i = 0; i < keys.length; i++) {
			table[keys[i] - keys[0]] = labels[i];
		}
		this.mv.visitTableSwitchInsn(keys[0], keys[keys.length - 1], otherwise, table);
	}

	private void choiceOfText(IrStmt.SwitchText choice) {
		int subject = this.frame.newSlot(Kind.TEXT);
		this.expressions.push(choice.subject(), Kind.TEXT);
		this.mv.visitVarInsn(Opcodes.ASTORE, subject);
		TreeMap<Integer, List<Integer>> byHash = new TreeMap<>();
		Label[] bodies = new Label[choice.cases().size()];
		for (int i = 0; i < bodies.length; i++) {
			bodies[i] = new Label();
			byHash.computeIfAbsent(choice.cases().get(i).value().hashCode(), hash -> new ArrayList<>()).add(i);
		}
		Label otherwise = new Label();
		Label end = new Label();
		Label[] buckets = byHash.keySet().stream().map(hash -> new Label()).toArray(Label[]::new);
		this.mv.visitVarInsn(Opcodes.ALOAD, subject);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "hashCode", "()I", false);
		this.mv.visitLookupSwitchInsn(otherwise, byHash.keySet().stream().mapToInt(Integer::intValue).toArray(),
				buckets);
		int bucket = 0;
		for (List<Integer> candidates : byHash.values()) {
			this.mv.visitLabel(buckets[bucket++]);
			for (int candidate : candidates) {
				this.mv.visitVarInsn(Opcodes.ALOAD, subject);
				this.expressions.constant(choice.cases().get(candidate).value(), Kind.TEXT);
				this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "equals", "(Ljava/lang/Object;)Z",
						false);
				this.mv.visitJumpInsn(Opcodes.IFNE, bodies[candidate]);
			}
			this.mv.visitJumpInsn(Opcodes.GOTO, otherwise);
		}
		for (int i = 0; i < bodies.length; i++) {
			label(bodies[i]);
			if (oneWay(choice.cases().get(i).body())) {
				this.mv.visitJumpInsn(Opcodes.GOTO, end);
			}
		}
		label(otherwise);
		oneWay(choice.otherwise());
		label(end);
	}

	/**
	 * The body is covered by the handler and the cleanup, the handler by the cleanup alone. Every way out copies the
	 * cleanup in, uncovered.
	 */
	private void attempt(IrStmt.Try attempt) {
		int depthSlot = this.frame.newSlot(Kind.INDEX);
		this.frame.loadContext();
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "callDepth", "()I", false);
		this.mv.visitVarInsn(Opcodes.ISTORE, depthSlot);
		Label end = new Label();
		Protected body = protect(attempt.cleanup(), depthSlot, attempt.body(), end);
		List<Label[]> cleanupRanges = new ArrayList<>(body.ranges);
		if (attempt.handler() != null && attempt.error() != null) {
			Label handler = new Label();
			label(handler);
			cover(body.ranges, handler);
			catchError(depthSlot, attempt.error());
			Protected handled = protect(attempt.cleanup(), depthSlot, attempt.handler(), end);
			cleanupRanges.clear();
			cleanupRanges.addAll(handled.ranges);
		}
		if (attempt.cleanup() != null) {
			Label always = new Label();
			label(always);
			cover(cleanupRanges, always);
			int thrown = this.frame.newSlot(Kind.ANY);
			this.mv.visitVarInsn(Opcodes.ASTORE, thrown);
			restoreDepth(depthSlot);
			if (oneWay(attempt.cleanup())) {
				this.mv.visitVarInsn(Opcodes.ALOAD, thrown);
				this.mv.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Throwable");
				this.mv.visitInsn(Opcodes.ATHROW);
			}
		}
		label(end);
	}

	private Protected protect(@Nullable List<IrStmt> cleanup, int depthSlot, List<IrStmt> body, Label end) {
		Protected scope = new Protected(cleanup, depthSlot);
		this.mv.visitLabel(scope.open);
		this.scopes.add(scope);
		boolean reached = oneWay(body);
		this.scopes.remove(this.scopes.size() - 1);
		close(scope);
		if (reached && (cleanup == null || oneWay(cleanup))) {
			this.mv.visitJumpInsn(Opcodes.GOTO, end);
		}
		return scope;
	}

	private void cover(List<Label[]> ranges, Label handler) {
		for (Label[] range : ranges) {
			this.mv.visitTryCatchBlock(range[0], range[1], handler, null);
		}
	}

	private void catchError(int depthSlot, Local error) {
		int thrown = this.frame.newSlot(Kind.ANY);
		this.mv.visitVarInsn(Opcodes.ASTORE, thrown);
		restoreDepth(depthSlot);
		this.frame.loadContext();
		this.mv.visitVarInsn(Opcodes.ALOAD, thrown);
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/flin/runtime/Failures", "caught",
				"(" + Jvm.CONTEXT_DESCRIPTOR + "Ljava/lang/Throwable;)L" + Jvm.ERROR + ";", false);
		if (error.isCell()) {
			this.frame.declareCell(error);
		}
		else {
			this.frame.store(error);
		}
	}

	private void restoreDepth(int depthSlot) {
		this.frame.loadContext();
		this.mv.visitVarInsn(Opcodes.ILOAD, depthSlot);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "callDepth", "(I)V", false);
	}

	void label(Label label) {
		this.mv.visitLabel(label);
		this.frame.forgetLine();
	}

}
