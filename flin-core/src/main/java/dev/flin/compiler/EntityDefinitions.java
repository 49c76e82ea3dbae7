package dev.flin.compiler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.lower.EntityParts;
import dev.flin.resolve.Children;
import dev.flin.resolve.Declarations;
import dev.flin.resolve.Symbol;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.runtime.entity.EntityDefinition;
import dev.flin.runtime.entity.FieldCheck;
import dev.flin.runtime.entity.FieldDefinition;
import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;
import dev.flin.syntax.TypeExpr;
import dev.flin.value.FlinError;

/**
 * Reads the definitions that the entity runtime works with off the declarations of a program. Their code is added when
 * it is loaded; its functions are numbered as {@link EntityParts} numbers them.
 */
final class EntityDefinitions {

	private static final Set<String> RESERVED = Set.of("id", "created_at", "updated_at", "deleted_at", "version_number",
			"version", "history", "valid_from", "valid_to", "is_new", "timeline", "changed", "saved_by", "is_deleted",
			"known_from", "known_to");

	private static final Set<String> SCALARS = Set.of("text", "int", "number", "decimal", "bool", "time", "duration",
			"money");

	private static final Set<String> TEXT_RULES = Set.of("email", "url", "ip", "uuid", "phone", "slug", "json", "alpha",
			"alphanumeric", "numeric", "hex", "base64", "credit_card", "pattern", "minLength", "min_length",
			"maxLength", "max_length", "length");

	private static final Set<String> NUMBER_RULES = Set.of("min", "max", "between", "positive", "negative");

	private static final Set<String> TIME_RULES = Set.of("past", "future");

	private final Declarations declarations;

	private final Map<String, List<String>> enums = new HashMap<>();

	private final Map<String, String> paths = new HashMap<>();

	private final List<EntityDefinition> all = new ArrayList<>();

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	private EntityDefinitions(Declarations declarations) {
		this.declarations = declarations;
	}

	/** Reads all entities of a program. */
	static EntityDefinitions of(Declarations declarations) {
		EntityDefinitions definitions = new EntityDefinitions(declarations);
		EarlierNames entities = new EarlierNames();
		for (Symbol.Entity entity : declarations.entities()) {
			definitions.paths.put(entity.name(), entity.tree().file().path());
			definitions.all.add(definitions.define(entity));
			entities.add(entity.name(), entity.declaration().decorators(), entity.tree());
		}
		definitions.diagnostics.addAll(entities.problems());
		return definitions;
	}

	/** The definitions of all entities, without code. */
	public List<EntityDefinition> all() {
		return this.all;
	}

	/** The variants of the enums that fields have, as the catalog takes them. */
	public Map<String, List<String>> enums() {
		return this.enums;
	}

	/** The files that declare the entities. */
	Map<String, String> paths() {
		return this.paths;
	}

	/** What is wrong with the declarations. */
	public List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

	private EntityDefinition define(Symbol.Entity symbol) {
		Stmt.Entity entity = symbol.declaration();
		SyntaxTree tree = symbol.tree();
		List<EntityParts.Piece> pieces = EntityParts.of(entity);
		EntityDefinition.Builder builder = EntityDefinition.named(entity.name());
		Set<String> names = new HashSet<>();
		EarlierNames earlier = new EarlierNames();
		for (Part.Field field : entity.fields()) {
			earlier.add(field.name(), field.decorators(), tree);
			if (RESERVED.contains(field.name())) {
				report(tree, Code.E0401, field.nameSpan(), "'" + field.name() + "' is a field that every entity has");
			}
			else if (!names.add(field.name())) {
				report(tree, Code.E0108, field.nameSpan(), "field '" + field.name() + "' is declared twice");
			}
			else {
				String type = (field.type() == null) ? "any" : written(field.type(), tree, 0);
				builder.field(field.name(), type, more -> field(field, more, pieces, symbol));
			}
		}
		for (Part.Hook hook : entity.hooks()) {
			builder.hook(hook.before(), hook.operation(), EntityParts.number(pieces, hook, null));
		}
		entity.decorators().forEach(decorator -> ofEntity(decorator, builder, tree));
		this.diagnostics.addAll(earlier.problems());
		inverses(entity, tree);
		return builder.build();
	}

