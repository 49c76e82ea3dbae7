package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Children;
import dev.flin.resolve.Resolution;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/** Finds unreachable arms and missing cases by the usefulness of rows of patterns (Maranget). */
final class Coverage {

	private static final int STEPS_MAX = 50_000;

	/** A pattern in normal form. */
	private sealed interface Shape {

	}

	private record Anything() implements Shape {
	}

	private record Made(String constructor, List<Shape> parts) implements Shape {
	}

	private record Either(List<Shape> shapes) implements Shape {
	}

	/** One way in which values of a type are made. */
	private record Constructor(String name, List<Type> parts) {
	}

	private static final Shape ANYTHING = new Anything();

	private final Body body;

	private final Type subject;

	private final List<List<Shape>> rows = new ArrayList<>();

	private boolean broken;

	private int longestList;

	private int steps;

	Coverage(Body body, Type subject) {
		this.body = body;
		this.subject = subject;
		this.broken = subject == Basic.BROKEN;
	}

	/**
	 * Adds an arm whose pattern was just checked; warns when it cannot be reached. One that never fits the arguments of
	 * some calls takes none of their values.
	 */
	void add(Part.Arm arm, boolean inError) {
		add(arm.pattern(), arm.guard() != null, inError);
	}

	void add(Pattern pattern, boolean guarded, boolean inError) {
		if (inError && this.body.mode == Body.Mode.INSTANCE) {
			return;
		}
		this.broken |= inError;
		if (this.broken) {
			return;
		}
		measure(pattern);
		Shape shape = shape(pattern, this.subject);
		if (!useful(this.rows, List.of(shape), List.of(this.subject))) {
			this.body.report(Diagnostic
				.of(Code.W0108, this.body.file.tree.file(), pattern.span(), "this arm can never be reached")
				.withHelp("the arms above it take all its values"));
		}
		if (!guarded) {
			this.rows.add(List.of(shape));
		}
	}

	/**
	 * Whether every value has an arm; a missing case of a bool, enum or union is an error, but not where only some
	 * calls give a function such values.
	 */
	boolean report(Expr.Match match) {
		return report(match.span());
	}

	/** As for a match in code, at the place of one in markup. */
	boolean report(Span match) {
		if (this.broken) {
			return true;
		}
		if (!useful(this.rows, List.of(ANYTHING), List.of(this.subject))) {
			return true;
		}
		Type type = this.subject;
		Type present = Unifier.withoutNone(type);
		boolean must = present == Basic.BOOL || present instanceof Type.EnumOf || present instanceof Type.Union;
		if (!must || this.body.mode == Body.Mode.INSTANCE) {
			return false;
		}
		List<String> missing = missing();
		this.body.report(Diagnostic
			.of(Code.E0301, this.body.file.tree.file(), match,
					"this match does not cover " + String.join(", ", missing))
			.withHelp("add an arm for " + String.join(", ", missing) + ", or '_ -> …' for the rest"));
		return true;
	}

	private List<String> missing() {
		List<String> names = new ArrayList<>();
		for (Type member : OperatorRules.members(this.subject)) {
			List<Constructor> own = constructors(member);
			List<Constructor> all = (own != null) ? own : List.of(whole(member));
			List<String> open = all.stream().filter(this::isOpen).map(Coverage::print).toList();
			if (this.subject instanceof Type.Union && open.size() == all.size()) {
				names.add(Zonk.zonk(member).toString());
			}
			else {
				names.addAll(open);
			}
		}
		return names.isEmpty() ? List.of("all values") : names;
	}

	private boolean isOpen(Constructor constructor) {
		Shape shape = new Made(constructor.name(), Collections.nCopies(constructor.parts().size(), ANYTHING));
		return useful(this.rows, List.of(shape), List.of(this.subject));
	}

	private static String print(Constructor constructor) {
		return constructor.parts().isEmpty() ? constructor.name()
				: constructor.name() + "(" + String.join(", ", Collections.nCopies(constructor.parts().size(), "_"))
						+ ")";
	}

	private void measure(Node pattern) {
		if (pattern instanceof Pattern.ListOf list) {
			this.longestList = Math.max(this.longestList, list.elements().size());
		}
		Children.each(pattern, this::measure);
	}

	// Normal form

	private Shape shape(Pattern pattern, Type type) {
		return switch (pattern) {
			case Pattern.Wildcard p -> ANYTHING;
			case Pattern.Name p when this.body.resolution.use(p.id()) == Resolution.PatternUse.BINDS -> ANYTHING;
			case Pattern.Name p -> named(p.id(), type, List.of());
			case Pattern.Typed p -> named(p.id(), type, List.of());
			case Pattern.Variant p -> named(p.id(), type, p.args());
			case Pattern.Literal p -> literal(p);
			case Pattern.Tuple p -> new Made("()", parts(p.elements(), partsOf("()", type)));
			case Pattern.ListOf p -> list(p, type);
			case Pattern.Or p -> new Either(p.alternatives().stream().map(each -> shape(each, type)).toList());
			case Pattern.MapOf p when type instanceof Type.EntityOf && p.keys().stream().allMatch(this::isOpenKey) ->
					ANYTHING;
			default -> opaque(pattern.id());
		};
	}

