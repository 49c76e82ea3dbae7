package dev.flin.ir;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which code is done in a few steps that never wait, whatever it is given: constants, what the request brought, and
 * values made of them, one step after the other. It has no loops, calls no other code of the program or of the host,
 * and asks neither store nor session. Whatever it makes is used once, so that its result cannot grow beyond what is
 * written and what came in.
 */
public final class PromptCode {

	private static final Set<String> MAP = Set.of("get", "put", "of", "<init>");

	private static final Set<String> REQUEST = Set.of("params", "query", "headers", "header", "path");

	private static final Set<String> ANSWER = Set.of("text", "json", "html", "noContent", "created");

	private PromptCode() {
	}

	/** Whether the code of a function is. */
	public static boolean is(IrFunction function) {
		boolean[] prompt = { true };
		Map<Local, int[]> uses = new HashMap<>();
		Walk.statements(function.body(), (statement) -> prompt[0] = prompt[0] && isPrompt(statement),
				(expression) -> prompt[0] = prompt[0] && isPrompt(expression, uses));
		return prompt[0] && uses.entrySet()
			.stream()
			.noneMatch((use) -> !use.getKey().kind().isPrimitive() && use.getValue()[0] > 1);
	}

	private static boolean isPrompt(IrStmt statement) {
		return switch (statement) {
			case IrStmt.Line s -> true;
			case IrStmt.Eval s -> true;
			case IrStmt.Declare s -> true;
			case IrStmt.Set s -> true;
			case IrStmt.If s -> true;
			case IrStmt.Block s -> true;
			case IrStmt.Break s -> true;
			case IrStmt.Switch s -> true;
			case IrStmt.SwitchText s -> true;
			case IrStmt.Return s -> true;
			case IrStmt.Throw s -> true;
			case IrStmt.SetFile s -> false;
			case IrStmt.Loop s -> false;
			case IrStmt.Count s -> false;
			case IrStmt.Continue s -> false;
			case IrStmt.Try s -> false;
		};
	}

	private static boolean isPrompt(IrExpr expression, Map<Local, int[]> uses) {
		return switch (expression) {
			case IrExpr.Read e -> {
				uses.computeIfAbsent(e.local(), (local) -> new int[1])[0]++;
				yield true;
			}
			case IrExpr.Invoke e -> {
				if (fills(e) && e.args().getFirst() instanceof IrExpr.Read receiver) {
					uses.computeIfAbsent(receiver.local(), (local) -> new int[1])[0]--;
				}
				yield isPrompt(e.target()) || readsRequest(e);
			}
			case IrExpr.Const e -> true;
			case IrExpr.Made e -> true;
			case IrExpr.Context e -> true;
			case IrExpr.Arithmetic e -> true;
			case IrExpr.Compare e -> true;
			case IrExpr.IsNone e -> true;
			case IrExpr.IsKind e -> true;
			case IrExpr.Not e -> true;
			case IrExpr.And e -> true;
			case IrExpr.Or e -> true;
			case IrExpr.Choose e -> true;
			case IrExpr.Convert e -> true;
			case IrExpr.Concat e -> true;
			case IrExpr.NewList e -> true;
			case IrExpr.Pack e -> true;
			case IrExpr.ReadFile e -> e.kind().isPrimitive();
			case IrExpr.Call e -> false;
			case IrExpr.CallValue e -> false;
			case IrExpr.Dynamic e -> false;
			case IrExpr.Closure e -> false;
			case IrExpr.Unit e -> false;
		};
	}

	/** Whether it puts something into a map that the code goes on with. */
	private static boolean fills(IrExpr.Invoke call) {
		return call.target().owner().equals("dev/flin/value/FlinMap") && call.target().name().equals("put");
	}

	/** {@code query.name}: a key of a map that the request brought. */
	private static boolean readsRequest(IrExpr.Invoke call) {
		if (!call.target().owner().equals("dev/flin/runtime/Members") || !call.target().name().equals("getKeyOf")) {
			return false;
		}
		IrExpr map = (call.args().get(1) instanceof IrExpr.Convert same) ? same.value() : call.args().get(1);
		return map instanceof IrExpr.Invoke source && source.target().owner().equals("dev/flin/http/lib/Ambient")
				&& isPrompt(source.target());
	}

	private static boolean isPrompt(JavaMethod method) {
		return switch (method.owner()) {
			case "dev/flin/value/FlinMap" -> MAP.contains(method.name());
			case "dev/flin/http/lib/Ambient" -> REQUEST.contains(method.name());
			case "dev/flin/http/lib/WebLibrary" -> ANSWER.contains(method.name());
			case "dev/flin/value/Printer" -> method.name().equals("interpolate");
			case "dev/flin/value/FlinList", "dev/flin/runtime/lib/ListChanges" -> false;
			default -> BriefCalls.is(method);
		};
	}

}
