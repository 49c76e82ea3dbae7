package dev.flin.types;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;

/**
 * The types and decisions of one body: a file's top level with its lambdas and host blocks, or one instance of a
 * function. No type handed out here contains a type variable or a type parameter.
 */
public final class CheckedBody {

	private final Resolution resolution;

	private final List<Type> parameterTypes;

	private final Tables tables;

	private final Map<Symbol.Variable, Type> variables;

	private final Type result;

	CheckedBody(Resolution resolution, List<Type> parameterTypes, Tables tables, Map<Symbol.Variable, Type> variables,
			Type result) {
		this.resolution = resolution;
		this.parameterTypes = List.copyOf(parameterTypes);
		this.tables = tables;
		this.variables = variables;
		this.result = result;
	}

	/** The meaning of names in this body's file. */
	public Resolution resolution() {
		return this.resolution;
	}

	/** The types of the parameters, {@code self} first in methods; empty for a file. */
	public List<Type> parameterTypes() {
		return this.parameterTypes;
	}

	/** What the function gives. */
	public Type result() {
		return Zonk.ground(this.result);
	}

	/**
	 * The static type of an expression or of what a pattern is matched against, narrowing applied: it may be narrower
	 * than the type of the variable or field it reads, and then the value has to be converted.
	 */
	public Type type(int nodeId) {
		return Zonk.ground(this.tables.type(nodeId));
	}

	/** Whether the checker saw this node as a value. */
	public boolean hasType(int nodeId) {
		return this.tables.hasType(nodeId);
	}

	/** What a name, member, call or pattern does; null where the node says it all itself. */
	public @Nullable Access access(int nodeId) {
		return switch (this.tables.access(nodeId)) {
			case Access.FunctionCall a ->
				new Access.FunctionCall(a.function(), ground(a.parameterTypes()), Zonk.ground(a.result()), a.plan());
			case Access.MethodCall a ->
				new Access.MethodCall(a.function(), ground(a.parameterTypes()), Zonk.ground(a.result()), a.plan());
			case Access.FunctionRef a -> new Access.FunctionRef(a.function(), ground(a.parameterTypes()));
			case Access.ValueCall a -> new Access.ValueCall((Type.Fn) Zonk.ground(a.type()), a.plan());
			case Access.TypeTest a -> new Access.TypeTest(Zonk.ground(a.type()));
			case null -> null;
			case Access a -> a;
		};
	}

	private static List<Type> ground(List<Type> types) {
		return Zonk.groundAll(types);
	}

	/** The type of the storage of a variable: of its declaration or the join of all its assignments. */
	public Type variable(Symbol.Variable variable) {
		Type type = this.variables.get(variable);
		return (type != null) ? Zonk.ground(type) : Type.Basic.ANY;
	}

}
