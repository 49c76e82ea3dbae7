package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrInput;
import dev.flin.ir.IrShape;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.TypeExpr;

/** Lowers the types of {@code validate} blocks to what values of a request are compared with. */
final class ShapeLowering {

	static final IrShape ANY = new IrShape.Scalar("any");

	/** The types that texts can stand for: JSON has no other keys. */
	private static final Set<String> KEYS = Set.of("text", "int", "number", "decimal", "bool", "time", "duration");

	private final WebLowering web;

	private final InputLowering.Site site;

	private final Function<InputLowering.Site, IrInput.Rule> required;

	/** Names of the enums and aliases around: one within itself would have no end. */
	private final Set<String> around = new HashSet<>();

	/** How many enums are around: what their variants carry are values of the program, where enums are no texts. */
	private int carried;

	/** Whether the whole type of the field was refused. */
	private boolean reported;

	ShapeLowering(WebLowering web, InputLowering.Site site, Function<InputLowering.Site, IrInput.Rule> required) {
		this.web = web;
		this.site = site;
		this.required = required;
	}

	IrShape shape(TypeExpr type) {
		return switch (type) {
			case TypeExpr.Named named -> named(named);
			case TypeExpr.Optional optional -> shape(optional.inner());
			case TypeExpr.ListOf list -> new IrShape.ListOf(element(list.element()));
			case TypeExpr.MapOf map -> new IrShape.MapOf(key(map.key()), element(map.value()));
			case TypeExpr.Tuple tuple -> new IrShape.TupleOf(elements(tuple.elements()));
			case TypeExpr.Record record -> new IrShape.Nested(members(record));
			case TypeExpr.Broken broken -> ANY;
			case TypeExpr.Union union -> unsupported(union);
			case TypeExpr.Fn function -> unsupported(function);
		};
	}

	private List<IrShape.Element> elements(List<TypeExpr> types) {
		return types.stream().map(this::element).toList();
	}

	private IrShape.Element element(TypeExpr type) {
		return new IrShape.Element(shape(type), type instanceof TypeExpr.Optional);
	}

	private IrShape key(TypeExpr type) {
		IrShape key = shape(type);
		boolean fits = key instanceof IrShape.Choice
				|| key instanceof IrShape.Scalar(String name) && (KEYS.contains(name) || name.equals("any"));
		return fits ? key : unsupported(type);
	}

	private IrShape named(TypeExpr.Named named) {
		return switch (this.web.lookup(named.name())) {
			case Symbol.EnumType choice -> choice(choice, named);
			case Symbol.Alias alias -> within(named, () -> shape(alias.declaration().type()));
			case Symbol.Entity entity -> new IrShape.Reference(entity.name());
			case null, default -> new IrShape.Scalar(named.name());
		};
	}

	private IrShape choice(Symbol.EnumType choice, TypeExpr.Named named) {
		boolean plain = choice.variants().stream().allMatch((variant) -> variant.declaration().payload().isEmpty());
		if (plain && this.carried == 0) {
			return new IrShape.Choice(choice.variants().stream().map(Symbol.Variant::name).toList());
		}
		if (!choice.declaration().typeParams().isEmpty()) {
			return unsupported(named);
		}
		return within(named, () -> {
			this.carried++;
			List<IrShape.Variant> variants = choice.variants()
				.stream()
				.map((variant) -> new IrShape.Variant(variant.name(), elements(variant.declaration().payload())))
				.toList();
			this.carried--;
			return new IrShape.Variants(choice.name(), variants);
		});
	}

	private IrShape within(TypeExpr.Named named, Supplier<IrShape> inner) {
		if (!this.around.add(named.name())) {
			return unsupported(named);
		}
		IrShape shape = inner.get();
		this.around.remove(named.name());
		return shape;
	}

	/** The keys of a record type: all must be there that may not be none. */
	private List<IrInput> members(TypeExpr.Record record) {
		List<IrInput> members = new ArrayList<>();
		for (int i = 0; i < record.names().size(); i++) {
			TypeExpr type = record.types().get(i);
			List<IrInput.Rule> rules = (type instanceof TypeExpr.Optional) ? List.of()
					: List.of(this.required.apply(this.site));
			members.add(new IrInput(record.names().get(i), shape(type), rules, -1, false));
		}
		return members;
	}

	/** Reported where the field has its type: what a type is made of may stand in another file. */
	private IrShape unsupported(TypeExpr type) {
		TypeExpr written = this.site.field().type();
		TypeExpr place = type;
		if (!this.around.isEmpty() && written != null) {
			if (this.reported) {
				return ANY;
			}
			this.reported = true;
			place = written;
		}
		this.web.report(Diagnostic.of(Code.E0099, this.web.file(), place.span(),
				"the type '" + this.web.file().text(place.span()) + "' in 'validate' is not supported yet"));
		return ANY;
	}

}
