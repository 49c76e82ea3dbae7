package dev.flin.types;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Stmt;

/**
 * The built-in functions and values as the checker sees them: their FLIN signatures. Where they are implemented is not
 * known here; {@link Row#id()} leads back to it.
 */
public interface BuiltinSignatures {

	/**
	 * One overload.
	 * @param name the name or alias under which it was found
	 * @param signature types, parameter names and defaults; the first parameter is the receiver. Types beyond those of
	 * the language: {@code error}, {@code range}, {@code regex}, {@code entity} (any instance), {@code function}.
	 * @param id the implementation, opaque
	 * @param mutates it changes its receiver
	 * @param browserOnly known, but only for code in the browser
	 * @param value a value, not a function: {@code now}, {@code pi}
	 * @param missing the service that it needs and the host lacks; null when there is nothing to complain about
	 */
	record Row(String name, Stmt.Fn signature, Object id, boolean mutates, boolean browserOnly, boolean value,
			@Nullable Missing missing) {

		/** Rows are compared by what they implement, never by their trees. */
		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Row row && row.id.equals(this.id) && row.name.equals(this.name);
		}

		@Override
		public int hashCode() {
			return this.name.hashCode();
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * A service that the host lacks.
	 * @param what what it does
	 * @param dependencies what brings it
	 */
	record Missing(String what, List<String> dependencies) {

		public Missing {
			dependencies = List.copyOf(dependencies);
		}

	}

	/** The overloads of a name or alias, best first; empty when there is no such built-in. */
	List<Row> rows(String name);

	/** All names and aliases. */
	Collection<String> names();

	/** Whether it stands before the dot in names, such as {@code tax} of {@code tax.rate}. */
	boolean isGroup(String name);

}
