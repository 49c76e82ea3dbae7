package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/**
 * Splits functions whose code would not fit into a method of the JVM, or be too large for its compiler: runs of
 * statements become functions of their own. A local that a part assigns and others use becomes a box.
 */
final class MethodSplitter {

	/** Nodes of the core; each takes some ten bytes of code, and a method holds 65,535. */
	private static final int FUNCTION_NODES_MAX = 3_500;

	private static final int PART_NODES_MAX = 700;

	/** A class has 65,535 constants; a node needs two or three new ones at most, and mostly none. */
	private static final int UNIT_NODES_MAX = 10_000;

	private final IrUnit unit;

	private final IrFunction function;

	private final List<IrFunction> parts = new ArrayList<>();

	/** How often each local is mentioned in the whole function. */
	private final Map<Local, Integer> mentions = new IdentityHashMap<>();

	private final Set<Local> boxed = Collections.newSetFromMap(new IdentityHashMap<>());

	private MethodSplitter(IrUnit unit, IrFunction function) {
		this.unit = unit;
		this.function = function;
	}

	/**
	 * Splits what is too large.
	 * @return whether the unit is far from all limits of the JVM, so that its classes can be made later
	 */
	static boolean split(IrUnit unit) {
		int largest = 0;
		int all = 0;
		for (IrFunction function : List.copyOf(unit.functions())) {
			int size = function.size();
			if (size > FUNCTION_NODES_MAX) {
				new MethodSplitter(unit, function).split();
			}
			largest = Math.max(largest, size);
			all += size;
		}
		return largest <= FUNCTION_NODES_MAX / 2 && all <= UNIT_NODES_MAX;
	}

	private void split() {
		mention(this.function.body(), this.mentions);
		List<IrStmt> body = splitList(this.function.body());
		for (Local local : this.boxed) {
			if (!this.function.params().contains(local)) {
				body = declared(local, body);
			}
		}
		this.function.replaceBody(body);
		this.unit.functions().addAll(this.parts);
	}

	/**
	 * Makes the box of a local where all that mentions it sees it. Where that is the body of a loop, each turn has a
	 * box of its own: closures hold it.
	 */
	private static List<IrStmt> declared(Local local, List<IrStmt> body) {
		List<IrStmt> owners = body.stream().filter(each -> mentions(List.of(each), local)).toList();
		if (owners.size() == 1) {
			IrStmt owner = owners.get(0);
			List<List<IrStmt>> blocks = new ArrayList<>();
			IrStmt bare = owner.mapBlocks(block -> {
				blocks.add(block);
				return List.of();
			});
			List<List<IrStmt>> inside = blocks.stream().filter(block -> mentions(block, local)).toList();
			if (inside.size() == 1 && !mentions(List.of(bare), local)) {
				List<IrStmt> result = new ArrayList<>(body);
				result.set(body.indexOf(owner), owner
					.mapBlocks(block -> (block == inside.get(0)) ? declared(local, block) : block));
				return result;
			}
		}
		List<IrStmt> result = new ArrayList<>(body);
		result.add(0, new IrStmt.Declare(local, null));
		return result;
	}

	private static boolean mentions(List<IrStmt> body, Local local) {
		Map<Local, Integer> mentions = new IdentityHashMap<>();
		mention(body, mentions);
		return mentions.containsKey(local);
	}

	private List<IrStmt> splitList(List<IrStmt> body) {
		List<IrStmt> out = new ArrayList<>();
		List<IrStmt> run = new ArrayList<>();
		int runSize = 0;
		for (IrStmt statement : body) {
			int size = Walk.size(List.of(statement));
			// A box has to be made where everybody sees it; any local may become one.
			boolean closed = !(statement instanceof IrStmt.Declare) && isClosed(statement);
			if (!closed || size > PART_NODES_MAX || runSize + size > PART_NODES_MAX) {
				flush(run, runSize, out);
				runSize = 0;
			}
			if (size > PART_NODES_MAX) {
				IrStmt smaller = statement.mapBlocks(this::splitList);
				out.add(smaller);
			}
			else if (closed) {
				run.add(statement);
				runSize += size;
			}
			else {
				out.add(statement);
			}
		}
		flush(run, runSize, out);
		return out;
	}

