package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrInput;
import dev.flin.ir.IrShape;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.Type;

/** Lowers {@code validate} blocks: types and rules are data, arguments and defaults are code. */
final class InputLowering {

	/** Decorators whose arguments are names of something, or words; those of others are expressions. */
	private static final Set<String> WORD_ARGUMENTS = Set.of("unique", "one_of", "allow_types", "extension");

	private final WebLowering web;

	InputLowering(WebLowering web) {
		this.web = web;
	}

	List<IrInput> inputs(List<Part.Field> fields, Frame frame) {
		return fields.stream().map((field) -> input(field, frame)).toList();
	}

	private IrInput input(Part.Field field, Frame frame) {
		List<IrInput.Rule> rules = new ArrayList<>();
		int byDefault = -1;
		Expr written = field.defaultValue();
		if (written != null) {
			byDefault = this.web.code("default$" + field.name(), frame, field, (body) -> body
				.emit(new IrStmt.Return(MarkupLowering.boxed(body.value(written, body.type(written))))));
		}
		for (Part.Decorator decorator : field.decorators()) {
			if (decorator.name().equals("default") && !decorator.args().isEmpty()) {
				Expr value = decorator.args().get(0).value();
				byDefault = this.web.code("default$" + field.name(), frame, field,
						(body) -> body.emit(new IrStmt.Return(value(value, body))));
			}
			else if (Names.CONDITIONS.contains(decorator.name())) {
				condition(decorator, frame, rules);
			}
			else {
				rules.add(rule(decorator, frame));
			}
		}
		return new IrInput(field.name(), shape(field, frame), rules, byDefault,
				written != null && isConstant(written));
	}

	private boolean isConstant(Expr written) {
		return EntityParts.isConstant(written)
				|| written instanceof Expr.Name name && this.web.symbol(name) instanceof Symbol.Variants;
	}

	private IrShape shape(Part.Field field, Frame frame) {
		List<Part.Field> nested = field.nested();
		if (nested != null) {
			IrShape inner = new IrShape.Nested(inputs(nested, frame));
			return field.listOfNested() ? new IrShape.ListOf(new IrShape.Element(inner, false)) : inner;
		}
		TypeExpr type = field.type();
		return (type != null) ? new ShapeLowering(this.web, new Site(field, frame), this::requiredRule).shape(type)
				: ShapeLowering.ANY;
	}

	/** Where code belongs that a type needs. */
	record Site(Part.Field field, Frame frame) {
	}

	/** The rule of the keys of a record type that may not be none. */
	private IrInput.Rule requiredRule(Site site) {
		return constantRule("required", List.of(), site.field(), site.frame());
	}

	private IrInput.Rule rule(Part.Decorator decorator, Frame frame) {
		if (this.web.lookup(decorator.name()) instanceof Symbol.Function function) {
			int code = this.web.code("rule$" + decorator.name(), frame, decorator, (body) -> {
				List<Type> types = function.declaration().params().stream().map((param) -> (Type) Type.Basic.ANY)
						.toList();
				IrFunction target = body.unit.program().functionValue(function, types);
				IrExpr value = MarkupLowering.boxed(new IrExpr.Closure(target, List.of()));
				body.emit(new IrStmt.Return(MarkupLowering.boxed(new IrExpr.NewList(List.of(value), Kind.ANY))));
			});
			return new IrInput.Rule(decorator.name(), code);
		}
		if (WORD_ARGUMENTS.contains(decorator.name())) {
			return constantRule(decorator.name(),
					decorator.args().stream().map((arg) -> constant(arg.value())).toList(), decorator, frame);
		}
		return new IrInput.Rule(decorator.name(), this.web.code("rule$" + decorator.name(), frame, decorator,
				(body) -> body.emit(new IrStmt.Return(MarkupLowering.boxed(new IrExpr.NewList(
						decorator.args().stream().map((arg) -> value(arg.value(), body)).toList(), Kind.ANY))))));
	}

	/** Texts are constants, as braces in a pattern would be values otherwise; and so are words. */
	private IrExpr value(Expr written, BodyLowering body) {
		if (written instanceof Expr.Text || written instanceof Expr.Name name && this.web.symbol(name) == null) {
			return constant(written);
		}
		return MarkupLowering.boxed(body.value(written, body.type(written)));
	}

	private IrInput.Rule constantRule(String name, List<IrExpr> values, Node decorator, Frame frame) {
		int code = this.web.code("rule$" + name, frame, decorator,
				(body) -> body.emit(new IrStmt.Return(MarkupLowering.boxed(new IrExpr.NewList(values, Kind.ANY)))));
		return new IrInput.Rule(name, code);
	}