	/** Two references to one entity need names for their ways back, and these are no fields. */
	private void inverses(Stmt.Entity entity, SyntaxTree tree) {
		Set<String> taken = new HashSet<>();
		for (Part.Field field : entity.fields()) {
			String target = target(field.type(), tree);
			if (target.isEmpty()) {
				continue;
			}
			String inverse = inverse(entity, field);
			Part.Field same = declared(target, tree, inverse);
			if (same != null && entity.name().equals(target(same.type(), tree))) {
				bothWays(entity, field, target, same, tree);
			}
			else if (!taken.add(target + "." + inverse)) {
				report(tree, Code.E0404, field.nameSpan(), "'" + field.name() + "' is a second reference to " + target
						+ " with the way back '" + inverse + "': give each a name of its own with @inverse(\"…\")");
			}
		}
	}

	private Part.@Nullable Field declared(String entity, SyntaxTree tree, String field) {
		return (this.declarations.lookup(tree, entity) instanceof Symbol.Entity found)
				? found.field(field) : null;
	}

	/** As other mappers want it: there, both ends of one relation are declared. Here they would be two relations. */
	private void bothWays(Stmt.Entity entity, Part.Field field, String target, Part.Field same, SyntaxTree tree) {
		String back = target + "." + same.name();
		this.diagnostics.add(Diagnostic
			.of(Code.E0404, tree.file(), field.nameSpan(), "'" + field.name() + "' and '" + back
					+ "' would be two relations with one name")
			.withHelp("one end is enough: leave '" + back + "' out, and '" + entity.name() + "." + field.name()
					+ "' gives it", "a second relation needs a name for its way back: " + field.name()
							+ ": … @inverse(\"…\")"));
	}

	private static String inverse(Stmt.Entity entity, Part.Field field) {
		for (Part.Decorator decorator : field.decorators()) {
			if (decorator.name().equals("inverse") && !decorator.args().isEmpty()) {
				return word(decorator.args().getFirst().value());
			}
		}
		return EntityCatalog.plural(entity.name());
	}

	/** The entity that a reference or a list of references leads to; empty for other types. */
	private String target(@Nullable TypeExpr type, SyntaxTree tree) {
		return switch (type) {
			case TypeExpr.Named named when this.declarations.lookup(tree,
					named.name()) instanceof Symbol.Entity entity ->
				entity.name();
			case TypeExpr.Optional optional -> target(optional.inner(), tree);
			case TypeExpr.ListOf list -> target(list.element(), tree);
			case null, default -> "";
		};
	}

	private void field(Part.Field field, FieldDefinition.Builder builder, List<EntityParts.Piece> pieces,
			Symbol.Entity entity) {
		SyntaxTree tree = entity.tree();
		if (field.semantic()) {
			builder.flag(Flag.SEMANTIC);
		}
		Expr computed = field.computed();
		if (computed != null) {
			builder.computedCode(EntityParts.number(pieces, field, computed));
			ofComputed(field, computed, builder, entity);
		}
		field.decorators().forEach(decorator -> fits(decorator, field, tree));
		mayEncrypt(field, tree);
		if (field.defaultValue() != null) {
			initial(field.defaultValue(), EntityParts.number(pieces, field, field.defaultValue()), builder, entity);
			inOrder(field.defaultValue(), field, entity);
		}
		for (Part.Decorator decorator : field.decorators()) {
			try {
				ofField(decorator, field, builder, pieces, entity);
				if (decorator.name().equals("default")) {
					decorator.args().forEach(arg -> inOrder(arg.value(), field, entity));
				}
			}
			catch (FlinError ex) {
				report(tree, Code.E0403, decorator.span(), ex.message());
			}
		}
	}

