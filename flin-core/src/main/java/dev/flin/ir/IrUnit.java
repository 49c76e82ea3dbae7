package dev.flin.ir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.source.SourceFile;

/**
 * What one file becomes: the unit of reload.
 */
public final class IrUnit {

	private final String className;

	private final SourceFile file;

	private final boolean shared;

	private final List<FileVariable> variables = new ArrayList<>();

	private final List<IrFunction> functions = new ArrayList<>();

	private final Set<IrFunction> closures = new LinkedHashSet<>();

	private final List<IrRecord> records = new ArrayList<>();

	private final List<IrRoute> routes = new ArrayList<>();

	private final List<IrSocket> sockets = new ArrayList<>();

	private final List<IrGuard> guards = new ArrayList<>();

	private final List<IrMiddleware> middleware = new ArrayList<>();

	private final List<IrTest> tests = new ArrayList<>();

	private final Set<IrMessage> messages = new LinkedHashSet<>();

	private final List<IrFunction> hostCode = new ArrayList<>();

	private @Nullable IrFunction entry;

	private boolean view;

	private @Nullable String layout;

	private @Nullable List<IrInput> query;

	/**
	 * @param className the dotted name of the class
	 * @param shared whether the program has one instance of it, instead of one for each run
	 */
	public IrUnit(String className, SourceFile file, boolean shared) {
		this.className = className;
		this.file = file;
		this.shared = shared;
	}

	public String className() {
		return this.className;
	}

	public SourceFile file() {
		return this.file;
	}

	public boolean isShared() {
		return this.shared;
	}

	public List<FileVariable> variables() {
		return this.variables;
	}

	/** All functions, the bodies of lambdas included. */
	public List<IrFunction> functions() {
		return this.functions;
	}

	/** The functions of this unit that are used as values. */
	public Set<IrFunction> closures() {
		return this.closures;
	}

	/** The classes of the entities that the file declares. */
	public List<IrRecord> records() {
		return this.records;
	}

	/** Whether the top level writes markup: it takes a buffer, props and slots. */
	public boolean isView() {
		return this.view;
	}

	public void markView() {
		this.view = true;
	}

	/** The layout that a page chooses: empty for none, null when it says nothing. */
	public @Nullable String layout() {
		return this.layout;
	}

	public void chooseLayout(String name) {
		this.layout = name;
	}

	/** What the query of the page must be; null when the page says nothing. */
	public @Nullable List<IrInput> query() {
		return this.query;
	}

	public void validateQuery(List<IrInput> inputs) {
		this.query = List.copyOf(inputs);
	}

	/** The routes of the file. */
	public List<IrRoute> routes() {
		return this.routes;
	}

	/** The WebSockets of the file. */
	public List<IrSocket> sockets() {
		return this.sockets;
	}

	/** The guards of the whole file, for its page. */
	public List<IrGuard> guards() {
		return this.guards;
	}

	/** The messages that the file asks for; code that is made several times asks once. */
	public Set<IrMessage> messages() {
		return this.messages;
	}

	public List<IrMiddleware> middleware() {
		return this.middleware;
	}

	/** The tests of the file, in written order. */
	public List<IrTest> tests() {
		return this.tests;
	}

	/** Functions without parameters that the host calls by their index here, each time on a new instance. */
	public List<IrFunction> hostCode() {
		return this.hostCode;
	}

	/** The top level of the file. */
	public @Nullable IrFunction entry() {
		return this.entry;
	}

	public void entry(IrFunction function) {
		this.entry = function;
	}

}
