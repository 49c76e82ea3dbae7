package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.resolve.Children;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.Type.Basic;

/** Checks entities, enums, aliases and implementations where they are declared. */
final class DeclarationChecker {

	private static final Set<String> TEXT_RULES = Set.of("minLength", "maxLength", "min_length", "max_length", "length",
			"email", "url", "ip", "uuid", "phone", "slug", "json", "alpha", "alphanumeric", "numeric", "hex", "base64",
			"credit_card", "pattern");

	private static final Set<String> NUMBER_RULES = Set.of("between", "positive", "negative");

	private static final Set<String> SIGN_RULES = Set.of("positive", "negative");

	private static final Set<String> TIME_RULES = Set.of("past", "future");

	private static final Set<String> OTHER_RULES = Set.of("required", "unique", "index", "default", "min", "max",
			"one_of",
			"check", "immutable", "hidden", "readonly", "semantic", "searchable", "encrypted", "max_size",
					"allow_types",
			"extension", "on_delete", "retention", "compact", "inverse", "was", "where", "keep");

	private static final Set<String> FILE_RULES = Set.of("max_size", "allow_types", "extension");

	/** Decorators of fields that say all by their names. */
	private static final Set<String> FLAGS = Set.of("required", "unique", "index", "immutable", "hidden", "readonly",
			"semantic", "searchable", "encrypted");

	private static final Set<String> BETWEEN_FIELDS = Set.of("index", "unique");

	private static final Set<String> VALUE_RULES = Set.of("one_of", "min", "max", "between");

	private static final Set<String> HOOKS = Set.of("create", "update", "save", "delete", "restore", "destroy");

	/** Decorators whose arguments count characters or elements. */
	private static final Set<String> LENGTH_RULES = Set.of("minLength", "maxLength", "min_length", "max_length",
			"length");

	/** What the default of a key in a request is checked for; others are converted. */
	private static final Set<Type> PLAIN_TYPES = Set.of(Basic.INT, Basic.NUMBER, Basic.TEXT, Basic.BOOL);

	/** Decorators whose arguments are names and words, not values. */
	private static final Set<String> WORD_ARGUMENTS = Set.of("index", "unique", "on_delete", "compact", "inverse",
			"was",
			"one_of", "allow_types", "extension", "retention", "keep");

	private final Body body;

	DeclarationChecker(Body body) {
		this.body = body;
	}

	void entity(Stmt.Entity s) {
		Symbol symbol = this.body.world.declarations.lookup(this.body.file.tree, s.name());
		if (!(symbol instanceof Symbol.Entity entity) || entity.declaration() != s) {
			return;
		}
		Type before = this.body.self;
		this.body.self = new Type.EntityOf(entity);
		Set<String> names = new HashSet<>();
		for (Part.Field field : s.fields()) {
			if (!names.add(field.name())) {
				this.body.statements.duplicate(field);
			}
			if (Schema.isMetadata(field.name())) {
				this.body.error(Code.E0401, field.nameSpan(), "'" + field.name()
						+ "' is a field that every entity has");
			}
			field(field, entity);
		}
		for (Part.Decorator decorator : s.decorators()) {
			decorator(decorator, Basic.ANY);
			if (decorator.name().equals("index") || decorator.name().equals("unique")) {
				indexed(decorator, s);
			}
		}
		for (Part.Hook hook : s.hooks()) {
			if (!HOOKS.contains(hook.operation())) {
				this.body.error(Code.E0402, hook.span(), "there is no hook '" + (hook.before() ? "before " : "after ")
						+ hook.operation() + "'", ExprChecker.didYouMean(hook.operation(), HOOKS));
			}
			this.body.control.hostBlock(hook.body());
		}
		inverses(entity);
		this.body.self = before;
	}