	/** What an index over a computed field has is as old as the record's last save. */
	private void ofComputed(Part.Field field, Expr computed, FieldDefinition.Builder builder, Symbol.Entity entity) {
		Formulas formulas = new Formulas(this.declarations, entity, name -> leadsAway(entity, name));
		List<Part.Decorator> indexes = new ArrayList<>(field.decorators());
		entity.declaration()
			.decorators()
			.stream()
			.filter(decorator -> decorator.args().stream().anyMatch(arg -> word(arg.value()).equals(field.name())))
			.forEach(indexes::add);
		for (Part.Decorator decorator : indexes) {
			if (Set.of("index", "unique").contains(decorator.name())) {
				String foreign = formulas.foreign(computed);
				if (foreign == null) {
					builder.formula(formulas.fingerprint(computed));
				}
				else {
					report(entity.tree(), Code.E0403, decorator.span(), "'" + field.name() + "' cannot have an index: '"
							+ foreign + "' may change without a save of the record, and the index would not follow");
				}
			}
		}
	}

	/** Whether a name is a reference of an entity, or the way back from one of another. */
	private boolean leadsAway(Symbol.Entity entity, String name) {
		Part.Field own = entity.field(name);
		if (own != null) {
			return !target(own.type(), entity.tree()).isEmpty();
		}
		for (Symbol.Entity other : this.declarations.entities()) {
			for (Part.Field field : other.declaration().fields()) {
				if (target(field.type(), other.tree()).equals(entity.name())
						&& inverse(other.declaration(), field).equals(name)) {
					return true;
				}
			}
		}
		return false;
	}

	/** Rules for texts on numbers, and the other way round, would never hold or always. */
	private void fits(Part.Decorator decorator, Part.Field field, SyntaxTree tree) {
		TypeExpr type = (field.type() instanceof TypeExpr.Optional optional) ? optional.inner() : field.type();
		if (!(type instanceof TypeExpr.Named named) || !SCALARS.contains(named.name())) {
			return;
		}
		boolean text = named.name().equals("text");
		boolean wrong = (TEXT_RULES.contains(decorator.name()) && !text)
				|| (NUMBER_RULES.contains(decorator.name()) && (text || named.name().equals("bool")))
				|| (TIME_RULES.contains(decorator.name()) && !named.name().equals("time"));
		if (wrong) {
			report(tree, Code.E0403, decorator.span(),
					"@" + decorator.name() + " does not fit a field of type " + named.name());
		}
	}

	/** What is encrypted cannot be followed, searched or computed by the store. */
	private void mayEncrypt(Part.Field field, SyntaxTree tree) {
		for (Part.Decorator decorator : field.decorators()) {
			if (!decorator.name().equals("encrypted")) {
				continue;
			}
			boolean searched = field.semantic() || field.decorators()
				.stream()
				.anyMatch(other -> Set.of("searchable", "semantic").contains(other.name()));
			String why = !target(field.type(), tree).isEmpty() ? "a reference: the store follows references"
					: searched ? "a searchable field: its search index would tell the values"
							: (field.computed() != null) ? "a computed field: it is not stored" : null;
			if (why != null) {
				report(tree, Code.E0403, decorator.span(), "@encrypted does not fit " + why);
			}
		}
	}

	private static void initial(Expr value, int code, FieldDefinition.Builder builder, Symbol.Entity entity) {
		if (code >= 0) {
			builder.initialCode(code, mentions(value, entity));
			return;
		}
		Object constant = Constants.of(value);
		if (constant != null) {
			builder.initial(constant);
		}
	}

