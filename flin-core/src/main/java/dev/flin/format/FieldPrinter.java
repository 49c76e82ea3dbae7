package dev.flin.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/** Prints entities and the fields of entities, {@code props} and {@code validate}. */
final class FieldPrinter {

	private final Printer p;

	FieldPrinter(Printer printer) {
		this.p = printer;
	}

	Doc entity(Stmt.Entity entity) {
		int brace = brace(entity);
		List<Doc> head = new ArrayList<>(List.of(Doc.text("entity " + entity.name() + " ")));
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Decorator decorator : entity.decorators()) {
			if (decorator.span().start() < brace) {
				head.add(decorator(decorator));
				head.add(Doc.text(" "));
			}
			else {
				items.add(new Printer.Item(decorator.span(), () -> decorator(decorator)));
			}
		}
		for (Part.Field field : entity.fields()) {
			items.add(new Printer.Item(field.span(), () -> field(field)));
		}
		for (Part.Hook hook : entity.hooks()) {
			items.add(new Printer.Item(hook.span(), () -> Doc.concat(
					Doc.text((hook.before() ? "before " : "after ") + hook.operation() + " "),
					this.p.control.expanded(hook.body()))));
		}
		items.sort(Comparator.comparingInt((item) -> item.span().start()));
		boolean plain = entity.hooks().isEmpty()
				&& entity.decorators().stream().allMatch((decorator) -> decorator.span().start() < brace);
		return Doc.concat(Doc.concat(head), body(items, brace, entity.span().end(), plain));
	}

	private int brace(Stmt.Entity entity) {
		int from = entity.nameSpan().end();
		for (Part.Decorator decorator : entity.decorators()) {
			int brace = this.p.comments.find('{', from, entity.span().end());
			if (decorator.span().start() > brace) {
				return brace;
			}
			from = decorator.span().end();
		}
		return this.p.comments.find('{', from, entity.span().end());
	}

	/** The fields of {@code props} or {@code validate} in braces. */
	Doc fields(List<Part.Field> fields, int from, int end) {
		List<Printer.Item> items = new ArrayList<>();
		for (Part.Field field : fields) {
			items.add(new Printer.Item(field.span(), () -> field(field)));
		}
		return body(items, this.p.comments.find('{', from, end), end, true);
	}

	private Doc body(List<Printer.Item> items, int brace, int end, boolean mayStayOnLine) {
		Span inside = new Span(brace + 1, Math.max(brace + 1, end - 1));
		if (mayStayOnLine && this.p.isOneLine(inside) && !items.isEmpty()
				&& !this.p.comments.pendingBefore(inside.end())) {
			List<Doc> docs = new ArrayList<>();
			items.forEach((item) -> docs.add(item.doc().get()));
			Doc separator = Doc.concat(new Doc.Choice("", ","), Doc.LINE);
			return Doc.group(Doc.text("{"), Doc.nest(Doc.LINE, Doc.join(separator, docs)), Doc.LINE, Doc.text("}"));
		}
		Lines lines = new Lines(this.p, inside.start());
		for (Printer.Item item : items) {
			lines.add(item.span(), item.doc());
		}
		Doc body = lines.finish(inside.end());
		return lines.isEmpty() ? Doc.text("{}")
				: Doc.concat(Doc.text("{"), Doc.nest(Doc.HARD, body), Doc.HARD, Doc.text("}"));
	}

	/** A field; what follows its type stays in the order in which it was written. */
	private Doc field(Part.Field field) {
		List<Doc> parts = new ArrayList<>(List.of(Doc.text(field.name())));
		int end = field.nameSpan().end();
		if (field.type() != null) {
			parts.add(Doc.text(field.semantic() ? ": semantic " : ": "));
			parts.add(this.p.types.type(field.type()));
			end = field.type().span().end();
		}
		List<Part.Field> nested = field.nested();
		if (nested != null) {
			parts.add(Doc.text(field.listOfNested() ? ": [" : ": "));
			int last = nested.isEmpty() ? end : nested.get(nested.size() - 1).span().end();
			int close = this.p.comments.find('}', last, field.span().end());
			parts.add(fields(nested, end, close + 1));
			parts.add(Doc.text(field.listOfNested() ? "]" : ""));
		}
		List<Printer.Item> details = new ArrayList<>();
		for (Part.Decorator decorator : field.decorators()) {
			details.add(new Printer.Item(decorator.span(), () -> decorator(decorator)));
		}
		value(details, "= ", field.defaultValue());
		value(details, "=> ", field.computed());
		details.sort(Comparator.comparingInt((item) -> item.span().start()));
		for (Printer.Item detail : details) {
			parts.add(Doc.text(" "));
			parts.add(detail.doc().get());
		}
		return Doc.concat(parts);
	}

	private void value(List<Printer.Item> details, String sign, @Nullable Expr value) {
		if (value != null) {
			details.add(new Printer.Item(value.span(), () -> {
				boolean parens = this.p.charAt(this.p.skipSpaceBack(value.span().start()) - 1) == '(';
				Doc doc = this.p.expressions.expression(value);
				return Doc.concat(Doc.text(parens ? sign + "(" : sign), doc, Doc.text(parens ? ")" : ""));
			}));
		}
	}

	/** {@code @name(args)}; a {@code where} without a left side stays as it is written. */
	Doc decorator(Part.Decorator decorator) {
		if (this.p.charAt(decorator.span().start()) != '@') {
			this.p.comments.before(decorator.span().end());
			return Doc.text(this.p.slice(decorator.span()).replaceAll("\\s+", " "));
		}
		Doc name = Doc.text("@" + decorator.name());
		boolean parens = this.p.charAt(decorator.span().end() - 1) == ')';
		if (!parens) {
			return name;
		}
		int paren = this.p.comments.find('(', decorator.span().start(), decorator.span().end());
		return Doc.concat(name, this.p.expressions.args(decorator.args(), new Span(paren + 1,
				decorator.span().end() - 1)));
	}

}
