package dev.flin.resolve;

import java.util.List;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** Finds out what every name of a file means. */
public final class Resolver {

	private Resolver() {
	}

	/**
	 * Resolves one file.
	 * @param tree its syntax
	 * @param declarations what the files of the application declare
	 * @param builtins the names that exist anyway
	 */
	public static Resolution resolve(SyntaxTree tree, Declarations declarations, BuiltinNames builtins) {
		ResolveContext context = new ResolveContext(tree, declarations, builtins);
		ExprResolver exprs = new ExprResolver(context);
		for (Stmt statement : tree.body()) {
			if (statement instanceof Stmt.Props props) {
				declareProps(context, props);
			}
		}
		context.declareAssigned(tree.body());
		exprs.statements().file(tree.body());
		context.endFrame();
		context.browser.check();
		warnUnused(context);
		List<Diagnostic> found = context.diagnostics;
		for (Diagnostic each : declarations.diagnostics()) {
			if (each.file() == tree.file()) {
				found.add(each);
			}
		}
		found.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
		context.resolution.diagnostics(found);
		return context.resolution;
	}

	private static void declareProps(ResolveContext context, Stmt.Props props) {
		for (Part.Field field : props.fields()) {
			Symbol.Variable variable = context.bind(field.name(), Symbol.Variable.Kind.PROP, field.nameSpan());
			context.resolution.symbol(field.id(), variable);
		}
	}

	private static void warnUnused(ResolveContext context) {
		for (Symbol.Variable variable : context.variables()) {
			Frame.Kind kind = variable.frame().kind();
			if (variable.kind() == Symbol.Variable.Kind.LOCAL && !variable.isRead() && !variable.name().startsWith("_")
					&& (kind == Frame.Kind.FUNCTION || kind == Frame.Kind.LAMBDA)) {
				context.report(Diagnostic
					.of(Code.W0102, context.tree.file(), variable.declared(),
							"the variable '" + variable.name() + "' is never read")
					.withHelp("remove it, or call it '_" + variable.name() + "' if that is meant"));
			}
		}
	}

}
