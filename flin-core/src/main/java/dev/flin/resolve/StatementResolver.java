package dev.flin.resolve;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.TypeExpr;

/** Resolves statements and declarations. */
final class StatementResolver {

	/** Decorators whose arguments are names of fields or words of their own. */
	private static final Set<String> WORD_DECORATORS = Set.of("index", "unique", "on_delete", "compact", "inverse",
			"was",
			"one_of", "allow_types", "extension", "retention", "keep");

	private final ResolveContext context;

	private final ExprResolver exprs;

	private final PatternResolver patterns;

	StatementResolver(ResolveContext context, ExprResolver exprs, PatternResolver patterns) {
		this.context = context;
		this.exprs = exprs;
		this.patterns = patterns;
	}

	/** Statements of one block, functions declared among them first. */
	void all(List<Stmt> body) {
		body.forEach(this::hoist);
		file(body);
	}

	/** Statements of the top level: their functions are declarations. */
	void file(List<Stmt> body) {
		body.forEach(this::statement);
	}

	private void hoist(Stmt statement) {
		if (statement instanceof Stmt.Fn fn && this.context.resolution.function(fn.id()) == null
				&& fileFunction(fn) == null) {
			this.context.resolution.function(fn.id(), this.context.declareNested(fn));
		}
	}

	private Symbol.@Nullable Function fileFunction(Stmt.Fn fn) {
		return (this.context.declarations.lookup(this.context.tree, fn.name()) instanceof Symbol.Function function
				&& function.declaration() == fn) ? function : null;
	}

	void statement(Stmt statement) {
		switch (statement) {
			case Stmt.Eval s -> this.exprs.expr(s.value());
			case Stmt.Var s -> variable(s);
			case Stmt.Fn s -> function(s);
			case Stmt.Entity s -> entity(s);
			case Stmt.Impl s -> implementation(s);
			case Stmt.Trait s -> trait(s);
			// The parser has said that it is without effect.
			case Stmt.Import s -> {
			}
			case Stmt.Enum s -> {
			}
			case Stmt.TypeAlias s -> {
			}
			case Stmt.Broken s -> {
			}
			default -> hostStatement(statement);
		}
	}

	private void hostStatement(Stmt statement) {
		switch (statement) {
			case Stmt.Props s -> s.fields().forEach(field -> this.exprs.expr(field.defaultValue()));
			case Stmt.Route s -> host(s, s.body());
			case Stmt.Validate s -> validated(s.fields());
			case Stmt.Guard s when this.context.frame.kind() == Frame.Kind.FILE ->
				this.context.inFrame(Frame.Kind.HOST_BLOCK, s, () -> s.rules().forEach(this::rule));
			case Stmt.Guard s -> s.rules().forEach(this::rule);
			case Stmt.GuardDefinition s -> this.context.inFrame(Frame.Kind.HOST_BLOCK, s, () -> {
				this.exprs.parameters(s.params());
				this.exprs.frameBody(s.body());
			});
			case Stmt.Middleware s -> {
				s.only().forEach(this.exprs::expr);
				s.except().forEach(this.exprs::expr);
				this.context.inFrame(Frame.Kind.HOST_BLOCK, s, () -> {
					this.context.scope.names().put("next", new Symbol.Ambient("next"));
					this.exprs.frameBody(s.body());
				});
			}
			case Stmt.WebSocket s -> {
				all(s.setup());
				for (Part.On on : s.handlers()) {
					this.context.inFrame(Frame.Kind.HOST_BLOCK, on, () -> {
						this.exprs.parameters(on.params());
						this.exprs.frameBody(on.body());
					});
				}
			}
			case Stmt.Lifecycle s -> host(s, s.body());
			case Stmt.Test s -> {
				this.exprs.expr(s.name());
				host(s, s.body());
			}
			case Stmt.HostBlock s -> {
				s.args().forEach(arg -> this.exprs.expr(arg.value()));
				host(s, s.body());
			}
			default -> {
			}
		}
	}

	private void host(Stmt statement, Part.Block body) {
		this.context.inFrame(Frame.Kind.HOST_BLOCK, statement, () -> this.exprs.frameBody(body));
	}

