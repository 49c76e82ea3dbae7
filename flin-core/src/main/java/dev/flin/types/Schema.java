package dev.flin.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Declarations;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.SyntaxTree;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.Type.Basic;

/** The types of what the program declares: fields, relations, payloads, props, and who implements what. */
final class Schema {

	private static final Map<String, Type> METADATA = Map.ofEntries(Map.entry("id", Basic.INT),
			Map.entry("created_at", Basic.TIME), Map.entry("updated_at", Basic.TIME),
			Map.entry("deleted_at", Type.optional(Basic.TIME)), Map.entry("version_number", Basic.INT),
			Map.entry("version", Basic.INT), Map.entry("valid_from", Basic.TIME),
			Map.entry("valid_to", Type.optional(Basic.TIME)), Map.entry("is_new", Basic.BOOL),
			Map.entry("changed", new Type.ListOf(Basic.TEXT)), Map.entry("saved_by", Basic.ANY),
			Map.entry("is_deleted", Basic.BOOL));

	private final Declarations declarations;

	private final TypeReader reader;

	private final Map<Part.Field, Type> fields = new java.util.IdentityHashMap<>();

	private final Map<String, List<Symbol.Implementation>> implementations = new HashMap<>();

	private final Map<Symbol.Entity, Map<String, Type>> relations = new HashMap<>();

	private final Set<String> keys = new HashSet<>();

	private final Set<String> methodNames = new HashSet<>();

	Schema(Declarations declarations, TypeReader reader, Collection<TreeFacts> facts) {
		this.declarations = declarations;
		this.reader = reader;
		for (Symbol.Implementation each : declarations.implementations()) {
			String type = headName(each);
			this.implementations.computeIfAbsent(type, key -> new ArrayList<>()).add(each);
			each.methods().forEach(method -> this.methodNames.add(method.name()));
		}
		facts.forEach(each -> this.keys.addAll(each.keys()));
		declarations.entities().forEach(this::collectRelations);
	}

	// Fields

	static boolean isMetadata(String name) {
		return METADATA.containsKey(name) || name.equals("history") || name.equals("timeline");
	}

	/** The type of a declared field; any when nothing is written. */
	Type fieldType(Symbol.Entity entity, String name) {
		Part.Field field = entity.field(name);
		return (field != null) ? fieldType(field, entity.tree()) : Basic.ANY;
	}

	private Type fieldType(Part.Field field, SyntaxTree tree) {
		Type known = this.fields.get(field);
		if (known == null) {
			known = (field.type() != null) ? entityBorder(read(field.type(), tree)) : Basic.ANY;
			this.fields.put(field, known);
		}
		return known;
	}

	private Type read(TypeExpr type, SyntaxTree tree) {
		return this.reader.read(type, new TypeReader.Where(tree, Map.of(), error -> {
		}));
	}

	/** Enums are stored as the names of their variants, and arrive so in requests. */
	static Type entityBorder(Type type) {
		return switch (type) {
			case Type.EnumOf t when t.symbol().variants().stream().allMatch(v -> v.declaration().payload().isEmpty()) ->
				new Type.EnumText(t.symbol());
			case Type.Optional t -> Type.optional(entityBorder(t.inner()));
			default -> type;
		};
	}

	/** Metadata, relations and trees of an instance; null when there is no such member. */
	@Nullable Type metaType(Symbol.Entity entity, String name) {
		Type meta = METADATA.get(name);
		if (meta != null) {
			return meta;
		}
		return switch (name) {
			case "history", "timeline" -> new Type.ListOf(new Type.EntityOf(entity));
			case "ancestors", "descendants", "siblings" -> isTree(entity) ? new Type.ListOf(new Type.EntityOf(entity))
					: this.relations.getOrDefault(entity, Map.of()).get(name);
			case "known_from" -> Basic.TIME;
			case "known_to" -> Type.optional(Basic.TIME);
			default -> this.relations.getOrDefault(entity, Map.of()).get(name);
		};
	}

