package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.CheckedBody;
import dev.flin.types.Type;

/** Lowers the bodies of declared functions for given types of their parameters. */
final class FunctionLowering {

	private FunctionLowering() {
	}

	static String methodName(Symbol.Function function) {
		if (function.owner() instanceof Symbol.Implementation implementation) {
			return implementation.declaration().type() instanceof TypeExpr.Named named
					? named.name() + "$" + function.name() : function.name();
		}
		return function.name();
	}

	/** {@code self} first in methods. */
	static List<Local> parameters(Symbol.Function function, List<Type> types, RecordFields records) {
		List<Local> params = new ArrayList<>();
		int shift = types.size() - function.declaration().params().size();
		for (int i = 0; i < types.size(); i++) {
			boolean isSelf = i < shift;
			String name = "self";
			if (!isSelf) {
				name = (function.declaration().params().get(i - shift).target() instanceof Pattern.Name n)
						? n.name() : "$p" + i;
			}
			params.add(new Local(name, Kinds.of(types.get(i)), records.className(types.get(i))));
		}
		return params;
	}

	static void body(UnitLowering unit, Symbol.Function function, CheckedBody checkedBody, IrFunction target,
			List<Type> types) {
		Frame frame = function.frame();
		Part.Block code = function.declaration().body();
		if (frame == null || code == null) {
			throw new IllegalStateException("a call of " + function + ", which has no body");
		}
		BodyLowering body = new BodyLowering(unit, checkedBody, frame, null, target, checkedBody.result());
		body.complete(() -> {
			bindParameters(body, function, target, types);
			body.block(code, Dest.RETURN);
		});
	}

	private static void bindParameters(BodyLowering body, Symbol.Function function, IrFunction target,
			List<Type> types) {
		List<Part.Param> written = function.declaration().params();
		int shift = types.size() - written.size();
		if (shift > 0) {
			body.self(target.params().get(0), types.get(0));
		}
		for (int i = 0; i < written.size(); i++) {
			bindParameter(body, written.get(i), target.params().get(i + shift), types.get(i + shift));
		}
	}

	private static void bindParameter(BodyLowering body, Part.Param param, Local local, Type type) {
		if (param.target() instanceof Pattern.Name name
				&& body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable) {
			Type stored = body.body.variable(variable);
			if (Kinds.of(stored) == local.kind()) {
				if (variable.isCaptured() && variable.isReassigned()) {
					local.makeCell();
				}
				body.parameter(variable, local);
			}
			else {
				body.bind(variable, new IrExpr.Read(local), type, param);
			}
			return;
		}
		body.patterns.bind(param.target(), new IrExpr.Read(local), type);
	}

	/** Evaluates the defaults of the missing parameters, left to right, and calls the function. */
	static void defaults(UnitLowering unit, Symbol.Function function, List<Type> types, List<Local> all,
			long missing, IrFunction whole, IrFunction target) {
		Frame frame = function.frame();
		if (frame == null) {
			throw new IllegalStateException("a call of " + function + ", which has no body");
		}
		CheckedBody checkedBody = unit.program().checked().instance(function, types);
		BodyLowering body = new BodyLowering(unit, checkedBody, frame, null, target, checkedBody.result());
		List<Part.Param> written = function.declaration().params();
		int shift = types.size() - written.size();
		body.complete(() -> {
			body.line(function.declaration());
			if (shift > 0) {
				body.self(all.get(0), types.get(0));
			}
			for (int i = 0; i < written.size(); i++) {
				Local local = all.get(i + shift);
				Type type = types.get(i + shift);
				Expr byDefault = written.get(i).defaultValue();
				if ((missing & (1L << (i + shift))) != 0) {
					IrExpr value = (byDefault != null) ? body.value(byDefault, type)
							: new IrExpr.NewList(List.of(), Kind.ANY);
					body.emit(new IrStmt.Declare(local, value));
				}
				bindParameter(body, written.get(i), local, type);
			}
			List<IrExpr> args = new ArrayList<>(all.size());
			for (Local local : all) {
				args.add(new IrExpr.Read(local));
			}
			IrExpr call = new IrExpr.Call(whole, args, body.lineOf(function.declaration()));
			if (whole.result() == Kind.VOID) {
				body.emit(new IrStmt.Eval(call));
				body.emit(new IrStmt.Return(null));
			}
			else {
				body.emit(new IrStmt.Return(call));
			}
		});
	}

}
