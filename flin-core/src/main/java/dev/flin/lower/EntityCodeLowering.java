package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.types.Type;

/**
 * Lowers the code in the declaration of an entity to one function that gives its pieces as function values, in the
 * order of {@link EntityParts}.
 */
final class EntityCodeLowering {

	private EntityCodeLowering() {
	}

	/**
	 * Lowers.
	 * @param file the top level of the entity's file
	 * @return the function, already added to the unit
	 */
	static IrFunction lower(BodyLowering file, Symbol.Entity entity) {
		UnitLowering unit = file.unit;
		IrFunction function = new IrFunction(unit.className(), EntityParts.functionName(entity.name()), List.of(),
				Kind.LIST);
		List<IrExpr> closures = new ArrayList<>();
		for (EntityParts.Piece piece : EntityParts.of(entity.declaration())) {
			closures.add(Coercion.represent(closure(file, entity, piece), Kind.ANY));
		}
		function.complete(List.of(new IrStmt.Return(new IrExpr.NewList(closures, Kind.ANY))));
		unit.add(function);
		return function;
	}

	/** The literal that a variable of the file stands for in a piece; null elsewhere, and for other variables. */
	static @Nullable IrExpr literal(BodyLowering body, Symbol.Variable variable, Frame frame, Node node) {
		Expr literal = isIn(frame) ? body.unit.literal(variable) : null;
		if (literal == null) {
			return null;
		}
		Type type = body.type(literal);
		return body.convert(body.value(literal, type), type, body.body.variable(variable), node);
	}

	/** Whether a frame is that of a piece, or inside of one: it may run where the top level of its file never did. */
	private static boolean isIn(Frame frame) {
		for (Frame each = frame; each != null; each = each.parent()) {
			if (each.node() instanceof Part.Field || each.node() instanceof Part.Decorator
					|| each.node() instanceof Part.Hook) {
				return true;
			}
		}
		return false;
	}

	private static IrExpr closure(BodyLowering file, Symbol.Entity entity, EntityParts.Piece piece) {
		String rule = piece.rule();
		if (rule != null) {
			return ruleFunction(file, entity, piece, rule);
		}
		Frame frame = file.body.resolution().frame(piece.owner().id());
		if (frame == null) {
			return file.unsupported(piece.owner(), "this code");
		}
		Local self = new Local("self", Kind.ENTITY, file.records().className(entity));
		IrFunction function = new IrFunction(file.unit.className(), file.unit.uniqueName(entity.name()), List.of(self),
				Kind.ANY);
		function.displayName("");
		BodyLowering inner = new BodyLowering(file.unit, file.body, frame, file, function, Type.Basic.ANY);
		inner.self(self, new Type.EntityOf(entity));
		inner.complete(() -> {
			inner.line(piece.owner());
			Part.Block hook = piece.hook();
			Expr value = piece.value();
			if (hook != null) {
				inner.block(hook, Dest.DROP);
				inner.emit(new IrStmt.Return(Coercion.NONE));
			}
			else if (value != null) {
				inner.emit(value, Dest.RETURN);
			}
		});
		file.unit.add(function);
		file.unit.useAsValue(function);
		return new IrExpr.Closure(function, inner.captured());
	}

	private static IrExpr ruleFunction(BodyLowering file, Symbol.Entity entity, EntityParts.Piece piece, String rule) {
		if (file.unit.program()
			.checked()
			.declarations()
			.lookup(entity.tree(), rule) instanceof Symbol.Function function) {
			int count = function.declaration().params().size();
			List<Type> types = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				types.add(Type.Basic.ANY);
			}
			return new IrExpr.Closure(file.unit.program().functionValue(function, types), List.of());
		}
		file.unit.report(Diagnostic.of(Code.E0402, entity.tree().file(), piece.owner().span(),
				"unknown decorator '@" + rule + "'"));
		return Coercion.NONE;
	}

}
