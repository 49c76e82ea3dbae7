package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Declarations;
import dev.flin.resolve.Symbol;

/** All files of an application after checking, and the instances of functions that their calls need. */
public final class CheckedProgram {

	private final Declarations declarations;

	private final List<CheckedFile> files;

	private final Instances instances;

	private final Schema schema;

	CheckedProgram(Declarations declarations, List<CheckedFile> files, Instances instances, Schema schema) {
		this.declarations = declarations;
		this.files = List.copyOf(files);
		this.instances = instances;
		this.schema = schema;
	}

	/** The names that all files share: functions, entities, enums, traits, components. */
	public Declarations declarations() {
		return this.declarations;
	}

	public List<CheckedFile> files() {
		return this.files;
	}

	/** The file with this path, or null. */
	public @Nullable CheckedFile file(String path) {
		for (CheckedFile file : this.files) {
			if (file.tree().file().path().equals(path)) {
				return file;
			}
		}
		return null;
	}

	/** All errors and warnings, file by file in the given order. */
	public List<Diagnostic> diagnostics() {
		List<Diagnostic> all = new ArrayList<>();
		for (CheckedFile file : this.files) {
			all.addAll(file.diagnostics());
		}
		return Collections.unmodifiableList(all);
	}

	public boolean hasErrors() {
		return this.files.stream().anyMatch(CheckedFile::hasErrors);
	}

	/**
	 * The body of a function for concrete parameter types ({@code self} first in methods). Every function has an
	 * instance for the types its calls name; the one with all {@code any} always exists and serves function values that
	 * are used with several types, dynamic calls and calls past the cap. Memoised; safe for one thread.
	 */
	public CheckedBody instance(Symbol.Function function, List<Type> parameterTypes) {
		return this.instances.body(function, parameterTypes);
	}

	/** The declared types of the parameters, {@code any} where nothing (or a type parameter) is written. */
	public List<Type> declaredParameters(Symbol.Function function) {
		return this.instances.declaredParameters(function);
	}

	/** The type of a declared field of an entity. */
	public Type fieldType(Symbol.Entity entity, String field) {
		return this.schema.fieldType(entity, field);
	}

	/** The type of a declared prop of a component. */
	public Type propType(Symbol.Component component, String prop) {
		return this.schema.propType(component, prop);
	}

	/** The types of a variant's payload, {@code any} for type parameters. */
	public List<Type> payload(Symbol.Variant variant) {
		return this.schema.erasedPayload(variant);
	}

}
