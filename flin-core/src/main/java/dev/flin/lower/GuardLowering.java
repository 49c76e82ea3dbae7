package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrGuard;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.resolve.Frame;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/** Lowers guard lines: their form is data, their arguments are code that runs for each request. */
final class GuardLowering {

	private static final Set<String> RULES = Set.of("auth", "role", "owner", "rate_limit", "csrf", "api_key",
			"ip_whitelist", "time", "method", "signed");

	/** The places of arguments that may be given by name. */
	private static final Map<String, List<String>> NAMES = Map.of("rate_limit", List.of("n", "seconds", "by"), "time",
			List.of("hours", "zone", "days"));

	private final WebLowering web;

	private final GuardChecks checks;

	GuardLowering(WebLowering web) {
		this.web = web;
		this.checks = new GuardChecks(web);
	}

	/** The rules of a line; where one is in error it is reported and left out. */
	List<IrGuard> rules(Stmt.Guard guard, Frame frame) {
		List<IrGuard> rules = new ArrayList<>();
		for (Expr rule : guard.rules()) {
			IrGuard lowered = rule(rule, frame);
			if (lowered != null) {
				rules.add(lowered);
			}
		}
		return rules;
	}

	private @Nullable IrGuard rule(Expr rule, Frame frame) {
		if (rule instanceof Expr.Unary not && not.op() == Expr.UnaryOp.NOT) {
			if (not.operand() instanceof Expr.Tuple several) {
				this.checks.composed("not", several.elements().size(), rule);
				return null;
			}
			IrGuard refused = rule(not.operand(), frame);
			return (refused != null) ? new IrGuard.Not(refused) : null;
		}
		List<Part.Arg> args = (rule instanceof Expr.Call call) ? call.args() : List.of();
		Expr callee = (rule instanceof Expr.Call call) ? call.callee() : rule;
		if (!(callee instanceof Expr.Name name)) {
			return unknown(rule, "this");
		}
		return switch (name.name()) {
			case "any" -> {
				this.checks.composed("any", args.size(), rule);
				yield new IrGuard.Any(parts(args, frame));
			}
			// A guard of the program hides one of the language: there may be new ones that it did not know of.
			default -> (RULES.contains(name.name()) && this.web.definition(name.name()) == null)
					? known(name.name(), args, frame, rule) : own(name, args, frame, rule);
		};
	}

	private List<IrGuard> parts(List<Part.Arg> args, Frame frame) {
		List<IrGuard> parts = new ArrayList<>();
		for (Part.Arg arg : args) {
			IrGuard part = rule(arg.value(), frame);
			if (part != null) {
				parts.add(part);
			}
		}
		return parts;
	}

	private @Nullable IrGuard unknown(Expr rule, String what) {
		this.web.report(Diagnostic.of(Code.E0503, this.web.file(), rule.span(), what + " is not a guard")
			.withHelp("guards are " + String.join(", ", RULES.stream().sorted().toList()) + ", any, not, "
					+ "and what guard_definition declares"));
		return null;
	}

	private IrGuard known(String name, List<Part.Arg> args, Frame frame, Expr rule) {
		this.checks.known(name, args, rule, NAMES.getOrDefault(name, List.of()));
		this.checks.variables(args, frame);
		int code = this.web.code("guard$" + name, frame, rule, (body) -> {
			List<String> names = NAMES.getOrDefault(name, List.of());
			List<IrExpr> values = new ArrayList<>();
			for (Part.Arg arg : args) {
				int place = (arg.name() != null) ? names.indexOf(arg.name()) : values.size();
				while (values.size() < Math.max(place, 0)) {
					values.add(Coercion.NONE);
				}
				values.add(body.keep(MarkupLowering.boxed(body.value(arg.value()))));
			}
			body.emit(new IrStmt.Return(MarkupLowering.boxed(new IrExpr.NewList(values, Kind.ANY))));
		});
		return new IrGuard.Rule(name, code);
	}

	private @Nullable IrGuard own(Expr.Name name, List<Part.Arg> args, Frame frame, Expr rule) {
		WebLowering.Definition definition = this.web.definition(name.name());
		if (definition == null) {
			return unknown(rule, "'" + name.name() + "'");
		}
		int wanted = definition.function().params().size();
		if (args.size() != wanted) {
			this.web.report(Diagnostic.of(Code.E0203, this.web.file(), rule.span(),
					"the guard '" + name.name() + "' takes " + wanted + " arguments, not " + args.size()));
			return null;
		}
		this.checks.variables(args, frame);
		int code = this.web.code("guard$" + name.name(), frame, rule, (body) -> {
			List<IrExpr> values = new ArrayList<>();
			for (Part.Arg arg : args) {
				values.add(body.keep(MarkupLowering.boxed(body.value(arg.value()))));
			}
			body.emit(new IrStmt.Return(new IrExpr.Call(definition.function(), values, body.lineOf(rule))));
		});
		return new IrGuard.Own(name.name(), code);
	}

}
