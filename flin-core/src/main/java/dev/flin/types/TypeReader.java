package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.Spelling;
import dev.flin.resolve.Declarations;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.syntax.SyntaxTree;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.Type.Basic;

/** Reads written types. */
final class TypeReader {

	private static final int ALIAS_DEPTH_MAX = 64;

	/** What FLIN writes for types of JavaScript and its like. */
	private static final Map<String, String> FOREIGN = Map.of("Array", "a list's type is written [T]", "List",
			"a list's type is written [T]", "Set", "a list's type is written [T]", "Map",
			"a map's type is written [K: V]", "Record", "a map's type is written [K: V]", "Promise",
			"calls that wait simply wait: write the type of the value", "void", "leave out the type of the result");

	private static final Map<String, Type> WORDS = new HashMap<>();
	static {
		for (Basic basic : Basic.values()) {
			if (basic != Basic.BROKEN) {
				WORDS.put(basic.word(), basic);
			}
		}
		WORDS.put("function", Basic.ANY);
		WORDS.put("entity", Basic.ANY);
		WORDS.put("tuple", Basic.ANY);
		WORDS.put("list", new Type.ListOf(Basic.ANY));
		WORDS.put("map", new Type.MapOf(Basic.ANY, Basic.ANY));
	}

	private final Declarations declarations;

	private int aliasDepth;

	TypeReader(Declarations declarations) {
		this.declarations = declarations;
	}

	/** Where type parameters of a declaration are looked up and errors go. */
	record Where(SyntaxTree tree, Map<String, Type> params, Consumer<Diagnostic> errors) {

		Where with(Map<String, Type> more) {
			Map<String, Type> all = new HashMap<>(this.params);
			all.putAll(more);
			return new Where(this.tree, all, this.errors);
		}

		/** The same without a second report of errors. */
		Where quietly() {
			return new Where(this.tree, this.params, error -> {
			});
		}

	}

	/** Type parameters as rigid types. */
	static Map<String, Type> rigid(List<Part.TypeParam> params) {
		Map<String, Type> types = new LinkedHashMap<>();
		for (Part.TypeParam param : params) {
			List<String> bounds = new ArrayList<>();
			for (TypeExpr bound : param.bounds()) {
				if (bound instanceof TypeExpr.Named named) {
					bounds.add(named.name());
				}
			}
			types.put(param.name(), new Type.TypeParam(param.name(), bounds));
		}
		return types;
	}

	Type read(TypeExpr written, Where where) {
		return switch (written) {
			case TypeExpr.Named t -> named(t, where);
			case TypeExpr.ListOf t -> new Type.ListOf(read(t.element(), where));
			case TypeExpr.MapOf t -> new Type.MapOf(read(t.key(), where), read(t.value(), where));
			case TypeExpr.Optional t -> Type.optional(Zonk.prune(read(t.inner(), where)));
			case TypeExpr.Union t -> Type.union(readAll(t.members(), where).stream().map(Zonk::prune).toList());
			case TypeExpr.Tuple t -> new Type.TupleOf(readAll(t.elements(), where));
			case TypeExpr.Fn t -> new Type.Fn(readAll(t.params(), where), read(t.result(), where));
			case TypeExpr.Record t -> {
				Map<String, Type> fields = new LinkedHashMap<>();
				for (int i = 0; i < t.names().size(); i++) {
					fields.put(t.names().get(i), read(t.types().get(i), where));
				}
				yield new Type.RecordOf(fields);
			}
			case TypeExpr.Broken t -> Basic.BROKEN;
		};
	}

	private List<Type> readAll(List<TypeExpr> written, Where where) {
		List<Type> types = new ArrayList<>();
		written.forEach(each -> types.add(read(each, where)));
		return types;
	}

	private Type named(TypeExpr.Named written, Where where) {
		Type param = where.params().get(written.name());
		if (param != null) {
			return param;
		}
		Symbol symbol = this.declarations.lookup(where.tree(), written.name());
		List<Type> args = readAll(written.args(), where);
		return switch (symbol) {
			case Symbol.Entity entity -> new Type.EntityOf(entity);
			case Symbol.EnumType type -> enumOf(type, args, written, where);
			case Symbol.Alias alias -> alias(alias, args, written, where);
			case null, default -> {
				Type word = WORDS.get(written.name());
				yield (word != null) ? word : unknown(written, where, symbol instanceof Symbol.TraitType);
			}
		};
	}

