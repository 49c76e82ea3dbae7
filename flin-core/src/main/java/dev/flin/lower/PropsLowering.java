package dev.flin.lower;

import java.util.List;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type;

/** Lowers {@code props { }}: each declared prop is checked, gets its default, and is known under its bare name. */
final class PropsLowering {

	private PropsLowering() {
	}

	static void lower(BodyLowering body, Stmt.Props props) {
		IrExpr given = new IrExpr.ReadFile(body.unit.hostVariable("$props", Kind.MAP));
		for (Part.Field field : props.fields()) {
			if (body.resolution().symbol(field.id()) instanceof Symbol.Variable variable) {
				prop(body, field, variable, given);
			}
		}
	}

	private static void prop(BodyLowering body, Part.Field field, Symbol.Variable variable, IrExpr given) {
		int line = body.lineOf(field);
		Type type = body.variableType(variable);
		IrExpr value = body.keep(ViewSide.givenProp(given, field.name(), line));
		Expr byDefault = field.defaultValue();
		if (byDefault != null) {
			Local chosen = body.temporary(Kind.ANY);
			List<IrStmt> missing = body
				.collect(() -> body.emit(new IrStmt.Set(chosen, MarkupLowering.boxed(body.value(byDefault, type)))));
			body.emit(new IrStmt.If(new IrExpr.IsNone(value), missing, List.of(new IrStmt.Set(chosen, value))));
			value = new IrExpr.Read(chosen);
		}
		IrExpr checked = body.convert(value, Type.Basic.ANY, type, field);
		body.write(variable, checked);
		IrExpr stored = MarkupLowering.boxed(body.storage(variable).read());
		body.emit(new IrStmt.Eval(ViewSide.prop(given, field.name(), stored, line)));
	}

}
