package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.source.SourceFile;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** Callable things with their parameters, read once: built-ins and declared functions. */
final class Signatures {

	/** One parameter; {@code type} null when nothing is written. */
	record Param(String name, @Nullable Type type, boolean hasDefault, boolean rest) {
	}

	/** A signature with rigid type parameters. */
	record Signature(List<Type.TypeParam> typeParams, List<Param> params, @Nullable Type result) {

		boolean isAnnotated() {
			for (Param param : this.params) {
				if (param.type() == null) {
					return false;
				}
			}
			return true;
		}

		int required() {
			int required = 0;
			for (Param param : this.params) {
				required += (param.hasDefault() || param.rest()) ? 0 : 1;
			}
			return required;
		}

		boolean hasRest() {
			return !this.params.isEmpty() && this.params.get(this.params.size() - 1).rest();
		}

	}

	private final TypeReader reader;

	/** Built-ins are written in no file. */
	private final SyntaxTree nowhere = new SyntaxTree(new SourceFile("", ""), List.of(), 0, List.of(), List.of());

	private final BuiltinSignatures builtins;

	private final Map<Stmt.Fn, Signature> known = new java.util.IdentityHashMap<>();

	private final Map<String, List<BuiltinSignatures.Row>> rows = new HashMap<>();

	Signatures(TypeReader reader, BuiltinSignatures builtins) {
		this.reader = reader;
		this.builtins = builtins;
	}

	List<BuiltinSignatures.Row> rows(String name) {
		List<BuiltinSignatures.Row> known = this.rows.get(name);
		if (known == null) {
			known = this.builtins.rows(name);
			this.rows.put(name, known);
		}
		return known;
	}

	BuiltinSignatures builtins() {
		return this.builtins;
	}

	Signature of(BuiltinSignatures.Row row) {
		Signature signature = this.known.get(row.signature());
		if (signature == null) {
			signature = read(row.signature(), new TypeReader.Where(this.nowhere, Map.of(), error -> {
			}));
			this.known.put(row.signature(), signature);
		}
		return signature;
	}

	/** Reads the written part of a function's signature. */
	Signature read(Stmt.Fn fn, TypeReader.Where where) {
		Map<String, Type> rigid = TypeReader.rigid(fn.typeParams());
		TypeReader.Where inner = where.with(rigid);
		List<Param> params = new ArrayList<>();
		for (Part.Param param : fn.params()) {
			Type type = (param.type() != null) ? this.reader.read(param.type(), inner) : null;
			if (param.rest() && type != null) {
				type = new Type.ListOf(type);
			}
			params.add(new Param(nameOf(param.target()), type, param.defaultValue() != null, param.rest()));
		}
		Type result = (fn.result() != null) ? this.reader.read(fn.result(), inner) : null;
		List<Type.TypeParam> typeParams = new ArrayList<>(rigid.size());
		for (Type each : rigid.values()) {
			typeParams.add((Type.TypeParam) each);
		}
		return new Signature(typeParams, params, result);
	}

	static String nameOf(Pattern target) {
		return switch (target) {
			case Pattern.Name name -> name.name();
			case Pattern.Typed typed when typed.name() != null -> typed.name();
			default -> "";
		};
	}

}
