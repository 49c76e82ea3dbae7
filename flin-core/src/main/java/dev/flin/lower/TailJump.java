package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Makes a call that is all that is left to do, of the same function, a jump to its start. */
final class TailJump {

	private final BodyLowering body;

	TailJump(BodyLowering body) {
		this.body = body;
	}

	/**
	 * The name by which a function value may call itself.
	 *
	 * @param symbol a nested function, or the variable that a lambda is assigned to for good
	 * @param parameters the types of its parameters
	 */
	record OwnName(Symbol symbol, List<Type> parameters) {

		OwnName {
			parameters = List.copyOf(parameters);
		}

	}

	/** Emits the jump; false when the call is none, and then nothing was emitted. */
	boolean call(Expr.Call e) {
		if (this.body.insideTry()) {
			return false;
		}
		Access access = this.body.body.access(e.id());
		return switch (access) {
			case Access.FunctionCall call when !(e.callee() instanceof Expr.Member) ->
				declared(e, null, e.args(), call.function(), call.parameterTypes(), call.plan());
			case Access.MethodCall call when e.callee() instanceof Expr.Member member && !member.optional() ->
				declared(e, member.target(), e.args(), call.function(), call.parameterTypes(), call.plan());
			case Access.MethodCall call when e.callee() instanceof Expr.Name && call.function().owner() != null ->
				declared(e, null, e.args(), call.function(), call.parameterTypes(), call.plan());
			case Access.NestedCall call -> value(e, call.function());
			case Access.ValueCall call when e.callee() instanceof Expr.Name name -> value(e, symbol(name));
			case Access.DynamicCall call when e.callee() instanceof Expr.Name name -> value(e, symbol(name));
			case null, default -> false;
		};
	}

	private @Nullable Symbol symbol(Expr.Name name) {
		return this.body.body.resolution().symbol(name.id());
	}

	/** As {@link #call}, for {@code x |> f(y)}. */
	boolean pipe(Expr.Pipe e) {
		return !this.body.insideTry() && this.body.body.access(e.id()) instanceof Access.FunctionCall call
				&& declared(e, e.value(), e.args(), call.function(), call.parameterTypes(), call.plan());
	}

	private boolean declared(Expr e, @Nullable Expr receiver, List<Part.Arg> args, Symbol.Function function,
			List<Type> types, Access.Plan plan) {
		if (this.body.unit.program().lookup(function, types) != this.body.function || plan.sources()
			.stream()
			.anyMatch(source -> source instanceof Access.Default
					|| source instanceof Access.Spliced spliced && spliced.optional())) {
			return false;
		}
		this.body.line(e);
		CallLowering.Site site = new CallLowering.Site(e, receiver, args, false);
		jump(this.body.calls.arrange(site, plan, types, null));
		return true;
	}

	private boolean value(Expr.Call e, @Nullable Symbol callee) {
		OwnName own = this.body.unit.ownName(this.body.function);
		boolean itself = own != null && own.symbol() == callee && e.args().size() == own.parameters().size()
				&& e.args().stream().noneMatch(arg -> arg.spread() || arg.name() != null);
		if (!itself || own == null) {
			return false;
		}
		this.body.line(e);
		List<@Nullable IrExpr> args = new ArrayList<>();
		for (int i = 0; i < e.args().size(); i++) {
			Part.Arg arg = e.args().get(i);
			Local kept = this.body.temporary(this.body.function.params().get(i).kind());
			IrExpr value = this.body.value(arg.value(), own.parameters().get(i));
			this.body.emit(new IrStmt.Set(kept, Coercion.represent(value, kept.kind())));
			args.add(new IrExpr.Read(kept));
		}
		jump(args);
		return true;
	}

	private void jump(List<@Nullable IrExpr> args) {
		IrStmt.Label start = this.body.useTailLoop();
		List<Local> params = this.body.function.params();
		List<IrStmt> moves = new ArrayList<>();
		for (int i = 0; i < params.size(); i++) {
			IrExpr arg = args.get(i);
			// A closure may hold the box of this call: the next one has its own.
			boolean stays = arg instanceof IrExpr.Read read && read.local() == params.get(i)
					&& !params.get(i).isCell();
			if (arg == null || stays) {
				continue;
			}
			Local kept = this.body.temporary(params.get(i).kind());
			this.body.emit(new IrStmt.Set(kept, arg));
			moves.add(new IrStmt.Declare(params.get(i), new IrExpr.Read(kept)));
		}
		moves.forEach(this.body::emit);
		this.body.emit(new IrStmt.Continue(start));
	}

}