	private boolean isOpenKey(Pattern.Key key) {
		return shape(key.pattern(), Basic.ANY) instanceof Anything;
	}

	private static Shape opaque(int id) {
		return new Made("#" + id, List.of());
	}

	private static Shape literal(Pattern.Literal p) {
		return switch (p.value()) {
			case Expr.Bool e -> new Made(String.valueOf(e.value()), List.of());
			case Expr.None e -> new Made("none", List.of());
			case Expr.Int e -> new Made("=" + e.value(), List.of());
			case Expr.Text e when Body.constantText(e) != null -> new Made("='" + Body.constantText(e), List.of());
			default -> opaque(p.id());
		};
	}

	private Shape named(int id, Type type, List<Pattern> args) {
		return switch (this.body.tables.access(id)) {
			case Access.VariantTest test ->
				new Made(test.variant().name(), parts(args, partsOf(test.variant().name(), type)));
			case Access.TypeTest test -> tested(id, test.type(), type);
			case null, default -> opaque(id);
		};
	}

	private Shape tested(int id, Type wanted, Type type) {
		if (type == Basic.ANY || type instanceof TypeVar) {
			return opaque(id);
		}
		List<Shape> covered = new ArrayList<>();
		boolean all = true;
		for (Type member : OperatorRules.members(Unifier.withoutNone(type))) {
			if (fits(member, wanted)) {
				List<Constructor> constructors = constructors(member);
				for (Constructor each : (constructors != null) ? constructors : List.of(whole(member))) {
					covered.add(new Made(each.name(), Collections.nCopies(each.parts().size(), ANYTHING)));
				}
			}
			else {
				all = false;
			}
		}
		if (all && !(type instanceof Type.Optional)) {
			return ANYTHING;
		}
		return covered.isEmpty() ? opaque(id) : new Either(covered);
	}

	private boolean fits(Type member, Type wanted) {
		int mark = this.body.unifier.mark();
		boolean fits = this.body.unifier.assign(member, wanted);
		this.body.unifier.undo(mark);
		return fits;
	}

	private List<Shape> parts(List<Pattern> patterns, List<Type> types) {
		List<Shape> shapes = new ArrayList<>();
		for (int i = 0; i < patterns.size(); i++) {
			shapes.add(shape(patterns.get(i), (i < types.size()) ? types.get(i) : Basic.ANY));
		}
		return shapes;
	}

	private List<Type> partsOf(String constructor, Type type) {
		List<Constructor> all = constructors(type);
		for (Constructor each : (all != null) ? all : List.<Constructor>of()) {
			if (each.name().equals(constructor)) {
				return each.parts();
			}
		}
		return List.of();
	}

	private Shape list(Pattern.ListOf p, Type type) {
		Type element = (Unifier.withoutNone(type) instanceof Type.ListOf list) ? Zonk.prune(list.element()) : Basic.ANY;
		List<Type> types = Collections.nCopies(p.elements().size(), element);
		List<Shape> given = parts(p.elements(), types);
		if (p.rest() == null) {
			return new Made("len" + given.size(), given);
		}
		List<Shape> lengths = new ArrayList<>();
		List<Shape> first = given.subList(0, p.first());
		List<Shape> last = given.subList(p.first(), given.size());
		for (int length = given.size(); length <= this.longestList; length++) {
			List<Shape> padded = new ArrayList<>(first);
			padded.addAll(Collections.nCopies(length - given.size(), ANYTHING));
			padded.addAll(last);
			lengths.add(new Made("len" + length, padded));
		}
		// The last elements of a list of any length have no place in its shape.
		if (last.stream().allMatch((each) -> each instanceof Anything)) {
			List<Shape> padded = new ArrayList<>(first);
			padded.addAll(Collections.nCopies(this.longestList - first.size(), ANYTHING));
			lengths.add(new Made("more", padded));
		}
		else {
			lengths.add(opaque(p.id()));
		}
		return new Either(lengths);
	}

	// Constructors of a type; null when there is no end of them

	private @Nullable List<Constructor> constructors(Type type) {
		Type pruned = Zonk.prune(type);
		return switch (pruned) {
			case Basic b when b == Basic.BOOL ->
				List.of(new Constructor("true", List.of()), new Constructor("false", List.of()));
			case Basic b when b == Basic.NONE -> List.of(new Constructor("none", List.of()));
			case Basic b when b == Basic.NEVER -> List.of();
			case Type.EnumOf t -> t.symbol()
				.variants()
				.stream()
				.map(each -> new Constructor(each.name(), this.body.world.schema.payload(each, t.args())))
				.toList();
			case Type.TupleOf t -> List.of(new Constructor("()", t.elements()));
			case Type.ListOf t -> lists(t);
			case Type.Optional t -> {
				List<Constructor> all = new ArrayList<>(members(t.inner()));
				all.add(new Constructor("none", List.of()));
				yield all;
			}
			case Type.Union t -> members(t);
			default -> null;
		};
	}

