package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;

/** Calls of list functions on ranges, and on what such functions make of them, that need no list of all elements. */
final class RangePipelines {

	private static final String STEPS = "dev/flin/runtime/link/RangeSteps";

	private static final String LIST = "L" + RunSide.LIST + ";";

	private static final String FN = "Ldev/flin/value/FlinFunction;";

	private static final String TO_LIST = "toList";

	/** What adds a step, by name. */
	private static final Map<String, String> STEP = Map.of("map", "map", "filter", "filter");

	/** What reads elements: Java name, parameters behind the source, and result. */
	private static final Map<String, Reader> READERS = Map.ofEntries(
			Map.entry("take/2", new Reader("take", "J", LIST, false)),
			Map.entry("take_while/2", new Reader("takeWhile", FN, LIST, false)),
			Map.entry("first/1", new Reader("first", "", RunSide.OBJ, false)),
			Map.entry("find/2", new Reader("find", FN, RunSide.OBJ, false)),
			Map.entry("find_index/2", new Reader("findIndex", FN, "J", false)),
			Map.entry("any/2", new Reader("any", FN, "Z", false)),
			Map.entry("all/2", new Reader("all", FN, "Z", false)),
			Map.entry("none_of/2", new Reader("none", FN, "Z", false)),
			Map.entry("len/1", new Reader("len", "", "J", false)),
			Map.entry("count/2", new Reader("count", FN, "J", false)),
			Map.entry("is_empty/1", new Reader("isEmpty", "", "Z", false)),
			Map.entry("each/2", new Reader("each", FN, RunSide.OBJ, false)),
			Map.entry("reduce/3", new Reader("reduce", FN + RunSide.OBJ, RunSide.OBJ, false)),
			Map.entry("last/1", new Reader("last", "", RunSide.OBJ, true)),
			Map.entry("get/2", new Reader("get", "J", RunSide.OBJ, true)),
			Map.entry("contains/2", new Reader("contains", RunSide.OBJ, "Z", true)),
			Map.entry("sum/1", new Reader("sum", "", "J", true)));

	private RangePipelines() {
	}

	/** @param plain whether it reads ranges alone, without steps */
	private record Reader(String method, String parameters, String result, boolean plain) {
	}

	/** A range where a list is wanted. */
	static IrExpr list(IrExpr range) {
		return RunSide.call(RunSide.GROWTH, TO_LIST, "(" + RunSide.CONTEXT + "L" + RunSide.RANGE + ";)" + LIST, 0,
				new IrExpr.Context(), range);
	}

	/** A range in a box, or none, where a list or none is wanted. */
	static IrExpr listOrNone(IrExpr range) {
		return RunSide.call(RunSide.GROWTH, "listOrNone", "(" + RunSide.CONTEXT + RunSide.OBJ + ")" + RunSide.OBJ, 0,
				new IrExpr.Context(), range);
	}

	/** The call of a built-in whose first argument is a range or made of one; null if it is another call. */
	static @Nullable IrExpr call(String name, List<IrExpr> args, int line) {
		IrExpr source = args.isEmpty() ? null : source(args.get(0));
		if (source == null || wantsList(name, args)) {
			return null;
		}
		String step = (args.size() == 2 && args.get(1).kind() == Kind.FUNCTION) ? STEP.get(name) : null;
		if (step != null) {
			IrExpr steps = RunSide.call(STEPS, step, "(" + RunSide.OBJ + FN + ")" + RunSide.OBJ, line, source,
					args.get(1));
			return RunSide.call(STEPS, TO_LIST, "(" + RunSide.CONTEXT + RunSide.OBJ + ")" + LIST, line,
					new IrExpr.Context(), steps);
		}
		Reader reader = READERS.get(name + "/" + args.size());
		return (reader != null && (!reader.plain() || isRange(source))) ? read(reader, source, args, line) : null;
	}

	/** Whether a function takes the list itself, behind the element and its index. */
	private static boolean wantsList(String name, List<IrExpr> args) {
		int most = name.equals("reduce") ? 3 : 2;
		return args.stream()
			.anyMatch(arg -> arg instanceof IrExpr.Closure closure && closure.function().params().size() > most);
	}

	private static @Nullable IrExpr read(Reader reader, IrExpr source, List<IrExpr> args, int line) {
		String descriptor = "(" + RunSide.CONTEXT + RunSide.OBJ + reader.parameters() + ")" + reader.result();
		List<IrExpr> all = new ArrayList<>(List.of(new IrExpr.Context(), source));
		List<Kind> kinds = RunSide.method(STEPS, reader.method(), descriptor, false).params();
		for (int i = 1; i < args.size(); i++) {
			Kind wanted = kinds.get(i + 1);
			if (wanted != Kind.ANY && args.get(i).kind() != wanted) {
				return null;
			}
			all.add(Coercion.represent(args.get(i), wanted));
		}
		return RunSide.call(STEPS, reader.method(), descriptor, line, all.toArray(IrExpr[]::new));
	}

	private static boolean isRange(IrExpr source) {
		return source instanceof IrExpr.Convert boxed && boxed.value().kind() == Kind.RANGE;
	}

	/** The range or steps that a list was about to be made of. */
	private static @Nullable IrExpr source(IrExpr list) {
		if (list instanceof IrExpr.Invoke made && made.target().name().equals(TO_LIST)) {
			if (made.target().owner().equals(STEPS)) {
				return made.args().get(1);
			}
			if (made.target().owner().equals(RunSide.GROWTH)) {
				return new IrExpr.Convert(made.args().get(1), Kind.ANY);
			}
		}
		return null;
	}

}