	/** What an index over several fields names is stored. */
	private void indexed(Part.Decorator decorator, Stmt.Entity entity) {
		Set<String> stored = new HashSet<>();
		for (Part.Field field : entity.fields()) {
			if (field.computed() == null) {
				stored.add(field.name());
			}
		}
		String rule = "'@" + decorator.name() + "'";
		if (decorator.args().isEmpty()) {
			this.body.error(Code.E0403, decorator.span(), rule + " of an entity names fields of it");
		}
		for (Part.Arg arg : decorator.args()) {
			String name = (arg.value() instanceof Expr.Name word) ? word.name() : null;
			if (name == null || !stored.contains(name)) {
				this.body.error(Code.E0403, arg.span(),
						rule + " names fields, and this is not one that " + entity.name() + " stores",
						(name != null && Schema.isMetadata(name)) ? keptByItself(decorator, name)
								: (name != null) ? ExprChecker.didYouMean(name, stored) : "");
			}
		}
	}

	/** What every record has by itself is in no index: a field of its own is. */
	private static String keptByItself(Part.Decorator decorator, String name) {
		String kept = "'" + name + "' is kept for each record, outside its fields";
		return name.endsWith("_at")
				? kept + "; give it one, 'at: time = now', and name that: '@" + decorator.name() + "(…, at)'" : kept;
	}

	private void field(Part.Field field, Symbol.Entity entity) {
		if (field.type() != null) {
			this.body.world.reader.read(field.type(), this.body.where());
		}
		Type type = this.body.world.schema.fieldType(entity, field.name());
		if (entity.field(field.name()) != field) {
			return;
		}
		if (field.defaultValue() != null) {
			this.body.exprs.require(field.defaultValue(), type);
		}
		if (field.computed() != null) {
			this.body.exprs.require(field.computed(), type);
		}
		field.decorators().forEach(decorator -> of(field, decorator, type));
		field.decorators().forEach(decorator -> flag(decorator, type));
	}

	/** A condition is asked only where the field has a value. */
	private void of(Part.Field field, Part.Decorator decorator, Type type) {
		Facts before = this.body.facts;
		if (Names.CONDITIONS.contains(decorator.name())) {
			decorator.args().forEach(arg -> present(arg.value(), field.name(), Unifier.withoutNone(type)));
		}
		decorator(decorator, type);
		this.body.facts = before;
	}

	private void present(Node code, String name, Type type) {
		Facts.Path path = (code instanceof Expr.Name use && use.name().equals(name)) ? this.body.path(use) : null;
		if (path != null) {
			this.body.facts = this.body.facts.with(path, type);
		}
		Children.each(code, child -> present(child, name, type));
	}

	/** The fields of {@code validate}. */
	void validated(List<Part.Field> fields) {
		fields.forEach(field -> validated(field, fields));
	}

	private void validated(Part.Field field, List<Part.Field> fields) {
		Type type = validatedType(field);
		if (field.defaultValue() != null) {
			this.body.exprs.require(field.defaultValue(), StatementChecker.inputType(type));
		}
		for (Part.Decorator decorator : field.decorators()) {
			giveValues(decorator, fields);
			of(field, decorator, type);
		}
		if (PLAIN_TYPES.contains(Unifier.withoutNone(type))) {
			field.decorators()
				.stream()
				.filter(decorator -> decorator.name().equals("default") && decorator.args().size() == 1)
				.forEach(decorator -> this.body.exprs.require(decorator.args().getFirst().value(), type));
		}
		if (field.nested() != null) {
			validated(field.nested());
		}
	}

	/** A condition is a function of the values that it names. */
	private void giveValues(Part.Decorator decorator, List<Part.Field> fields) {
		Frame frame = this.body.resolution.frame(decorator.id());
		if (frame == null) {
			return;
		}
		for (Symbol.Variable variable : frame.variables()) {
			for (Part.Field field : fields) {
				if (field.name().equals(variable.name())) {
					this.body.declare(variable, this.body.statements.fieldType(field, true), true);
				}
			}
		}
	}

