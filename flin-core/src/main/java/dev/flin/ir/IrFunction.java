package dev.flin.ir;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A function: one instance of a declared function, the body of a lambda, or a piece of a file's top level. Compared by
 * identity; its body is set once, after whoever calls it may already refer to it.
 */
public final class IrFunction {

	/** How the names of functions begin that give an enum of the program; its own names have no such sign. */
	public static final String ENUM = "enum$";

	private final String unit;

	private final String name;

	private final List<Local> params;

	private Kind result;

	private @Nullable String record;

	private final List<Local> captures = new ArrayList<>();

	private List<IrStmt> body = List.of();

	/** How many nodes the body has; negative while nobody has counted them. */
	private int size = -1;

	private boolean complete;

	private boolean usesUnit;

	private boolean countsDepth;

	private boolean leaf;

	private boolean givesCallsBack;

	private boolean anonymous;

	private String displayName;

	private int optional;

	private boolean rest;

	private @Nullable IrFunction forInts;

	private boolean givesInts;

	/**
	 * @param unit class name of the unit it belongs to
	 * @param name unique in the unit
	 */
	public IrFunction(String unit, String name, List<Local> params, Kind result) {
		this.unit = unit;
		this.name = name;
		this.displayName = name;
		this.params = List.copyOf(params);
		this.result = result;
	}

	public String unit() {
		return this.unit;
	}

	public String name() {
		return this.name;
	}

	/** Whether all that it does is to give an enum of the program. */
	public boolean givesEnum() {
		return this.name.startsWith(ENUM);
	}

	/** Its own parameters, without the captured variables. */
	public List<Local> params() {
		return this.params;
	}

	public Kind result() {
		return this.result;
	}

	/** The internal name of the class of its results, if they surely are instances of one entity, or none. */
	public @Nullable String record() {
		return this.record;
	}

	public void record(@Nullable String className) {
		this.record = className;
	}

	/**
	 * It gives its last calls back instead of making them. Only for functions that are called through their values
	 * alone.
	 */
	public void giveCallsBack(List<IrStmt> body) {
		this.result = Kind.ANY;
		this.record = null;
		this.givesCallsBack = true;
		replaceBody(body);
	}

	public boolean givesCallsBack() {
		return this.givesCallsBack;
	}

	/** Whether it stands in an expression, so that it is only called as a value. */
	public boolean isAnonymous() {
		return this.anonymous;
	}

	public void markAnonymous() {
		this.anonymous = true;
	}

	/** The variables of the surrounding function that it sees, under locals of its own. */
	public List<Local> captures() {
		return this.captures;
	}

	public List<IrStmt> body() {
		return this.body;
	}

	public void complete(List<IrStmt> body) {
		if (this.complete) {
			throw new IllegalStateException("second body for " + this.name);
		}
		this.complete = true;
		replaceBody(body);
	}

	public void replaceBody(List<IrStmt> body) {
		if (body != this.body) {
			this.body = body;
			this.size = -1;
		}
	}

	/** How many statements and expressions its body has. */
	public int size() {
		if (this.size < 0) {
			this.size = Walk.size(this.body);
		}
		return this.size;
	}

	/** Says what {@link #size} is, by somebody who visited them all. */
	public void noteSize(int nodes) {
		this.size = nodes;
	}

	/** Whether it needs the instance of its unit: it reads file variables, or calls a function that does. */
	public boolean usesUnit() {
		return this.usesUnit;
	}

	public void useUnit() {
		this.usesUnit = true;
	}

	/** Whether its calls count against the limit of the call depth: it may take part in recursion. */
	public boolean countsDepth() {
		return this.countsDepth;
	}

	public void countDepth() {
		this.countsDepth = true;
	}

	/** Whether nothing that counts can run inside: it calls neither functions nor values. */
	public boolean isLeaf() {
		return this.leaf;
	}

	public void markLeaf() {
		this.leaf = true;
	}

	/** The name that a function value of it prints; empty for a lambda. */
	public String displayName() {
		return this.displayName;
	}

	public void displayName(String name) {
		this.displayName = name;
	}

	/** How many of the last parameters may be left out by a caller of the function value (they are given as none). */
	public int optional() {
		return this.optional;
	}

	/** Whether the last parameter collects further arguments of a call of the function value. */
	public boolean takesRest() {
		return this.rest;
	}

	public void valueForm(int optional, boolean rest) {
		this.optional = optional;
		this.rest = rest;
	}

	/** The same function for arguments that are ints where parameters of any type are; null if there is none. */
	public @Nullable IrFunction forInts() {
		return this.forInts;
	}

	public void forInts(IrFunction copy) {
		this.forInts = copy;
	}

	/** Whether it gives an int bare, in place of an object, and leaves any other result in the context. */
	public boolean givesInts() {
		return this.givesInts;
	}

	public void giveInts() {
		this.givesInts = true;
	}

	@Override
	public String toString() {
		return this.unit + "." + this.name;
	}

}
