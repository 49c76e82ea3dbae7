package dev.flin.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * A text that a loop only appends to grows in a buffer and becomes a text again behind the loop: otherwise each turn
 * would copy all of it. Loops that something leaves for another place than their end stay as they are, and so do those
 * inside a {@code try}, which an error leaves.
 */
final class TextAccumulation {

	private static final String BUILDER = "java/lang/StringBuilder";

	/** The buffers of the texts that the loop at hand appends to. */
	private final Map<Local, Local> buffers;

	private TextAccumulation(Map<Local, Local> buffers) {
		this.buffers = buffers;
	}

	static void apply(IrFunction function) {
		boolean[] appends = new boolean[1];
		Walk.statements(function.body(), statement -> appends[0] |= target(statement) != null);
		if (appends[0]) {
			function.replaceBody(outside(function.body()));
		}
	}

	/** The variable that a statement appends to; null for other statements. */
	private static @Nullable Local target(IrStmt statement) {
		return (statement instanceof IrStmt.Set set && set.value() instanceof IrExpr.Concat concat
				&& !set.local().isCell() && concat.parts().size() > 1
				&& concat.parts().get(0) instanceof IrExpr.Read read && read.local() == set.local()) ? set.local()
						: null;
	}

	private static List<IrStmt> outside(List<IrStmt> statements) {
		List<IrStmt> result = new ArrayList<>(statements.size());
		for (IrStmt statement : statements) {
			switch (statement) {
				case IrStmt.Loop loop -> loop(loop, result);
				case IrStmt.Count loop -> loop(loop, result);
				case IrStmt.If s ->
					result.add(new IrStmt.If(s.condition(), outside(s.then()), outside(s.otherwise())));
				case IrStmt.Block s -> result.add(new IrStmt.Block(s.label(), outside(s.body())));
				default -> result.add(statement);
			}
		}
		return result;
	}

	private static void loop(IrStmt loop, List<IrStmt> result) {
		Map<Local, Local> buffers = new IdentityHashMap<>();
		List<IrStmt> after = new ArrayList<>();
		List<Local> targets = leavesAtItsEnd(loop) ? targets(loop) : List.of();
		for (Local text : targets) {
			Local buffer = new Local("$buffer", Kind.ANY);
			buffers.put(text, buffer);
			result.add(new IrStmt.Set(buffer, Coercion.NONE));
			IrExpr read = new IrExpr.Read(buffer);
			IrExpr grown = RunSide.on(BUILDER, "toString", "()" + RunSide.STR, 0, read);
			after.add(new IrStmt.If(new IrExpr.IsNone(read), List.of(), List.of(new IrStmt.Set(text, grown))));
		}
		IrStmt growing = buffers.isEmpty() ? loop : new TextAccumulation(buffers).inside(loop);
		result.add(growing.mapBlocks(TextAccumulation::outside));
		result.addAll(after);
	}

	private static boolean leavesAtItsEnd(IrStmt loop) {
		Set<IrStmt.Label> inner = Collections.newSetFromMap(new IdentityHashMap<>());
		Set<IrStmt.Label> targets = Collections.newSetFromMap(new IdentityHashMap<>());
		Walk.statements(List.of(loop), statement -> {
			switch (statement) {
				case IrStmt.Loop s -> inner.add(s.label());
				case IrStmt.Count s -> inner.add(s.label());
				case IrStmt.Block s -> inner.add(s.label());
				case IrStmt.Break s -> targets.add(s.label());
				case IrStmt.Continue s -> targets.add(s.label());
				default -> {
				}
			}
		});
		return inner.containsAll(targets);
	}

	/** The variables that the loop appends to, in written order, and mentions nowhere else. */
	private static List<Local> targets(IrStmt loop) {
		List<Local> appended = new ArrayList<>();
		List<Local> mentioned = new ArrayList<>();
		Walk.statements(List.of(loop), statement -> {
			Local target = target(statement);
			if (target != null) {
				appended.add(target);
			}
			switch (statement) {
				case IrStmt.Set s -> mentioned.add(s.local());
				case IrStmt.Declare s -> mentioned.add(s.local());
				default -> {
				}
			}
		}, expr -> {
			switch (expr) {
				case IrExpr.Read e -> mentioned.add(e.local());
				case IrExpr.Closure e -> mentioned.addAll(e.captured());
				default -> {
				}
			}
		});
		List<Local> result = new ArrayList<>();
		for (Local local : appended) {
			if (!result.contains(local)
					&& Collections.frequency(mentioned, local) == 2 * Collections.frequency(appended, local)) {
				result.add(local);
			}
		}
		return result;
	}

	private List<IrStmt> inside(List<IrStmt> statements) {
		List<IrStmt> result = new ArrayList<>(statements.size());
		for (IrStmt statement : statements) {
			Local text = target(statement);
			Local buffer = (text != null) ? this.buffers.get(text) : null;
			if (text != null && buffer != null) {
				append(((IrExpr.Concat) ((IrStmt.Set) statement).value()).parts(), text, buffer, result);
			}
			else {
				result.add(inside(statement));
			}
		}
		return result;
	}

	private IrStmt inside(IrStmt statement) {
		return statement.mapBlocks(this::inside);
	}

	/** The buffer is made by the first turn that appends. What may fail is evaluated before anything is appended. */
	private static void append(List<IrExpr> parts, Local text, Local buffer, List<IrStmt> result) {
		IrExpr into = new IrExpr.Read(buffer);
		IrExpr made = RunSide.call(RunSide.TEXTS, "buffer", "(" + RunSide.STR + ")L" + BUILDER + ";", 0,
				new IrExpr.Read(text));
		result.add(new IrStmt.If(new IrExpr.IsNone(into), List.of(new IrStmt.Set(buffer, made)), List.of()));
		List<IrExpr> added = parts.subList(1, parts.size());
		if (added.size() > 1 && !added.stream().allMatch(TextAccumulation::isPlain)) {
			added = List.of(new IrExpr.Concat(added));
		}
		for (IrExpr part : added) {
			result.add(new IrStmt.Eval(appended(into, part)));
		}
		result.add(new IrStmt.Eval(RunSide.call(RunSide.GROWTH, "buffer",
				"(" + RunSide.CONTEXT + "L" + BUILDER + ";)V", 0, new IrExpr.Context(), into)));
	}

	private static boolean isPlain(IrExpr part) {
		return part instanceof IrExpr.Const || part instanceof IrExpr.Read;
	}

	private static IrExpr appended(IrExpr buffer, IrExpr part) {
		IrExpr codePoint = Characters.madeFrom(part);
		String name = (codePoint != null) ? "appendCodePoint" : "append";
		IrExpr value = (codePoint != null) ? codePoint : part;
		String type = switch (value.kind()) {
			case INDEX -> "I";
			case LONG -> "J";
			case BOOL -> "Z";
			default -> RunSide.STR;
		};
		return RunSide.on(BUILDER, name, "(" + type + ")L" + BUILDER + ";", 0, buffer, value);
	}

}