	/** Defaults are made in the order of their fields, so one cannot read another that is made after it. */
	private void inOrder(Node node, Part.Field field, Symbol.Entity entity) {
		String read = switch (node) {
			case Expr.Name name -> name.name();
			case Expr.Member member when member.target() instanceof Expr.Name self && self.name().equals("self") ->
				member.name();
			default -> null;
		};
		List<Part.Field> fields = entity.declaration().fields();
		for (Part.Field later : fields.subList(fields.indexOf(field) + 1, fields.size())) {
			if (later.name().equals(read) && hasDefault(later)) {
				report(entity.tree(), Code.E0403, node.span(), "the default of '" + field.name() + "' reads '" + read
						+ "', whose default comes later: declare '" + read + "' first");
				return;
			}
		}
		Children.each(node, child -> inOrder(child, field, entity));
	}

	private static boolean hasDefault(Part.Field field) {
		return field.defaultValue() != null
				|| field.decorators().stream().anyMatch(decorator -> decorator.name().equals("default"));
	}

	/** Whether code speaks of a field of its record; a variable of its own with such a name counts as well. */
	private static boolean mentions(Node code, Symbol.Entity entity) {
		return (code instanceof Expr.Name name
				&& (name.name().equals("self") || entity.field(name.name()) != null || RESERVED.contains(name.name())))
				|| Children.of(code).stream().anyMatch(child -> mentions(child, entity));
	}

	private void ofField(Part.Decorator decorator, Part.Field field, FieldDefinition.Builder builder,
			List<EntityParts.Piece> pieces, Symbol.Entity entity) {
		SyntaxTree tree = entity.tree();
		List<Part.Arg> args = decorator.args();
		switch (decorator.name()) {
			case "required" -> builder.flag(Flag.REQUIRED);
			case "unique" -> builder.flag(Flag.UNIQUE);
			case "index" -> builder.flag(Flag.INDEXED);
			case "immutable" -> builder.flag(Flag.IMMUTABLE);
			case "hidden" -> builder.flag(Flag.HIDDEN);
			case "readonly" -> builder.flag(Flag.READONLY);
			case "encrypted" -> builder.flag(Flag.ENCRYPTED);
			case "searchable" -> builder.flag(Flag.SEARCHABLE);
			case "semantic" -> builder.flag(Flag.SEMANTIC);
			case "on_delete" -> onDelete(decorator, field, builder, tree);
			case "inverse" -> builder.inverse(inverse(decorator, tree));
			case "was" -> args.forEach(arg -> builder.was(word(arg.value())));
			case "retention", "keep" -> {
				Object age = value(decorator, 0, tree);
				if (age instanceof Duration duration) {
					builder.retention(duration);
				}
				else if (age != null) {
					report(tree, Code.E0403, decorator.span(),
							"@retention of a field takes a duration, such as 90.days");
				}
			}
			case "compact" ->
				report(tree, Code.E0402, decorator.span(), "'@compact' is a decorator of entities, not of fields");
			case "default" -> {
				if (args.isEmpty()) {
					report(tree, Code.E0403, decorator.span(), "@default needs a value");
				}
				else {
					Expr value = args.getFirst().value();
					initial(value, EntityParts.number(pieces, decorator, value), builder, entity);
				}
			}
			case "check" -> builder.check(tree.file().text(decorator.span()), code(pieces, decorator), "is not valid");
			case "where" -> builder.check(tree.file().text(decorator.span()), code(pieces, decorator),
					"must be " + tree.file().text(decorator.span()).replaceFirst("^where\\s+", ""));
			default -> rule(decorator, builder, pieces, tree);
		}
	}

	private static int code(List<EntityParts.Piece> pieces, Part.Decorator decorator) {
		if (decorator.args().isEmpty()) {
			throw new FlinError("@" + decorator.name() + " needs a condition");
		}
		return EntityParts.number(pieces, decorator, decorator.args().getFirst().value());
	}