	private void variable(Stmt.Var s) {
		this.exprs.expr(s.value());
		if (s.value() == null && s.declare() != Stmt.Declare.NONE) {
			declareOnly(s);
			return;
		}
		if (s.value() != null) {
			this.patterns.assign(s.target());
			this.context.browser.assigned(s.target(), s.value());
		}
	}

	/** {@code let x} and {@code let x: T?}. */
	private void declareOnly(Stmt.Var s) {
		boolean mayBeNone = s.type() == null || s.type() instanceof TypeExpr.Optional;
		if (s.declare() == Stmt.Declare.LET && mayBeNone && s.target() instanceof Pattern.Name name
				&& this.context.scope.names().get(name.name()) instanceof Symbol.Variable variable) {
			variable.bare = true;
			this.context.resolution.symbol(name.id(), variable);
		}
	}

	private void function(Stmt.Fn fn) {
		Symbol.Function symbol = this.context.resolution.function(fn.id());
		if (symbol == null) {
			symbol = fileFunction(fn);
		}
		if (symbol != null) {
			body(symbol);
		}
		else if (this.context.declarations.lookup(this.context.tree, fn.name()) instanceof Symbol.Function) {
			body(new Symbol.Function(fn, this.context.tree, null, Symbol.Function.NOT_NESTED));
		}
	}

	private void body(Symbol.Function function) {
		Stmt.Fn fn = function.declaration();
		this.context.resolution.function(fn.id(), function);
		if (fn.body() == null) {
			return;
		}
		Part.Block body = fn.body();
		function.frame = this.context.inFrame(Frame.Kind.FUNCTION, fn, () -> {
			this.exprs.parameters(fn.params());
			function.parameters.addAll(this.context.frame.variables());
			this.exprs.frameBody(body);
		});
	}

	// Entities, implementations, traits

	private void entity(Stmt.Entity s) {
		Symbol symbol = this.context.declarations.lookup(this.context.tree, s.name());
		if (!(symbol instanceof Symbol.Entity entity)) {
			return;
		}
		this.context.inScope(() -> {
			openFields(entity);
			for (Part.Field field : s.fields()) {
				field(field);
			}
			for (Part.Hook hook : s.hooks()) {
				this.context.inFrame(Frame.Kind.HOST_BLOCK, hook, () -> this.exprs.frameBody(hook.body()));
			}
			s.decorators().forEach(this::decorator);
		});
	}

	private void openFields(Symbol.Entity entity) {
		for (Part.Field field : entity.declaration().fields()) {
			this.context.scope.names().put(field.name(), new Symbol.SelfField(entity, field.name()));
		}
		for (String name : List.of("id", "created_at", "updated_at", "deleted_at", "version", "version_number",
				"is_new", "history", "timeline", "valid_from", "valid_to")) {
			this.context.scope.names().putIfAbsent(name, new Symbol.SelfField(entity, name));
		}
		this.context.scope.names().put("self", new Symbol.Self("self"));
		this.context.scope.names().put("this", new Symbol.Self("this"));
	}

	private void field(Part.Field field) {
		field.decorators().forEach(this::decorator);
		this.context.inFrame(Frame.Kind.HOST_BLOCK, field, () -> {
			this.exprs.expr(field.defaultValue());
			this.exprs.expr(field.computed());
		});
	}

	private void decorator(Part.Decorator decorator) {
		if (WORD_DECORATORS.contains(decorator.name())) {
			return;
		}
		this.context.inFrame(Frame.Kind.HOST_BLOCK, decorator,
				() -> decorator.args().forEach(arg -> this.exprs.expr(arg.value())));
	}

	private void validated(List<Part.Field> fields) {
		for (Part.Field field : fields) {
			this.exprs.expr(field.defaultValue());
			field.decorators().forEach(decorator -> inputRule(decorator, fields));
			if (field.nested() != null) {
				validated(field.nested());
			}
		}
	}