	private Type validatedType(Part.Field field) {
		if (field.nested() != null) {
			Type object = new Type.MapOf(Basic.TEXT, Basic.ANY);
			return field.listOfNested() ? new Type.ListOf(object) : object;
		}
		return (field.type() != null) ? this.body.world.reader.read(field.type(), this.body.where()) : Basic.ANY;
	}

	private void decorator(Part.Decorator decorator, Type type) {
		String name = decorator.name();
		boolean own = this.body.world.declarations.lookup(this.body.file.tree, name) instanceof Symbol.Function;
		if (!own && !OTHER_RULES.contains(name) && !TEXT_RULES.contains(name) && !NUMBER_RULES.contains(name)
				&& !TIME_RULES.contains(name)) {
			Set<String> known = new HashSet<>(OTHER_RULES);
			known.addAll(TEXT_RULES);
			known.addAll(NUMBER_RULES);
			this.body.error(Code.E0402, decorator.span(), "there is no decorator '@" + name + "'",
					ExprChecker.didYouMean(name, known));
			return;
		}
		Type plain = Unifier.withoutNone(type);
		boolean fits = plain == Basic.ANY || plain == Basic.BROKEN || own
				|| !(TEXT_RULES.contains(name) && !isTextual(plain)
						|| NUMBER_RULES.contains(name) && !isQuantity(plain)
						|| SIGN_RULES.contains(name) && plain == Basic.TIME || TIME_RULES.contains(name)
								&& plain != Basic.TIME || FILE_RULES.contains(name) && !isTextual(plain)
						|| name.equals("on_delete") && !isReference(plain)
						|| name.equals("inverse") && !isReference(plain));
		if (!fits) {
			this.body.error(Code.E0403, decorator.span(), "'@" + name + "' does not fit a field of type " + type);
		}
		if (VALUE_RULES.contains(name)) {
			values(decorator, plain);
		}
		if (LENGTH_RULES.contains(name)) {
			decorator.args()
				.stream()
				.map(Part.Arg::value)
				.filter(Expr.Text.class::isInstance)
				.forEach(text -> takesNumber(decorator, text));
		}
		if (!WORD_ARGUMENTS.contains(name)) {
			decorator.args().forEach(arg -> this.body.exprs.infer(arg.value()));
		}
		if (name.equals("was")) {
			earlierNames(decorator);
		}
	}

	/** What a field, an entity or a variant was called is known before anything runs. */
	private void earlierNames(Part.Decorator decorator) {
		if (decorator.args().isEmpty()) {
			this.body.error(Code.E0403, decorator.span(), "'@was' needs the name from before",
					"write it as @was(\"old_name\")");
		}
		for (Part.Arg arg : decorator.args()) {
			boolean word = arg.name() == null && !arg.spread() && (arg.value() instanceof Expr.Name
					|| arg.value() instanceof Expr.Text text && !text.parts().isEmpty()
							&& text.parts().stream().allMatch(Part.Chunk.class::isInstance));
			if (!word) {
				this.body.error(Code.E0403, arg.span(), "this is no name", "write it as @was(\"old_name\")");
			}
		}
	}

	private void flag(Part.Decorator decorator, Type type) {
		String name = decorator.name();
		if (BETWEEN_FIELDS.contains(name) && !hasOrder(Unifier.withoutNone(type), name)) {
			this.body.error(Code.E0403, decorator.span(), "'@" + name + "' does not fit a field of type " + type
					+ ": an index needs values that have an order");
		}
		if (FLAGS.contains(name) && !decorator.args().isEmpty()) {
			this.body.error(Code.E0403, decorator.span(), "'@" + name + "' of a field takes no arguments",
					BETWEEN_FIELDS.contains(name) ? "write '@" + name + "(a, b)' on a line of its own" : "");
		}
	}