	/** Whether records of an entity refer to others of it. */
	boolean isTree(Symbol.Entity entity) {
		return entity.declaration()
			.fields()
			.stream()
			.anyMatch(field -> Unifier.withoutNone(
					fieldType(field, entity.tree())) instanceof Type.EntityOf to && to.symbol() == entity);
	}

	List<String> memberNames(Symbol.Entity entity) {
		List<String> names = new ArrayList<>();
		entity.declaration().fields().forEach(field -> names.add(field.name()));
		names.addAll(METADATA.keySet());
		names.add("history");
		names.addAll(this.relations.getOrDefault(entity, Map.of()).keySet());
		return names;
	}

	private void collectRelations(Symbol.Entity entity) {
		for (Part.Field field : entity.declaration().fields()) {
			if (!field.name().isEmpty() && target(fieldType(field, entity.tree())) instanceof Type.EntityOf target) {
				String name = inverseName(field, entity);
				this.relations.computeIfAbsent(target.symbol(), key -> new LinkedHashMap<>())
					.putIfAbsent(name, new Type.QueryOf(entity));
			}
		}
	}

	private static Type target(Type type) {
		return switch (type) {
			case Type.Optional t -> target(t.inner());
			case Type.ListOf t -> target(Zonk.prune(t.element()));
			default -> type;
		};
	}

	private static String inverseName(Part.Field field, Symbol.Entity entity) {
		for (Part.Decorator decorator : field.decorators()) {
			if (decorator.name().equals("inverse") && !decorator.args().isEmpty()
					&& decorator.args().get(0).value() instanceof Expr.Text text && text.parts().size() == 1
					&& text.parts().get(0) instanceof Part.Chunk chunk) {
				return chunk.text();
			}
		}
		return plural(snake(entity.name()));
	}

