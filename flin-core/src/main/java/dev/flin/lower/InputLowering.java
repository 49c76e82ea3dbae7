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
import dev.flin.resolve.Frame;
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
			else if (decorator.name().equals("where")) {
				conditions(decorator.args().get(0).value(), decorator, frame, rules);
			}
			else {
				rules.add(rule(decorator, frame));
			}
		}
		return new IrInput(field.name(), shape(field, frame), rules, byDefault);
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

	/** {@code where >= 13 and <= 120}: comparisons with constants. */
	private void conditions(Expr condition, Part.Decorator decorator, Frame frame, List<IrInput.Rule> rules) {
		if (condition instanceof Expr.Binary both && both.op() == Expr.BinaryOp.AND) {
			conditions(both.left(), decorator, frame, rules);
			conditions(both.right(), decorator, frame, rules);
			return;
		}
		if (condition instanceof Expr.Binary test && test.left() instanceof Expr.Name) {
			switch (test.op()) {
				case GE -> rules.add(constantRule("min", List.of(constant(test.right())), decorator, frame));
				case LE -> rules.add(constantRule("max", List.of(constant(test.right())), decorator, frame));
				default -> notYet(test.span(), "this condition in 'validate'");
			}
			return;
		}
		notYet(condition.span(), "this condition in 'validate'");
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