	private void rule(Part.Decorator decorator, FieldDefinition.Builder builder, List<EntityParts.Piece> pieces,
			SyntaxTree tree) {
		if (!EntityParts.isDecorator(decorator.name())) {
			if (this.declarations.lookup(tree, decorator.name()) instanceof Symbol.Function) {
				builder.custom("@" + decorator.name(), EntityParts.number(pieces, decorator, null));
			}
			else {
				report(tree, Code.E0402, decorator.span(), "unknown decorator '@" + decorator.name() + "'");
			}
			return;
		}
		List<Object> values = new ArrayList<>();
		boolean constant = true;
		for (Part.Arg arg : decorator.args()) {
			int code = EntityParts.number(pieces, decorator, arg.value());
			constant &= code < 0;
			Object value = (code < 0) ? word(arg.value(), decorator, tree) : new FieldCheck.Code(code);
			if (value == null) {
				return;
			}
			values.add(value);
		}
		if (constant) {
			builder.rule(decorator.name(), values.toArray());
		}
		else {
			builder.rule(tree.file().text(decorator.span()), decorator.name(), values);
		}
	}

	private void onDelete(Part.Decorator decorator, Part.Field field, FieldDefinition.Builder builder,
			SyntaxTree tree) {
		String rule = decorator.args().isEmpty() ? "" : word(decorator.args().getFirst().value());
		if (rule.equals("set_null") && needsTarget(field)) {
			report(tree, Code.E0403, decorator.span(), "set_null would leave '" + field.name()
					+ "' empty, which must not be: let it be optional, or say cascade or restrict");
		}
		else if (Set.of("cascade", "restrict", "set_null").contains(rule)) {
			builder.onDelete(rule);
		}
		else {
			report(tree, Code.E0403, decorator.span(), "@on_delete takes cascade, restrict or set_null");
		}
	}

	/** Whether a reference may never be none; a list of references may always become shorter. */
	private static boolean needsTarget(Part.Field field) {
		return field.type() instanceof TypeExpr.Named || (field.type() instanceof TypeExpr.Optional
				&& field.decorators().stream().anyMatch(decorator -> decorator.name().equals("required")));
	}

	private void ofEntity(Part.Decorator decorator, EntityDefinition.Builder builder, SyntaxTree tree) {
		switch (decorator.name()) {
			case "index", "unique" -> builder.index(decorator.name().equals("unique"),
					decorator.args().stream().map(arg -> word(arg.value())).toArray(String[]::new));
			case "was" -> decorator.args().forEach(arg -> builder.was(word(arg.value())));
			case "retention", "keep" -> {
				for (Part.Arg arg : decorator.args()) {
					Object value = EntityParts.isConstant(arg.value()) ? Constants.of(arg.value()) : null;
					if (value instanceof Duration age) {
						builder.retention(age);
					}
					else if (value instanceof Long count && "versions".equals(arg.name())) {
						builder.retention(Math.clamp(count, Integer.MIN_VALUE, Integer.MAX_VALUE));
					}
					else {
						report(tree, Code.E0403, decorator.span(),
								"@retention takes a duration, or versions: and a number");
					}
				}
			}
			case "compact" -> compact(decorator, builder, tree);
			default -> report(tree, Code.E0402, decorator.span(),
					"'@" + decorator.name() + "' is no decorator of an entity");
		}
	}

	private void compact(Part.Decorator decorator, EntityDefinition.Builder builder, SyntaxTree tree) {
		Duration after = null;
		String period = null;
		for (Part.Arg arg : decorator.args()) {
			Object value = EntityParts.isConstant(arg.value()) ? Constants.of(arg.value()) : null;
			if (value instanceof Duration duration) {
				after = duration;
			}
			else if (value instanceof String text) {
				period = text;
			}
		}
		if (after == null || period == null || !Set.of("hourly", "daily", "weekly", "monthly").contains(period)) {
			report(tree, Code.E0403, decorator.span(),
					"@compact takes after: a duration and to: \"hourly\", \"daily\", \"weekly\" or \"monthly\"");
			return;
		}
		builder.compact(after, period);
	}

	/** The value of an argument that has to be a constant; bare names are their own texts. */
	private @Nullable Object value(Part.Decorator decorator, int index, SyntaxTree tree) {
		if (index >= decorator.args().size()) {
			report(tree, Code.E0403, decorator.span(), "@" + decorator.name() + " needs a value");
			return null;
		}
		return word(decorator.args().get(index).value(), decorator, tree);
	}