	/** Words that begin with capitals as words with underscores between. */
	private static String snake(String name) {
		StringBuilder snake = new StringBuilder(name.length() + 4);
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			char before = (i > 0) ? name.charAt(i - 1) : ' ';
			if (c >= 'A' && c <= 'Z' && (before >= 'a' && before <= 'z' || before >= '0' && before <= '9')) {
				snake.append('_');
			}
			snake.append(c);
		}
		return snake.toString().toLowerCase(Locale.ROOT);
	}

	private static String plural(String name) {
		int last = name.length() - 1;
		if (name.endsWith("y") && (last == 0 || "aeiou".indexOf(name.charAt(last - 1)) < 0)) {
			return name.substring(0, last) + "ies";
		}
		boolean hisses = name.endsWith("s") || name.endsWith("x") || name.endsWith("z") || name.endsWith("ch")
				|| name.endsWith("sh");
		return hisses ? name + "es" : name + "s";
	}

	// Enums and components

	/** The payload of a variant for these arguments of its enum. */
	List<Type> payload(Symbol.Variant variant, List<Type> args) {
		Map<String, Type> bound = new HashMap<>();
		List<Part.TypeParam> params = variant.owner().declaration().typeParams();
		for (int i = 0; i < params.size(); i++) {
			bound.put(params.get(i).name(), (i < args.size()) ? args.get(i) : Basic.ANY);
		}
		TypeReader.Where where = new TypeReader.Where(variant.owner().tree(), bound, error -> {
		});
		return variant.declaration().payload().stream().map(type -> this.reader.read(type, where)).toList();
	}

	List<Type> erasedPayload(Symbol.Variant variant) {
		return payload(variant, List.of()).stream().map(Zonk::ground).toList();
	}

	Type propType(Symbol.Component component, String name) {
		if (component.props() != null) {
			for (Part.Field field : component.props().fields()) {
				if (field.name().equals(name)) {
					return (field.type() != null) ? read(field.type(), component.tree()) : Basic.ANY;
				}
			}
		}
		return Basic.ANY;
	}

	// Implementations

	private String headName(Symbol.Implementation implementation) {
		TypeExpr written = implementation.declaration().type();
		return (alias(implementation) != null) ? headName(read(written, implementation.tree())) : headName(written);
	}

	private Symbol.@Nullable Alias alias(Symbol.Implementation implementation) {
		return (implementation.declaration().type() instanceof TypeExpr.Named named
				&& this.declarations.lookup(implementation.tree(), named.name()) instanceof Symbol.Alias alias) ? alias
						: null;
	}

	private static String headName(TypeExpr type) {
		return switch (type) {
			case TypeExpr.Named t -> t.name();
			case TypeExpr.ListOf t -> "list";
			case TypeExpr.MapOf t -> "map";
			default -> "?";
		};
	}

	static String headName(Type type) {
		return switch (type) {
			case Type.EntityOf t -> t.symbol().name();
			case Type.EnumOf t -> t.symbol().name();
			case Type.EnumText t -> t.symbol().name();
			case Type.ListOf t -> "list";
			case Type.MapOf t -> "map";
			case Type.RecordOf t -> "map";
			case Type.Basic t -> t.word();
			default -> "?";
		};
	}

	/** Implementations for a type. */
	List<Symbol.Implementation> implementations(Type type) {
		List<Symbol.Implementation> found = this.implementations.getOrDefault(headName(type), List.of());
		if (found.isEmpty()) {
			return found;
		}
		if (type instanceof Type.RecordOf || type instanceof Type.MapOf) {
			return found.stream().filter(each -> isFor(each, type)).toList();
		}
		return (found.size() < 2 || type instanceof Basic) ? found : closest(found, type);
	}

	/** Of those for lists of different things, or for one enum of different things, the ones for what is given. */
	private List<Symbol.Implementation> closest(List<Symbol.Implementation> found, Type type) {
		Type given = Zonk.zonk(type);
		List<Symbol.Implementation> fitting = Zonk.isGround(given)
				? found.stream().filter(each -> isFreeOrSame(ownType(each), given)).toList() : found;
		return fitting.isEmpty() ? found : fitting;
	}

	private static boolean isFreeOrSame(Type own, Type given) {
		return own instanceof Type.TypeParam || own.equals(given) || switch (own) {
			case Type.ListOf a when given instanceof Type.ListOf b -> isFreeOrSame(a.element(), b.element());
			case Type.EnumOf a when given instanceof Type.EnumOf b && a.symbol() == b.symbol()
					&& a.args().size() == b.args().size() -> {
				boolean same = true;
				for (int i = 0; i < a.args().size(); i++) {
					same &= isFreeOrSame(Zonk.prune(a.args().get(i)), Zonk.prune(b.args().get(i)));
				}
				yield same;
			}
			case Type.Optional a when given instanceof Type.Optional b -> isFreeOrSame(a.inner(), b.inner());
			default -> own == Basic.BROKEN || own == Basic.ANY;
		};
	}

	/** The type that an implementation is for. */
	private Type ownType(Symbol.Implementation implementation) {
		Map<String, Type> params = TypeReader.rigid(implementation.declaration()
			.allTypeParams(name -> this.declarations.lookup(implementation.tree(), name) != null));
		return Zonk.zonk(this.reader.read(implementation.declaration().type(),
				new TypeReader.Where(implementation.tree(), params, error -> {
				})));
	}

	/** Whether an implementation is for exactly the type that another one is for. */
	boolean isForAll(Symbol.Implementation implementation, Type type) {
		return ownType(implementation).toString().equals(Zonk.zonk(type).toString());
	}

	/** What is implemented for an alias of a record is there for records with its keys. */
	private boolean isFor(Symbol.Implementation implementation, Type type) {
		if (alias(implementation) == null
				|| !(read(implementation.declaration().type(),
						implementation.tree()) instanceof Type.RecordOf wanted)) {
			return true;
		}
		return type instanceof Type.RecordOf given && wanted.fields()
			.entrySet()
			.stream()
			.allMatch(field -> given.fields().get(field.getKey()) instanceof Type own
					&& Zonk.zonk(own).equals(Zonk.zonk(field.getValue())));
	}

	/** The type parameters of the {@code impl} that a method stands in. */
	Map<String, Type> implementationParams(Symbol.Function function) {
		return (function.owner() instanceof Symbol.Implementation implementation)
				? TypeReader.rigid(implementation.declaration()
					.allTypeParams(name -> this.declarations.lookup(implementation.tree(), name) != null))
				: Map.of();
	}

	/** Whether some implementation has a method of this name. */
	boolean isMethod(String name) {
		return this.methodNames.contains(name);
	}

	/** The method of this name that an implementation gives a type, defaults of its traits included; or null. */
	Symbol.@Nullable Function method(Type type, String name) {
		for (Symbol.Implementation each : implementations(type)) {
			Symbol.Function found = method(each, name);
			if (found != null) {
				return found;
			}
		}
		for (Symbol.Implementation each : implementations(type)) {
			Symbol.TraitType trait = trait(each);
			Symbol.Function found = (trait != null) ? method(trait, name) : null;
			if (found != null && found.declaration().body() != null) {
				return found;
			}
		}
		return null;
	}

	static Symbol.@Nullable Function method(Symbol.Methods owner, String name) {
		for (Symbol.Function method : owner.methods()) {
			if (method.name().equals(name)) {
				return method;
			}
		}
		return null;
	}

	Symbol.@Nullable TraitType trait(Symbol.Implementation implementation) {
		return (implementation.declaration().trait() instanceof TypeExpr.Named named
				&& this.declarations.lookup(implementation.tree(), named.name()) instanceof Symbol.TraitType trait)
						? trait
						: null;
	}

	/** The trait with this name, as seen from a file. */
	Symbol.@Nullable TraitType trait(SyntaxTree tree, String name) {
		return (this.declarations.lookup(tree, name) instanceof Symbol.TraitType trait) ? trait : null;
	}

	/** Whether a type meets a bound. */
	boolean implementsTrait(Type type, String bound) {
		Type pruned = Zonk.prune(type);
		if (pruned == Basic.ANY || pruned == Basic.BROKEN || pruned instanceof TypeVar) {
			return true;
		}
		if (pruned instanceof Type.TypeParam param) {
			return param.bounds().contains(bound);
		}
		return switch (bound) {
			case "Comparable" -> isComparable(pruned);
			case "Printable" -> !(pruned instanceof Type.Fn);
			case "Hashable", "Equatable" -> !(pruned instanceof Type.Fn);
			case "Numeric", "Number" -> Unifier.isNumeric(pruned);
			case "Summable" -> Unifier.isNumeric(pruned) || pruned == Basic.MONEY || pruned == Basic.DURATION;
			default -> implementations(pruned).stream()
				.anyMatch(each -> each.declaration().trait() instanceof TypeExpr.Named named
						&& named.name().equals(bound));
		};
	}

	/** Whether a bound names no trait, which is an error where it is written. */
	boolean hasUnknownBound(SyntaxTree tree, Type.TypeParam param) {
		return param.bounds().stream().anyMatch(bound -> !isBuiltInBound(bound) && trait(tree, bound) == null);
	}

	static boolean isBuiltInBound(String name) {
		return Set.of("Comparable", "Printable", "Hashable", "Equatable", "Numeric", "Number",
				"Summable").contains(name);
	}

	private static boolean isComparable(Type type) {
		return switch (type) {
			case Type.Basic t -> switch (t) {
				case INT, NUMBER, DECIMAL, TEXT, TIME, DURATION, MONEY, BOOL -> true;
				default -> false;
			};
			case Type.EnumText t -> true;
			case Type.TupleOf t -> t.elements().stream().map(Zonk::prune).allMatch(Schema::isComparable);
			case Type.ListOf t -> isComparable(Zonk.prune(t.element()));
			case Type.TypeParam t -> t.bounds().contains("Comparable");
			case Type.Union t -> t.members().stream().map(Zonk::prune).allMatch(Unifier::isNumeric);
			default -> false;
		};
	}

	// Keys

	/** Whether a field or literal key somewhere in the program has this name, so that a member may mean it. */
	boolean isKey(String name) {
		return this.keys.contains(name) || METADATA.containsKey(name);
	}

}