	private Type enumOf(Symbol.EnumType type, List<Type> args, TypeExpr.Named written, Where where) {
		int wanted = type.declaration().typeParams().size();
		if (args.isEmpty() && wanted > 0) {
			List<Type> open = new ArrayList<>();
			for (int i = 0; i < wanted; i++) {
				open.add(Basic.ANY);
			}
			return new Type.EnumOf(type, open);
		}
		return (args.size() == wanted) ? new Type.EnumOf(type, args) : wrongCount(written, wanted, where);
	}

	private Type alias(Symbol.Alias alias, List<Type> args, TypeExpr.Named written, Where where) {
		List<Part.TypeParam> params = alias.declaration().typeParams();
		if (args.size() != params.size() && !args.isEmpty()) {
			return wrongCount(written, params.size(), where);
		}
		if (this.aliasDepth >= ALIAS_DEPTH_MAX) {
			where.errors().accept(Diagnostic.of(Code.E0205, where.tree().file(), written.span(),
					"the type '" + written.name() + "' would contain itself"));
			return Basic.BROKEN;
		}
		Map<String, Type> bound = new HashMap<>();
		for (int i = 0; i < params.size(); i++) {
			bound.put(params.get(i).name(), args.isEmpty() ? Basic.ANY : args.get(i));
		}
		this.aliasDepth++;
		try {
			return read(alias.declaration().type(), new Where(alias.tree(), bound, error -> {
			}));
		}
		finally {
			this.aliasDepth--;
		}
	}

	private static Type wrongCount(TypeExpr.Named written, int wanted, Where where) {
		where.errors().accept(Diagnostic.of(Code.E0203, where.tree().file(), written.span(),
				"'" + written.name() + "' takes " + wanted + " type arguments, not " + written.args().size()));
		return Basic.BROKEN;
	}

	private static String pattern(Symbol.Variant variant) {
		int values = variant.declaration().payload().size();
		return variant.name() + ((values == 0) ? "" : "(" + String.join(", ", Collections.nCopies(values, "_")) + ")");
	}

	/** The variant that a name means where a type is wanted, null for none. */
	private Symbol.@Nullable Variant variant(String name, Where where) {
		int dot = name.indexOf('.');
		if (dot >= 0) {
			return (this.declarations.lookup(where.tree(), name.substring(0, dot)) instanceof Symbol.EnumType owner)
					? owner.variant(name.substring(dot + 1)) : null;
		}
		List<Symbol.Variant> variants = this.declarations.variants(where.tree(), name);
		return variants.isEmpty() ? null : variants.getFirst();
	}

	private Type unknown(TypeExpr.Named written, Where where, boolean trait) {
		Diagnostic error = Diagnostic.of(Code.E0105, where.tree().file(), written.span(),
				trait ? "the trait '" + written.name() + "' is not a type" : "unknown type '" + written.name() + "'");
		Set<String> known = new LinkedHashSet<>(WORDS.keySet());
		known.addAll(where.params().keySet());
		known.addAll(this.declarations.names(where.tree()));
		String foreign = FOREIGN.get(written.name());
		String nearest = Spelling.nearest(written.name(), known).orElse(null);
		Symbol.Variant variant = variant(written.name(), where);
		if (variant != null) {
			error = error.withHelp("'" + variant.name() + "' is a variant: the type is " + variant.owner().name()
					+ ", and a value is asked for its variant by match v { " + pattern(variant)
					+ " -> true, _ -> false }");
		}
		else if (trait) {
			error = error.withHelp("write a type parameter with this bound: <T: " + written.name() + ">");
		}
		else if (foreign != null) {
			error = error.withHelp(foreign);
		}
		else if (nearest != null) {
			error = error.withHelp("did you mean '" + nearest + "'?");
		}
		where.errors().accept(error);
		return Basic.BROKEN;
	}

	static @Nullable Type word(String name) {
		return WORDS.get(name);
	}

}