	private void flush(List<IrStmt> run, int size, List<IrStmt> out) {
		if (size < PART_NODES_MAX / 8 || declaresForOthers(run)) {
			out.addAll(run);
		}
		else {
			out.add(new IrStmt.Eval(outline(List.copyOf(run))));
		}
		run.clear();
	}

	/** Whether a variable is declared somewhere inside that is used elsewhere too. */
	private boolean declaresForOthers(List<IrStmt> run) {
		Map<Local, Integer> inside = new IdentityHashMap<>();
		mention(run, inside);
		boolean[] found = new boolean[1];
		Walk.statements(run, statement -> found[0] |= statement instanceof IrStmt.Declare declare
				&& this.mentions.getOrDefault(declare.local(), 0) > inside.getOrDefault(declare.local(), 0));
		return found[0];
	}

	private IrExpr outline(List<IrStmt> run) {
		Map<Local, Integer> inside = new LinkedHashMap<>();
		mention(run, inside);
		Set<Local> assigned = Collections.newSetFromMap(new IdentityHashMap<>());
		Walk.statements(run, statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null) {
				assigned.add(local);
			}
		});
		IrFunction part = new IrFunction(this.function.unit(), this.function.name() + "$part" + this.parts.size(),
				List.of(), Kind.VOID);
		List<IrExpr> args = new ArrayList<>();
		inside.forEach((local, count) -> {
			boolean outside = this.mentions.getOrDefault(local, 0) > count || this.function.params().contains(local)
					|| this.function.captures().contains(local);
			if (outside) {
				if (assigned.contains(local)) {
					box(local);
				}
				part.captures().add(local);
				args.add(new IrExpr.Read(local));
			}
		});
		part.complete(run);
		if (this.function.usesUnit()) {
			part.useUnit();
		}
		this.parts.add(part);
		return new IrExpr.Call(part, args, 0);
	}

	private void box(Local local) {
		if (!local.isCell()) {
			this.boxed.add(local);
			boxDeep(local);
		}
	}

	/** Closures that hold a copy of the value hold the box from now on. */
	private void boxDeep(Local local) {
		local.makeCell();
		for (IrFunction each : List.copyOf(this.unit.functions())) {
			Walk.statements(each.body(), statement -> {
			}, expr -> {
				if (expr instanceof IrExpr.Closure closure) {
					int at = closure.captured().indexOf(local);
					if (at >= 0 && !closure.function().captures().get(at).isCell()) {
						boxDeep(closure.function().captures().get(at));
					}
				}
			});
		}
	}

	/** Whether nothing in a statement jumps out of it. */
	private static boolean isClosed(IrStmt statement) {
		Set<IrStmt.Label> own = Collections.newSetFromMap(new IdentityHashMap<>());
		boolean[] closed = { true };
		Walk.statements(List.of(statement), each -> {
			switch (each) {
				case IrStmt.Block block -> own.add(block.label());
				case IrStmt.Loop loop -> own.add(loop.label());
				case IrStmt.Count loop -> own.add(loop.label());
				case IrStmt.Break leave -> closed[0] &= own.contains(leave.label());
				case IrStmt.Continue again -> closed[0] &= own.contains(again.label());
				case IrStmt.Return result -> closed[0] = false;
				default -> {
				}
			}
		});
		return closed[0];
	}

	private static void mention(List<IrStmt> body, Map<Local, Integer> mentions) {
		Walk.statements(body, statement -> {
			Local local = UnitGenerator.assigned(statement);
			if (local != null) {
				mentions.merge(local, 1, Integer::sum);
			}
		}, expr -> {
			if (expr instanceof IrExpr.Read read) {
				mentions.merge(read.local(), 1, Integer::sum);
			}
			else if (expr instanceof IrExpr.Closure closure) {
				closure.captured().forEach(local -> mentions.merge(local, 1, Integer::sum));
			}
		});
	}

}
