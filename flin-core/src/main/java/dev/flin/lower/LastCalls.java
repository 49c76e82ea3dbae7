package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;

/** Bodies that give their last calls back: who has called the function makes these calls, one after the other. */
final class LastCalls {

	private static final String TAIL_CALL = "dev/flin/runtime/link/TailCall";

	private static final String CALL_LIST = "callList";

	private static final String LIST_ARGUMENTS = "(" + RunSide.OBJ + "L" + RunSide.LIST + ";)" + RunSide.OBJ;

	private final Finder finder;

	private LastCalls(Finder finder) {
		this.finder = finder;
	}

	/** Knows which calls are given back. */
	@FunctionalInterface
	interface Finder {

		/**
		 * What is given back instead of a statement and those after it.
		 * @return null where no such call is
		 */
		@Nullable IrExpr at(List<IrStmt> body, int index);

	}

	/** The body of a function with another result: a value, none, or the call that comes next. */
	static List<IrStmt> given(IrFunction function, Finder finder) {
		List<IrStmt> body = new LastCalls(finder).rewrite(function.body(), true);
		if (function.result() == Kind.VOID) {
			body.add(new IrStmt.Return(Coercion.NONE));
		}
		return body;
	}

	/** A call that another one makes. */
	static IrExpr next(IrExpr function, List<IrExpr> args, int line) {
		List<IrExpr> values = args.stream().map(arg -> Coercion.represent(arg, Kind.ANY)).toList();
		return RunSide.call(TAIL_CALL, "next", "(" + RunSide.OBJ + "[" + RunSide.OBJ + ")" + RunSide.OBJ, line,
				Coercion.represent(function, Kind.ANY), new IrExpr.Pack(values));
	}

	/** A call of a function value with the arguments in a list. */
	static IrExpr.Invoke withList(IrExpr function, IrExpr list, int line) {
		return RunSide.call(RunSide.VALUES, CALL_LIST, LIST_ARGUMENTS, line, Coercion.represent(function, Kind.ANY),
				list);
	}

	/** Whether it is a call that {@link #withList} made: its first argument is the function, the second the list. */
	static boolean isWithList(IrExpr.Invoke call) {
		return call.target().name().equals(CALL_LIST) && call.target().owner().equals(RunSide.VALUES);
	}

	/** As {@link #next}, for a call that {@link #withList} made. */
	static IrExpr nextWithList(IrExpr.Invoke call) {
		return RunSide.call(TAIL_CALL, "nextWithList", LIST_ARGUMENTS, call.line(), call.args().get(0),
				call.args().get(1));
	}

	/** What comes out when a call and all those after it were made. */
	static IrExpr result(IrExpr first) {
		return RunSide.call(TAIL_CALL, "result", "(Ldev/flin/runtime/FlinContext;" + RunSide.OBJ + ")" + RunSide.OBJ, 0,
				new IrExpr.Context(), first);
	}

	/** @param tail whether what is left to do after a last call here is nothing: not so inside {@code try} */
	private List<IrStmt> rewrite(List<IrStmt> body, boolean tail) {
		List<IrStmt> out = new ArrayList<>();
		for (int i = 0; i < body.size(); i++) {
			IrExpr next = tail ? this.finder.at(body, i) : null;
			if (next != null) {
				out.add(new IrStmt.Return(next));
				break;
			}
			out.add(rewrite(body.get(i), tail));
		}
		return out;
	}

	private IrStmt rewrite(IrStmt statement, boolean tail) {
		return switch (statement) {
			case IrStmt.Return s -> {
				IrExpr value = s.value();
				yield new IrStmt.Return((value != null) ? Coercion.represent(value, Kind.ANY) : Coercion.NONE);
			}
			case IrStmt.Try s -> s.mapBlocks(block -> rewrite(block, false));
			default -> statement.mapBlocks(block -> rewrite(block, tail));
		};
	}

}