	private @Nullable Object word(Expr expr, Part.Decorator decorator, SyntaxTree tree) {
		if (EntityParts.isConstant(expr)) {
			return Constants.of(expr);
		}
		if (expr instanceof Expr.Name name) {
			return name.name();
		}
		report(tree, Code.E0099, expr.span(), "an argument of @" + decorator.name()
				+ " that is no constant is not supported yet");
		return null;
	}

	private String inverse(Part.Decorator decorator, SyntaxTree tree) {
		if (decorator.args().isEmpty()) {
			report(tree, Code.E0403, decorator.span(),
					"@inverse needs the name of the way back, as in '@inverse(\"books\")'");
			return "";
		}
		return word(decorator.args().getFirst().value());
	}

	private static String word(Expr expr) {
		if (expr instanceof Expr.Name name) {
			return name.name();
		}
		return (expr instanceof Expr.Text && EntityParts.isConstant(expr)) ? String.valueOf(Constants.of(expr)) : "";
	}

	/** A type as text, aliases resolved; notes the members of enums on the way. */
	private String written(TypeExpr type, SyntaxTree tree, int depth) {
		return switch (type) {
			case TypeExpr.Named named -> named(named, tree, depth);
			case TypeExpr.ListOf list -> "[" + written(list.element(), tree, depth) + "]";
			case TypeExpr.MapOf map -> "[" + written(map.key(), tree, depth) + ": " + written(map.value(), tree,
					depth) + "]";
			case TypeExpr.Optional optional -> {
				String inner = written(optional.inner(), tree, depth);
				yield (inner.contains(" | ") ? "(" + inner + ")" : inner) + "?";
			}
			case TypeExpr.Union union ->
				union.members().stream().map(member -> written(member, tree, depth)).collect(Collectors.joining(" | "));
			case TypeExpr.Tuple tuple -> tuple.elements()
				.stream()
				.map(element -> written(element, tree, depth))
				.collect(Collectors.joining(", ", "(", ")"));
			case TypeExpr.Fn function -> "any";
			case TypeExpr.Record record -> record(record, tree, depth);
			case TypeExpr.Broken broken -> "any";
		};
	}

	private String record(TypeExpr.Record record, SyntaxTree tree, int depth) {
		if (record.names().isEmpty()) {
			return "any";
		}
		List<String> entries = new ArrayList<>();
		for (int i = 0; i < record.names().size(); i++) {
			entries.add(record.names().get(i) + ": " + written(record.types().get(i), tree, depth));
		}
		return "{" + String.join(", ", entries) + "}";
	}

	private String named(TypeExpr.Named named, SyntaxTree tree, int depth) {
		Symbol symbol = this.declarations.lookup(tree, named.name());
		if (symbol instanceof Symbol.EnumType choice) {
			this.enums.put(choice.name(), choice.variants().stream().map(EntityDefinitions::member).toList());
		}
		else if (symbol instanceof Symbol.Alias alias && depth < 8) {
			return written(alias.declaration().type(), alias.tree(), depth + 1);
		}
		return named.name();
	}

	/** A variant as the catalog takes it: {@code Stop}, {@code Go/1}, {@code Stop<Halt} for one that was renamed. */
	private static String member(Symbol.Variant variant) {
		int carried = variant.declaration().payload().size();
		StringBuilder member = new StringBuilder(variant.name());
		if (carried > 0) {
			member.append('/').append(carried);
		}
		for (Part.Decorator decorator : variant.declaration().decorators()) {
			decorator.args().forEach(arg -> member.append('<').append(word(arg.value())));
		}
		return member.toString();
	}

	private void report(SyntaxTree tree, Code code, Span span, String message) {
		this.diagnostics.add(Diagnostic.of(code, tree.file(), span, message));
	}

}