	private List<Constructor> lists(Type.ListOf type) {
		List<Constructor> all = new ArrayList<>();
		for (int length = 0; length <= this.longestList; length++) {
			all.add(new Constructor("len" + length, Collections.nCopies(length, type.element())));
		}
		all.add(new Constructor("more", Collections.nCopies(this.longestList, type.element())));
		return all;
	}

	private List<Constructor> members(Type type) {
		List<Constructor> all = new ArrayList<>();
		for (Type member : OperatorRules.members(Zonk.prune(type))) {
			List<Constructor> own = constructors(member);
			all.addAll((own != null) ? own : List.of(whole(member)));
		}
		return all;
	}

	private static Constructor whole(Type member) {
		return new Constructor(Zonk.zonk(member).toString(), List.of());
	}

	// Usefulness

	private boolean useful(List<List<Shape>> matrix, List<Shape> row, List<Type> types) {
		if (row.isEmpty()) {
			return matrix.isEmpty();
		}
		if (++this.steps > STEPS_MAX) {
			return true;
		}
		return switch (row.get(0)) {
			case Either either -> either.shapes()
				.stream()
				.anyMatch(shape -> useful(matrix, replaceFirst(row, List.of(shape)), types));
			case Made made -> {
				List<Type> parts = partsOf(made.constructor(), types.get(0));
				yield useful(specialise(matrix, made.constructor(), made.parts().size()), replaceFirst(row,
						made.parts()),
						replaceFirst(types, pad(parts, made.parts().size())));
			}
			case Anything anything -> usefulForAll(matrix, row, types);
		};
	}

	private boolean usefulForAll(List<List<Shape>> matrix, List<Shape> row, List<Type> types) {
		List<Constructor> all = constructors(types.get(0));
		if (all != null && all.stream().allMatch(each -> isUsed(matrix, each.name()))) {
			for (Constructor each : all) {
				List<Shape> open = Collections.nCopies(each.parts().size(), ANYTHING);
				if (useful(specialise(matrix, each.name(), each.parts().size()), replaceFirst(row, open),
						replaceFirst(types, each.parts()))) {
					return true;
				}
			}
			return false;
		}
		List<List<Shape>> defaults = new ArrayList<>();
		matrix.forEach(each -> defaults(each, defaults));
		return useful(defaults, row.subList(1, row.size()), types.subList(1, types.size()));
	}

	private static void defaults(List<Shape> row, List<List<Shape>> into) {
		switch (row.get(0)) {
			case Anything shape -> into.add(row.subList(1, row.size()));
			case Either shape -> shape.shapes().forEach(each -> defaults(replaceFirst(row, List.of(each)), into));
			case Made shape -> {
			}
		}
	}

	private static boolean isUsed(List<List<Shape>> matrix, String constructor) {
		return matrix.stream().anyMatch(row -> uses(row.get(0), constructor));
	}

	private static boolean uses(Shape shape, String constructor) {
		return switch (shape) {
			case Made made -> made.constructor().equals(constructor);
			case Either either -> either.shapes().stream().anyMatch(each -> uses(each, constructor));
			case Anything anything -> false;
		};
	}

	private static List<List<Shape>> specialise(List<List<Shape>> matrix, String constructor, int parts) {
		List<List<Shape>> result = new ArrayList<>();
		matrix.forEach(row -> specialise(row, constructor, parts, result));
		return result;
	}

	private static void specialise(List<Shape> row, String constructor, int parts, List<List<Shape>> into) {
		switch (row.get(0)) {
			case Anything shape -> into.add(replaceFirst(row, Collections.nCopies(parts, ANYTHING)));
			case Made shape when shape.constructor().equals(constructor) && shape.parts().size() == parts ->
				into.add(replaceFirst(row, shape.parts()));
			case Made shape -> {
			}
			case Either shape ->
				shape.shapes().forEach(each -> specialise(replaceFirst(row, List.of(each)), constructor, parts, into));
		}
	}

	private static List<Type> pad(List<Type> types, int count) {
		List<Type> padded = new ArrayList<>(types);
		while (padded.size() < count) {
			padded.add(Basic.ANY);
		}
		return padded.subList(0, count);
	}

	private static <T> List<T> replaceFirst(List<T> list, List<? extends T> first) {
		List<T> result = new ArrayList<>(first);
		result.addAll(list.subList(1, list.size()));
		return result;
	}

}
