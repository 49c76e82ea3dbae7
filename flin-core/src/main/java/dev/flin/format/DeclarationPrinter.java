package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.TypeExpr;

/** Prints functions, enums, type aliases, traits and implementations. */
final class DeclarationPrinter {

	private final Printer p;

	DeclarationPrinter(Printer printer) {
		this.p = printer;
	}

	Doc fn(Stmt.Fn fn) {
		Doc name = Doc.concat(Doc.text(fn.server() ? "server fn " : "fn "),
				this.p.comments.inline(fn.nameSpan().start()), Doc.text(fn.name()));
		Doc typeParams = typeParams(fn.typeParams());
		int paren = this.p.comments.find('(', fn.nameSpan().end(), fn.span().end());
		Part.Block body = fn.body();
		int end = fn.params().isEmpty() ? paren + 1 : fn.params().get(fn.params().size() - 1).span().end();
		Doc params = params(fn.params(), new Span(paren + 1, end));
		Doc result = (fn.result() == null) ? Doc.NIL : Doc.concat(Doc.text(" -> "), this.p.types.type(fn.result()));
		Doc head = Doc.concat(name, typeParams, params, result);
		if (body == null) {
			return head;
		}
		if (StatementPrinter.isExpressionBody(body)) {
			Doc value = this.p.expressions.expression(StatementPrinter.expressionOf(body));
			return Doc.isTall(value) ? Doc.concat(head, Doc.text(" => "), value)
					: Doc.group(head, Doc.text(" =>"), Doc.nest(Doc.LINE, value));
		}
		return Doc.concat(head, Doc.text(" "), this.p.control.block(body));
	}

	/**
	 * Parameters in parentheses.
	 * @param inside from behind the opening parenthesis to the end of the last parameter
	 */
	Doc params(List<Part.Param> params, Span inside) {
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Param param : params) {
			items.add(new Printer.Item(param.span(), () -> param(param)));
		}
		return this.p.list("(", ")", items, inside, new Doc.Line(""), false);
	}

	private Doc param(Part.Param param) {
		List<Doc> parts = new ArrayList<>(List.of(Doc.text(param.rest() ? "..." : ""),
				this.p.patterns.pattern(param.target())));
		if (param.type() != null) {
			parts.add(Doc.text(": "));
			parts.add(this.p.types.type(param.type()));
		}
		if (param.defaultValue() != null) {
			parts.add(Doc.text(" = "));
			parts.add(this.p.expressions.expression(param.defaultValue()));
		}
		return Doc.concat(parts);
	}

	/** {@code <T: A + B>}; the bounds of a where clause stand here too. */
	private Doc typeParams(List<Part.TypeParam> params) {
		if (params.isEmpty()) {
			return Doc.NIL;
		}
		List<Doc> docs = new ArrayList<>();
		for (Part.TypeParam param : params) {
			List<Doc> bounds = new ArrayList<>();
			for (TypeExpr bound : param.bounds()) {
				bounds.add(this.p.types.type(bound));
			}
			docs.add(bounds.isEmpty() ? Doc.text(param.name())
					: Doc.concat(Doc.text(param.name() + ": "), Doc.join(Doc.text(" + "), bounds)));
		}
		return Doc.concat(Doc.text("<"), Doc.join(Doc.text(", "), docs), Doc.text(">"));
	}

	Doc enumeration(Stmt.Enum e) {
		Doc head = Doc.concat(Doc.text("enum " + e.name()), typeParams(e.typeParams()));
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Variant variant : e.variants()) {
			items.add(new Printer.Item(variant.span(), () -> variant(variant)));
		}
		int brace = this.p.comments.find('{', e.nameSpan().end(), e.span().end());
		Span inside = new Span(brace + 1, e.span().end() - 1);
		return Doc.concat(head, Doc.text(" "), this.p.list("{", "}", items, inside, new Doc.Line(" "), true));
	}

	private Doc variant(Part.Variant variant) {
		List<Doc> parts = new ArrayList<>();
		parts.add(Doc.text(variant.name()));
		if (!variant.payload().isEmpty()) {
			parts.add(this.p.types.elements(variant.payload(), variant.span().start()));
		}
		for (Part.Decorator decorator : variant.decorators()) {
			parts.add(Doc.text(" "));
			parts.add(this.p.fields.decorator(decorator));
		}
		return Doc.concat(parts);
	}

	Doc alias(Stmt.TypeAlias alias) {
		return Doc.concat(Doc.text("type " + alias.name()), typeParams(alias.typeParams()), Doc.text(" = "),
				this.p.types.type(alias.type()));
	}

	Doc trait(Stmt.Trait trait) {
		Doc head = Doc.concat(Doc.text("trait " + trait.name()), typeParams(trait.typeParams()), Doc.text(" "));
		return Doc.concat(head, methods(trait.methods(), trait.nameSpan().end(), trait.span().end()));
	}

	Doc impl(Stmt.Impl impl) {
		@Nullable TypeExpr trait = impl.trait();
		Doc word = Doc.concat(Doc.text("impl"), typeParams(impl.typeParams()), Doc.text(" "));
		Doc head = (trait == null) ? word : Doc.concat(word, this.p.types.type(trait), Doc.text(" for "));
		Doc type = this.p.types.type(impl.type());
		return Doc.concat(head, type, Doc.text(" "),
				methods(impl.methods(), impl.type().span().end(), impl.span().end()));
	}

	private Doc methods(List<Stmt.Fn> methods, int from, int end) {
		int brace = this.p.comments.find('{', from, end);
		Lines lines = new Lines(this.p, brace + 1);
		for (Stmt.Fn method : methods) {
			lines.add(method.span(), () -> this.p.statements.statement(method));
		}
		Doc body = lines.finish(end - 1);
		return lines.isEmpty() ? Doc.text("{}")
				: Doc.concat(Doc.text("{"), Doc.nest(Doc.HARD, body), Doc.HARD, Doc.text("}"));
	}

}