	/**
	 * Whether an index can hold the values; one over anything is never asked, so that only uniqueness would be lost.
	 */
	private boolean hasOrder(Type type, String decorator) {
		return switch (type) {
			case Basic basic when basic == Basic.ANY -> !decorator.equals("unique");
			case Basic basic -> basic != Basic.FILE && basic != Basic.HTML;
			case Type.ListOf list -> this.body.resolve(list.element()) instanceof Type.EntityOf;
			case Type.EntityOf entity -> true;
			case Type.EnumText choice -> true;
			default -> false;
		};
	}

	/** What a value is compared with can be what the field holds. */
	private void values(Part.Decorator decorator, Type type) {
		for (Part.Arg arg : decorator.args()) {
			List<Expr> values = (arg.value() instanceof Expr.ListOf list)
					? list.elements().stream().map(Part.Element::value).toList() : List.of(arg.value());
			for (Expr value : values) {
				if (value instanceof Expr.Text && Unifier.isNumeric(type) && !decorator.name().equals("one_of")) {
					takesNumber(decorator, value);
				}
				else if (value instanceof Expr.Text && Unifier.isNumeric(type)
						|| value instanceof Expr.Int && isTextual(type)) {
					never(decorator, value, type);
				}
			}
		}
	}

	private void never(Part.Decorator decorator, Expr value, Type type) {
		String message = "this is never the value of a field of type " + type;
		String length = switch (decorator.name()) {
			case "min" -> "@minLength";
			case "max" -> "@maxLength";
			default -> null;
		};
		if (length != null && type == Basic.TEXT && value instanceof Expr.Int) {
			this.body.error(Code.E0403, value.span(), message, "for how long it may be, write " + length);
		}
		else {
			this.body.error(Code.E0403, value.span(), message);
		}
	}

	private void takesNumber(Part.Decorator decorator, Expr value) {
		this.body.error(Code.E0403, value.span(), "'@" + decorator.name() + "' takes a number, not a text");
	}

	private static boolean isTextual(Type type) {
		return type == Basic.TEXT || type instanceof Type.EnumText || type instanceof Type.ListOf || type == Basic.FILE;
	}

	private static boolean isReference(Type type) {
		return switch (type) {
			case Type.EntityOf t -> true;
			case Type.ListOf t -> isReference(Unifier.withoutNone(Zonk.prune(t.element())));
			default -> false;
		};
	}

	private static boolean isQuantity(Type type) {
		return Unifier.isNumeric(type) || type == Basic.MONEY || type == Basic.DURATION || type == Basic.TIME;
	}

	/** Two references to one entity need names for the way back. */
	private void inverses(Symbol.Entity entity) {
		Map<Symbol.Entity, Part.Field> first = new HashMap<>();
		for (Part.Field field : entity.declaration().fields()) {
			boolean named = false;
			for (Part.Decorator decorator : field.decorators()) {
				named = named || decorator.name().equals("inverse");
			}
			if (named || !(Unifier.withoutNone(this.body.world.schema.fieldType(entity,
					field.name())) instanceof Type.EntityOf target)) {
				continue;
			}
			Part.Field other = first.putIfAbsent(target.symbol(), field);
			if (other != null && target.symbol() != entity) {
				this.body.error(Code.E0404, field.nameSpan(),
						"'" + other.name() + "' and '" + field.name() + "' both refer to " + target.symbol().name(),
						"give at least one of them @inverse(\"name\")");
			}
		}
	}

	void enumeration(Stmt.Enum s) {
		bounds(s.typeParams());
		TypeReader.Where where = this.body.where().with(TypeReader.rigid(s.typeParams()));
		Set<String> names = new HashSet<>();
		for (Part.Variant variant : s.variants()) {
			if (!names.add(variant.name())) {
				this.body.error(Code.E0108, variant.span(), "the variant '" + variant.name() + "' is declared twice");
			}
			variant.payload().forEach(type -> this.body.world.reader.read(type, where));
			for (Part.Decorator decorator : variant.decorators()) {
				if (!decorator.name().equals("was")) {
					this.body.error(Code.E0402, decorator.span(),
							"'@" + decorator.name() + "' is no decorator of a variant: there is only @was(\"…\")");
				}
				else {
					earlierNames(decorator);
				}
			}
		}
	}