	/** Arguments of the rules of an input are values; but for texts, which are constants, and words. */
	private void inputRule(Part.Decorator decorator, List<Part.Field> fields) {
		if (WORD_DECORATORS.contains(decorator.name())) {
			return;
		}
		if (Names.CONDITIONS.contains(decorator.name())) {
			condition(decorator, fields);
			return;
		}
		for (Part.Arg arg : decorator.args()) {
			boolean word = arg.value() instanceof Expr.Name name && decorator.name().equals("default")
					&& !(this.context.scope.lookup(name.name()) instanceof Symbol.Variable);
			if (!word && !(arg.value() instanceof Expr.Text)) {
				this.exprs.expr(arg.value());
			}
		}
	}

	/** A condition over the values of a block: a function of those that it names. */
	private void condition(Part.Decorator decorator, List<Part.Field> fields) {
		Set<String> named = new HashSet<>();
		decorator.args().forEach(arg -> names(arg.value(), named));
		this.context.inFrame(Frame.Kind.LAMBDA, decorator, () -> {
			for (Part.Field field : fields) {
				if (named.remove(field.name())) {
					this.context.give(field.name(), field.nameSpan());
				}
			}
			decorator.args().forEach(arg -> this.exprs.expr(arg.value()));
		});
	}

	private static void names(Node code, Set<String> found) {
		if (code instanceof Expr.Name name) {
			found.add(name.name());
		}
		Children.each(code, child -> names(child, found));
	}

	private void implementation(Stmt.Impl s) {
		for (Symbol.Implementation implementation : this.context.declarations.implementations()) {
			if (implementation.declaration() == s) {
				this.context.inScope(() -> {
					openInstance(s.type());
					openMethods(s.type());
					implementation.methods().forEach(this::body);
				});
			}
		}
	}

	private void openInstance(TypeExpr type) {
		this.context.scope.names().put("self", new Symbol.Self("self"));
		Symbol symbol = (type instanceof TypeExpr.Named named)
				? this.context.declarations.lookup(this.context.tree, named.name()) : null;
		if (symbol instanceof Symbol.Entity entity) {
			openFields(entity);
		}
		else if (symbol instanceof Symbol.Alias alias && alias.declaration().type() instanceof TypeExpr.Record record) {
			record.names().forEach(name -> this.context.scope.names().put(name, new Symbol.SelfField(null, name)));
		}
	}

	/** The methods of all implementations for a type, and of the traits they implement, without a prefix. */
	private void openMethods(TypeExpr type) {
		if (!(type instanceof TypeExpr.Named self)) {
			return;
		}
		for (Symbol.Implementation other : this.context.declarations.implementations()) {
			if (other.declaration().type() instanceof TypeExpr.Named named && named.name().equals(self.name())) {
				openMethods(other);
				if (other.declaration().trait() instanceof TypeExpr.Named trait
						&& this.context.declarations.lookup(other.tree(),
								trait.name()) instanceof Symbol.TraitType found) {
					openMethods(found);
				}
			}
		}
	}

	private void openMethods(Symbol.Methods owner) {
		for (Symbol.Function method : owner.methods()) {
			this.context.scope.names().putIfAbsent(method.name(), new Symbol.SelfMethod(owner, method.name()));
		}
	}

	private void trait(Stmt.Trait s) {
		if (this.context.declarations.lookup(this.context.tree, s.name()) instanceof Symbol.TraitType trait
				&& trait.declaration() == s) {
			this.context.inScope(() -> {
				this.context.scope.names().put("self", new Symbol.Self("self"));
				openMethods(trait);
				trait.methods().forEach(this::body);
			});
		}
	}

	/** A guard rule: its own name is looked up by the web layer, its arguments are values. */
	private void rule(Expr rule) {
		switch (rule) {
			case Expr.Name name -> {
			}
			case Expr.Unary not when not.operand() instanceof Expr.Tuple several -> several.elements()
					.forEach(this::rule);
			case Expr.Unary not -> rule(not.operand());
			case Expr.Call call -> {
				for (Part.Arg arg : call.args()) {
					if (isComposed(call)) {
						rule(arg.value());
					}
					else {
						this.exprs.expr(arg.value());
					}
				}
			}
			default -> this.exprs.expr(rule);
		}
	}

	/** Whether the arguments are guards as well. */
	private static boolean isComposed(Expr.Call call) {
		return call.callee() instanceof Expr.Name name && (name.name().equals("any") || name.name().equals("not"));
	}

}