	/** {@code where >= 13 and <= 120} are bounds; any other condition is a function of the values that it names. */
	private void condition(Part.Decorator decorator, Frame frame, List<IrInput.Rule> rules) {
		Frame own = this.web.frame(decorator);
		if (decorator.args().isEmpty() || own == null) {
			return;
		}
		Expr condition = decorator.args().getFirst().value();
		if (decorator.name().equals("where") && isBound(condition)) {
			bounds(condition, decorator, frame, rules);
			return;
		}
		String written = this.web.file().text(decorator.span());
		String message = decorator.name().equals("where") ? "must be " + written.replaceFirst("^where\\s+", "")
				: "is not valid";
		rules.add(new IrInput.Rule("check", this.web.code("rule$check", frame, decorator, (body) -> {
			List<IrExpr> values = new ArrayList<>();
			values.add(MarkupLowering.boxed(function(decorator, condition, own, body)));
			values.add(boxed(message, Kind.TEXT));
			own.variables().forEach((variable) -> values.add(boxed(variable.name(), Kind.TEXT)));
			body.emit(new IrStmt.Return(MarkupLowering.boxed(new IrExpr.NewList(values, Kind.ANY))));
		})));
	}

	private static IrExpr function(Part.Decorator decorator, Expr condition, Frame own, BodyLowering around) {
		UnitLowering unit = around.unit;
		List<Local> params = own.variables().stream().map((each) -> new Local("$" + each.name(), Kind.ANY)).toList();
		IrFunction made = new IrFunction(unit.className(), unit.uniqueName("check"), params, Kind.ANY);
		made.displayName("");
		BodyLowering inner = new BodyLowering(unit, around.body, own, around, made, Type.Basic.ANY);
		inner.complete(() -> {
			inner.line(decorator);
			for (int i = 0; i < params.size(); i++) {
				inner.bind(own.variables().get(i), new IrExpr.Read(params.get(i)), Type.Basic.ANY, decorator);
			}
			inner.emit(condition, Dest.RETURN);
		});
		unit.add(made);
		unit.useAsValue(made);
		return new IrExpr.Closure(made, inner.captured());
	}

	private static boolean isBound(Expr condition) {
		return condition instanceof Expr.Binary test && (test.op() == Expr.BinaryOp.AND
				? isBound(test.left()) && isBound(test.right())
				: (test.op() == Expr.BinaryOp.GE || test.op() == Expr.BinaryOp.LE) && test.left() instanceof Expr.Name
						&& EntityParts.isConstant(test.right()) && !(test.right() instanceof Expr.MoneyOf));
	}

	private void bounds(Expr condition, Part.Decorator decorator, Frame frame, List<IrInput.Rule> rules) {
		if (condition instanceof Expr.Binary both && both.op() == Expr.BinaryOp.AND) {
			bounds(both.left(), decorator, frame, rules);
			bounds(both.right(), decorator, frame, rules);
		}
		else if (condition instanceof Expr.Binary test) {
			String rule = (test.op() == Expr.BinaryOp.GE) ? "min" : "max";
			rules.add(new IrInput.Rule(rule, this.web.code("rule$" + rule, frame, decorator,
					(body) -> body.emit(new IrStmt.Return(MarkupLowering.boxed(new IrExpr.NewList(
							List.of(value(test.right(), body)), Kind.ANY)))))));
		}
	}

	/** Arguments of decorators are constants: numbers, texts, words, durations and lists of them. */
	private IrExpr constant(Expr value) {
		return switch (value) {
			case Expr.Text text -> boxed(constantText(text), Kind.TEXT);
			case Expr.Name name -> boxed(name.name(), Kind.TEXT);
			case Expr.Int number -> boxed(number.value(), Kind.LONG);
			case Expr.Number number -> boxed(number.value(), Kind.DOUBLE);
			case Expr.Bool bool -> boxed(bool.value(), Kind.BOOL);
			case Expr.Unary minus when minus.op() == Expr.UnaryOp.NEGATE
					&& minus.operand() instanceof Expr.Int number ->
				boxed(-number.value(), Kind.LONG);
			case Expr.Unary minus when minus.op() == Expr.UnaryOp.NEGATE
					&& minus.operand() instanceof Expr.Number number ->
				boxed(-number.value(), Kind.DOUBLE);
			case Expr.ListOf list -> MarkupLowering.boxed(new IrExpr.NewList(
					list.elements().stream().map((element) -> constant(element.value())).toList(), Kind.ANY));
			case Expr.None none -> Coercion.NONE;
			default -> {
				notYet(value.span(), "an argument that is no constant, in 'validate',");
				yield Coercion.NONE;
			}
		};
	}

	private String constantText(Expr.Text text) {
		String known = ExprLowering.constantText(text);
		if (known == null) {
			notYet(text.span(), "a text with values as an argument in 'validate'");
			return "";
		}
		return known;
	}

	private static IrExpr boxed(Object value, Kind kind) {
		return MarkupLowering.boxed(new IrExpr.Const(value, kind));
	}

	private void notYet(Span span, String what) {
		this.web.report(Diagnostic.of(Code.E0099, this.web.file(), span, what + " is not supported yet"));
	}

}