	void alias(Stmt.TypeAlias s) {
		bounds(s.typeParams());
		this.body.world.reader.read(s.type(), this.body.where().with(TypeReader.rigid(s.typeParams())));
	}

	// Implementations

	void implementation(Stmt.Impl s) {
		bounds(s.typeParams());
		s.methods().forEach(method -> bounds(method.typeParams()));
		Map<String, Type> rigid = TypeReader.rigid(s.allTypeParams(
				name -> this.body.world.declarations.lookup(this.body.file.tree, name) != null));
		Type type = this.body.world.reader.read(s.type(), this.body.where().with(rigid));
		declaredOnce(s, type);
		Symbol.TraitType trait = trait(s);
		if (trait == null) {
			return;
		}
		List<String> missing = new ArrayList<>();
		for (Symbol.Function wanted : trait.methods()) {
			Stmt.Fn given = method(s, wanted.name());
			if (given == null && wanted.declaration().body() == null) {
				missing.add(wanted.name());
			}
			else if (given != null) {
				compare(given, wanted, trait, type, rigid);
			}
		}
		for (Stmt.Fn given : s.methods()) {
			if (Schema.method(trait, given.name()) == null) {
				this.body.error(Code.E0207, given.nameSpan(),
						"the trait '" + trait.name() + "' has no method '" + given.name() + "'");
			}
		}
		if (!missing.isEmpty()) {
			this.body.error(Code.E0207, s.span(),
					"this does not implement " + String.join(", ", missing) + " of '" + trait.name() + "'");
		}
	}

	/** A type has each method of a trait, or of its own, once. */
	private void declaredOnce(Stmt.Impl s, Type type) {
		methodsOnce(s.methods());
		for (Symbol.Implementation before : this.body.world.schema.implementations(type)) {
			if (before.declaration() == s) {
				return;
			}
			if (!this.body.world.schema.isForAll(before, type)) {
				continue;
			}
			if (!sameTrait(before.declaration(), s)) {
				sharedMethods(before, s);
				continue;
			}
			for (Stmt.Fn again : s.methods()) {
				Stmt.Fn first = method(before.declaration(), again.name());
				if (first != null) {
					twice(again, before.tree().file(), first);
				}
			}
		}
	}

	/** Calls of a method that two traits give a type, or a trait and the type itself, would not say which is meant. */
	private void sharedMethods(Symbol.Implementation before, Stmt.Impl s) {
		Set<String> known = methodNames(before.declaration(), this.body.world.schema.trait(before));
		for (String name : methodNames(s, trait(s))) {
			if (known.contains(name)) {
				Stmt.Fn given = method(s, name);
				SourceFile file = this.body.file.tree.file();
				SourceFile other = before.tree().file();
				TypeExpr brought = (s.trait() != null) ? s.trait() : s.type();
				this.body.error(Code.E0108, (given != null) ? given.nameSpan() : brought.span(),
						"the method '" + name + "' is declared twice for '" + textOf(s.type(), file) + "': by "
								+ owner(before.declaration(), other) + " and by " + owner(s, file),
						"rename one of them: a call would not say which is meant");
			}
		}
	}

	/** What an implementation brings, defaults of its trait included. */
	private static Set<String> methodNames(Stmt.Impl s, Symbol.@Nullable TraitType trait) {
		Set<String> names = new LinkedHashSet<>();
		s.methods().forEach(method -> names.add(method.name()));
		if (trait != null) {
			trait.methods().forEach(method -> names.add(method.name()));
		}
		return names;
	}

