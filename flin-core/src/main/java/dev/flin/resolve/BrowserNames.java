package dev.flin.resolve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * Refuses names of the browser in code that runs on the server. Handlers and life-cycle blocks run in the browser, and
 * so may the functions of a file with markup, unless its top level or markup calls them.
 */
final class BrowserNames {

	/** A name of the browser and the body of code that it stands in. */
	private record Use(Expr.Name name, Frame frame) {
	}

	/** A call of a function of this file, by its name. */
	private record Call(Frame from, Symbol callee) {
	}

	private final ResolveContext context;

	private final List<Use> uses = new ArrayList<>();

	private final List<Call> calls = new ArrayList<>();

	private final Map<Symbol, Frame> functions = new HashMap<>();

	/** Lambdas that the method they are given to runs, such as that of {@code map}. */
	private final Set<Node> atOnce = Collections.newSetFromMap(new IdentityHashMap<>());

	/** Bodies that ask whether they run in the browser. */
	private final Set<Frame> asking = new HashSet<>();

	/** Variables that keep the answer. */
	private final Set<Symbol> answers = new HashSet<>();

	private boolean behind;

	BrowserNames(ResolveContext context) {
		this.context = context;
	}

	/** {@code typeof window} asks whether this is the browser; the rest of the function knows. */
	void asks(Expr.Name name) {
		if (isOfBrowser(name)) {
			this.asking.add(this.context.frame);
		}
	}

	/** Code behind a question for the browser, as in {@code typeof window !== "undefined" && …}: none of the server. */
	void behind(@Nullable Expr question, Runnable code) {
		boolean before = this.behind;
		this.behind |= question != null && !this.asking.isEmpty() && isQuestion(question);
		code.run();
		this.behind = before;
	}

	private boolean isQuestion(Node node) {
		if (node instanceof Expr.TypeOf question && question.value() instanceof Expr.Name name && isOfBrowser(name)) {
			return true;
		}
		if (node instanceof Expr.Name name && this.context.resolution.symbol(name.id()) instanceof Symbol.Variable read
				&& this.answers.contains(read)) {
			return true;
		}
		boolean[] found = { false };
		Children.each(node, (child) -> found[0] |= isQuestion(child));
		return found[0];
	}

	private boolean isOfBrowser(Expr.Name name) {
		return this.context.builtins.isBrowserOnly(name.name(), false);
	}

	private boolean isAsked() {
		for (Frame at = this.context.frame; at != null && at.kind() != Frame.Kind.FILE; at = at.parent()) {
			if (this.asking.contains(at)) {
				return true;
			}
		}
		return this.behind;
	}

	void name(Expr.Name name, Symbol symbol, boolean called) {
		if (isAsked()) {
			return;
		}
		if (symbol instanceof Symbol.Builtin builtin && this.context.builtins.isBrowserOnly(builtin.name(), called)) {
			this.uses.add(new Use(name, this.context.frame));
		}
		else if (called && (symbol instanceof Symbol.Function || symbol instanceof Symbol.Variable)) {
			this.calls.add(new Call(this.context.frame, symbol));
		}
	}

	void runsAtOnce(List<Part.Arg> args) {
		for (Part.Arg arg : args) {
			if (arg.value() instanceof Expr.Lambda) {
				this.atOnce.add(arg.value());
			}
		}
	}

	/** A variable that keeps a function, or the answer to a question for the browser. */
	void assigned(Pattern target, Expr value) {
		if (target instanceof Pattern.Name name && !this.asking.isEmpty() && isQuestion(value)
				&& this.context.resolution.symbol(name.id()) instanceof Symbol.Variable answer) {
			this.answers.add(answer);
		}
		Frame frame = this.context.resolution.frame(value.id());
		if (target instanceof Pattern.Name && frame != null
				&& this.context.resolution.symbol(target.id()) instanceof Symbol.Variable variable) {
			this.functions.put(variable, frame);
		}
	}

	/** Reports the uses in code that runs on the server; the whole file is resolved by now. */
	void check() {
		if (this.uses.isEmpty()) {
			return;
		}
		Set<Frame> server = onServer();
		for (Use use : this.uses) {
			if (server.contains(bodyOf(use.frame()))) {
				String name = use.name().name();
				this.context.report(Diagnostic
					.of(Code.E0103, this.context.tree.file(), use.name().span(),
							"'" + name + "' exists only in the browser")
					.withLabel("this code runs on the server")
					.withHelp("use it in a handler such as click={…}, or in onMount { }"));
			}
		}
	}

	private Set<Frame> onServer() {
		boolean view = isView(this.context.tree);
		Map<Frame, List<Frame>> called = new HashMap<>();
		for (Call call : this.calls) {
			Frame callee = (call.callee() instanceof Symbol.Function function) ? function.frame()
					: this.functions.get(call.callee());
			if (callee != null) {
				called.computeIfAbsent(bodyOf(call.from()), (key) -> new ArrayList<>()).add(callee);
			}
		}
		Set<Frame> server = new HashSet<>();
		Deque<Frame> open = new ArrayDeque<>();
		for (Use use : this.uses) {
			Frame body = bodyOf(use.frame());
			if (!view && !isBrowser(body)) {
				open.add(body);
			}
		}
		for (Frame body : called.keySet()) {
			if (isRunByHost(body)) {
				open.add(body);
			}
		}
		for (Use use : this.uses) {
			if (isRunByHost(bodyOf(use.frame()))) {
				open.add(bodyOf(use.frame()));
			}
		}
		while (!open.isEmpty()) {
			Frame body = open.pop();
			if (server.add(body)) {
				called.getOrDefault(body, List.of()).forEach((callee) -> open.push(bodyOf(callee)));
			}
		}
		return server;
	}

	/** The top level of a file, its routes, hooks and tests: they run on the server without being called. */
	private boolean isRunByHost(Frame body) {
		return body.kind() == Frame.Kind.FILE || body.kind() == Frame.Kind.HOST_BLOCK && !isBrowser(body);
	}

	private static boolean isBrowser(Frame body) {
		for (Frame at = body; at != null; at = at.parent()) {
			if (at.node() instanceof Markup.Attribute || at.node() instanceof Stmt.Lifecycle) {
				return true;
			}
		}
		return false;
	}

	/** The nearest body around that runs by itself: what is run at once by the code around it is a part of that. */
	private Frame bodyOf(Frame frame) {
		Frame at = frame;
		Frame parent = at.parent();
		while (parent != null && isPart(at)) {
			at = parent;
			parent = at.parent();
		}
		return at;
	}

	private boolean isPart(Frame frame) {
		@Nullable Node node = frame.node();
		return frame.kind() == Frame.Kind.LAMBDA && (node == null || node instanceof Markup.Element
				|| this.atOnce.contains(node));
	}

	private static boolean isView(SyntaxTree tree) {
		return tree.body()
			.stream()
			.anyMatch((statement) -> statement instanceof Stmt.Eval eval && eval.value() instanceof Expr.MarkupOf);
	}

}