	private static String owner(Stmt.Impl s, SourceFile file) {
		TypeExpr trait = s.trait();
		return ((trait != null) ? "the trait '" + textOf(trait, file) + "'" : "'impl " + textOf(s.type(), file) + "'")
				+ " in " + file.path() + ":" + file.lineOf(s.span().start());
	}

	private static String textOf(TypeExpr type, SourceFile file) {
		return file.text().substring(type.span().start(), type.span().end());
	}

	/** Reports methods of one name that stand together. */
	void methodsOnce(List<Stmt.Fn> methods) {
		Map<String, Stmt.Fn> first = new HashMap<>();
		for (Stmt.Fn method : methods) {
			Stmt.Fn before = first.putIfAbsent(method.name(), method);
			if (before != null) {
				twice(method, this.body.file.tree.file(), before);
			}
		}
	}

	private void twice(Stmt.Fn again, SourceFile other, Stmt.Fn first) {
		SourceFile file = this.body.file.tree.file();
		this.body.error(Code.E0108, again.nameSpan(),
				"the method '" + again.name() + "' is declared twice: in " + other.path() + ":"
						+ other.lineOf(first.nameSpan().start()) + " and in " + file.path() + ":"
						+ file.lineOf(again.nameSpan().start()),
				"rename one of them");
	}

	private static boolean sameTrait(Stmt.Impl a, Stmt.Impl b) {
		String first = (a.trait() instanceof TypeExpr.Named named) ? named.name() : "";
		return first.equals((b.trait() instanceof TypeExpr.Named named) ? named.name() : "");
	}

	private Symbol.@Nullable TraitType trait(Stmt.Impl s) {
		return (s.trait() instanceof TypeExpr.Named named) ? trait(named) : null;
	}

	/** Bounds are traits. */
	void bounds(List<Part.TypeParam> params) {
		for (Part.TypeParam param : params) {
			for (TypeExpr bound : param.bounds()) {
				if (bound instanceof TypeExpr.Named named) {
					trait(named);
				}
			}
		}
	}

	private Symbol.@Nullable TraitType trait(TypeExpr.Named named) {
		Symbol.TraitType trait = this.body.world.schema.trait(this.body.file.tree, named.name());
		if (trait == null && !Schema.isBuiltInBound(named.name())) {
			List<String> known = this.body.world.declarations.all()
				.stream()
				.filter(Symbol.TraitType.class::isInstance)
				.map(Symbol::name)
				.toList();
			this.body.error(Code.E0111, named.span(), "there is no trait '" + named.name() + "'",
					ExprChecker.didYouMean(named.name(), known));
		}
		return trait;
	}

	private static Stmt.@Nullable Fn method(Stmt.Impl s, String name) {
		for (Stmt.Fn method : s.methods()) {
			if (method.name().equals(name)) {
				return method;
			}
		}
		return null;
	}

	/** A method of an implementation has the parameters and the result that the trait promises. */
	private void compare(Stmt.Fn given, Symbol.Function wanted, Symbol.TraitType trait, Type self,
			Map<String, Type> rigid) {
		Map<String, Type> params = new HashMap<>(rigid);
		params.put("Self", self);
		Signatures.Signature here = this.body.world.signatures.read(given, this.body.where().with(params).quietly());
		Signatures.Signature there = this.body.world.signatures.read(wanted.declaration(),
				new TypeReader.Where(trait.tree(), params, error -> {
				}));
		boolean same = here.params().size() == there.params().size();
		for (int i = 0; same && i < here.params().size(); i++) {
			Type a = here.params().get(i).type();
			Type b = there.params().get(i).type();
			same = a == null || b == null || a instanceof Type.TypeParam || this.body.unifier.assign(b, a);
		}
		Type result = here.result();
		Type promised = there.result();
		if (!same || result != null && promised != null && !this.body.unifier.assign(result, promised)) {
			this.body.error(Code.E0207, given.nameSpan(),
					"'" + given.name() + "' differs from what the trait '" + trait.name() + "' promises");
		}
	}

}
