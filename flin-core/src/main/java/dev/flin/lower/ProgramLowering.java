package dev.flin.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrProgram;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.CheckedBody;
import dev.flin.types.CheckedFile;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Type;

/**
 * Lowers a whole application: the top level of each file, and then every instance of a function that something calls.
 */
public final class ProgramLowering {

	/**
	 * What lowering made of a program.
	 *
	 * @param methods what {@code impl} blocks give to types, for receivers known only when they run
	 * @param diagnostics forms that are not built yet
	 */
	public record Result(IrProgram program, List<Method> methods, List<Diagnostic> diagnostics) {

		public Result {
			methods = List.copyOf(methods);
			diagnostics = List.copyOf(diagnostics);
		}

	}

	/**
	 * A method of a type.
	 *
	 * @param type the name of the type
	 * @param closureClass the class of the method as a function value; its first parameter is the receiver
	 */
	public record Method(String type, String name, String closureClass) {
	}

	private final CheckedProgram checked;

	private final BuiltinTargets builtins;

	private final Map<String, UnitLowering> units = new LinkedHashMap<>();

	private final Map<Symbol.Function, Map<List<Type>, Map<Long, IrFunction>>> instances = new IdentityHashMap<>();

	private final RecordFields records = new RecordFields(this);

	private final Map<Symbol.EnumType, IrFunction> enumTypes = new IdentityHashMap<>();

	private final Map<String, WebLowering.Definition> guardDefinitions = new HashMap<>();

	private final Deque<Runnable> pending = new ArrayDeque<>();

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	private final @Nullable SessionFile session;

	private ProgramLowering(CheckedProgram checked, BuiltinTargets builtins, @Nullable SessionFile session) {
		this.checked = checked;
		this.session = session;
		this.builtins = builtins;
	}

	/** Lowers a program that has no errors. */
	public static Result lower(CheckedProgram checked, BuiltinTargets builtins) {
		return lower(checked, builtins, null);
	}

	/**
	 * Lowers a program that has no errors.
	 * @param session the file of it that is an interactive session
	 */
	public static Result lower(CheckedProgram checked, BuiltinTargets builtins, @Nullable SessionFile session) {
		return new ProgramLowering(checked, builtins, session).lower();
	}

	@Nullable SessionFile session() {
		return this.session;
	}

	private Result lower() {
		Map<String, Integer> taken = new HashMap<>();
		for (CheckedFile file : this.checked.files()) {
			String path = file.tree().file().path();
			boolean shared = path.startsWith("lib/") || path.startsWith("entities/");
			String name = className(path);
			int count = taken.merge(name, 1, Integer::sum);
			IrUnit unit = new IrUnit((count == 1) ? name : name + "$" + count, file.tree().file(), shared);
			this.units.put(path, new UnitLowering(this, file, unit));
		}
		for (Symbol.Entity entity : this.checked.declarations().entities()) {
			UnitLowering unit = this.units.get(entity.tree().file().path());
			IrRecord shape = this.records.shape(entity);
			if (unit != null && shape != null) {
				unit.unit().records().add(shape);
			}
		}
		this.units.values().forEach((unit) -> unit.web().declare());
		for (UnitLowering unit : this.units.values()) {
			unit.lowerEntry();
			drain();
		}
		IrProgram program = new IrProgram(this.units.values().stream().map(UnitLowering::unit).toList());
		Map<String, IrFunction> methods = methods();
		drain();
		TailCalls.merge(program);
		program.units().forEach(unit -> unit.functions().forEach(TextAccumulation::apply));
		this.diagnostics.addAll(ProgramFacts.settle(program));
		List<Method> reachable = new ArrayList<>();
		methods.forEach((key, function) -> {
			if (!function.usesUnit()) {
				int dot = key.indexOf('.');
				reachable.add(new Method(key.substring(0, dot), key.substring(dot + 1),
						function.unit() + "$" + function.name()));
			}
		});
		return new Result(program, reachable, this.diagnostics);
	}

	/** Every method of every {@code impl}, own or taken from its trait, by type and name. */
	private Map<String, IrFunction> methods() {
		Map<String, IrFunction> found = new LinkedHashMap<>();
		for (Symbol.Implementation implementation : this.checked.declarations().implementations()) {
			if (!(implementation.declaration().type() instanceof TypeExpr.Named type)) {
				continue;
			}
			defaults(implementation, type.name(), found);
			for (Symbol.Function method : implementation.methods()) {
				if (method.declaration().body() != null) {
					found.put(type.name() + "." + method.name(),
							functionValue(method, this.checked.declaredParameters(method)));
				}
			}
		}
		return found;
	}

	/** The methods that a type takes over from its trait. */
	private void defaults(Symbol.Implementation implementation, String typeName, Map<String, IrFunction> found) {
		if (!(implementation.declaration().trait() instanceof TypeExpr.Named written)
				|| !(this.checked.declarations().lookup(implementation.tree(),
						written.name()) instanceof Symbol.TraitType trait)) {
			return;
		}
		Type self = switch (this.checked.declarations().lookup(implementation.tree(), typeName)) {
			case Symbol.Entity entity -> new Type.EntityOf(entity);
			case Symbol.EnumType choice -> new Type.EnumOf(choice, List.of());
			case null, default -> Type.Basic.ANY;
		};
		for (Symbol.Function method : trait.methods()) {
			boolean own = implementation.methods().stream().anyMatch(each -> each.name().equals(method.name()));
			if (method.declaration().body() != null && !own) {
				List<Type> types = new ArrayList<>(this.checked.declaredParameters(method));
				types.set(0, self);
				found.put(typeName + "." + method.name(), functionValue(method, types));
			}
		}
	}

	private void drain() {
		while (!this.pending.isEmpty()) {
			this.pending.poll().run();
		}
	}

	/** The class of a file: {@code lib/words.flin} is {@code flin.lib.words}. */
	static String className(String path) {
		String base = path.endsWith(".flin") ? path.substring(0, path.length() - 5) : path;
		StringBuilder out = new StringBuilder("flin");
		for (String part : base.split("/")) {
			out.append('.');
			for (int i = 0; i < part.length(); i++) {
				char c = part.charAt(i);
				boolean plain = Character.isJavaIdentifierPart(c);
				out.append(plain ? c : '_');
			}
		}
		return out.toString();
	}

	/** The guards that files of the program declare, by name. */
	Map<String, WebLowering.Definition> guardDefinitions() {
		return this.guardDefinitions;
	}

	RecordFields records() {
		return this.records;
	}

	/** The class of the file that declares an entity; null for those that no file of the program declares. */
	@Nullable
	String unitOf(Symbol.Entity entity) {
		UnitLowering unit = this.units.get(entity.tree().file().path());
		return (unit != null) ? unit.className() : null;
	}

	CheckedProgram checked() {
		return this.checked;
	}

	BuiltinTargets builtins() {
		return this.builtins;
	}

	void report(Diagnostic diagnostic) {
		this.diagnostics.add(diagnostic);
	}

	/** The instance if it was already asked for. */
	@Nullable IrFunction lookup(Symbol.Function function, List<Type> types) {
		Map<List<Type>, Map<Long, IrFunction>> known = this.instances.get(function);
		Map<Long, IrFunction> byMask = (known != null) ? known.get(types) : null;
		return (byMask != null) ? byMask.get(0L) : null;
	}

	/** The function for these parameter types that fills in the defaults of the missing parameters. */
	IrFunction function(Symbol.Function function, List<Type> types, long missing) {
		Map<Long, IrFunction> byMask = this.instances.computeIfAbsent(function, unused -> new HashMap<>())
			.computeIfAbsent(types, unused -> new HashMap<>());
		IrFunction known = byMask.get(missing);
		if (known == null) {
			known = (missing == 0) ? declare(function, types) : declareWithDefaults(function, types, missing);
			byMask.put(missing, known);
		}
		return known;
	}

	/** The function as a value. */
	IrFunction functionValue(Symbol.Function function, List<Type> types) {
		IrFunction target = function(function, types, 0);
		boolean rest = function.declaration().params().stream().anyMatch(Part.Param::rest);
		target.valueForm(0, rest);
		unitOf(function).useAsValue(target);
		return target;
	}

	private UnitLowering unitOf(Symbol.Function function) {
		UnitLowering unit = this.units.get(function.file().path());
		if (unit == null) {
			throw new IllegalStateException("no unit for " + function);
		}
		return unit;
	}

	private IrFunction declare(Symbol.Function function, List<Type> types) {
		UnitLowering unit = unitOf(function);
		CheckedBody body = this.checked.instance(function, types);
		List<Local> params = parameters(function, body.parameterTypes());
		IrFunction target = new IrFunction(unit.className(), unit.uniqueName(methodName(function)), params,
				Kinds.ofResult(body.result()));
		target.displayName(function.name());
		this.pending.add(() -> lowerBody(unit, function, body, target, body.parameterTypes()));
		unit.add(target);
		return target;
	}

	private static String methodName(Symbol.Function function) {
		if (function.owner() instanceof Symbol.Implementation implementation) {
			return implementation.declaration().type() instanceof TypeExpr.Named named
					? named.name() + "$" + function.name() : function.name();
		}
		return function.name();
	}

	/** {@code self} first in methods. */
	private static List<Local> parameters(Symbol.Function function, List<Type> types) {
		List<Local> params = new ArrayList<>();
		int shift = types.size() - function.declaration().params().size();
		for (int i = 0; i < types.size(); i++) {
			boolean isSelf = i < shift;
			String name = "self";
			if (!isSelf) {
				name = (function.declaration().params().get(i - shift).target() instanceof Pattern.Name n)
						? n.name() : "$p" + i;
			}
			params.add(new Local(name, Kinds.of(types.get(i))));
		}
		return params;
	}

	private void lowerBody(UnitLowering unit, Symbol.Function function, CheckedBody checkedBody, IrFunction target,
			List<Type> types) {
		Frame frame = function.frame();
		Part.Block code = function.declaration().body();
		if (frame == null || code == null) {
			throw new IllegalStateException("a call of " + function + ", which has no body");
		}
		BodyLowering body = new BodyLowering(unit, checkedBody, frame, null, target, checkedBody.result());
		body.complete(() -> {
			bindParameters(body, function, target, types);
			body.block(code, Dest.RETURN);
		});
	}

	private static void bindParameters(BodyLowering body, Symbol.Function function, IrFunction target,
			List<Type> types) {
		List<Part.Param> written = function.declaration().params();
		int shift = types.size() - written.size();
		if (shift > 0) {
			body.self(target.params().get(0), types.get(0));
		}
		for (int i = 0; i < written.size(); i++) {
			bindParameter(body, written.get(i), target.params().get(i + shift), types.get(i + shift));
		}
	}

	private static void bindParameter(BodyLowering body, Part.Param param, Local local, Type type) {
		if (param.target() instanceof Pattern.Name name
				&& body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable) {
			Type stored = body.body.variable(variable);
			if (Kinds.of(stored) == local.kind()) {
				if (variable.isCaptured() && variable.isReassigned()) {
					local.makeCell();
				}
				body.parameter(variable, local);
			}
			else {
				body.bind(variable, new IrExpr.Read(local), type, param);
			}
			return;
		}
		body.patterns.bind(param.target(), new IrExpr.Read(local), type);
	}

	/** Evaluates the defaults of the missing parameters, left to right, and calls the function. */
	private IrFunction declareWithDefaults(Symbol.Function function, List<Type> types, long missing) {
		IrFunction whole = function(function, types, 0);
		UnitLowering unit = unitOf(function);
		List<Local> given = new ArrayList<>();
		List<Local> all = parameters(function, types);
		for (int i = 0; i < all.size(); i++) {
			if ((missing & (1L << i)) == 0) {
				given.add(all.get(i));
			}
		}
		IrFunction target = new IrFunction(unit.className(), unit.uniqueName(methodName(function)), given,
				whole.result());
		this.pending.add(() -> lowerDefaults(unit, function, types, all, missing, whole, target));
		unit.add(target);
		return target;
	}

	private void lowerDefaults(UnitLowering unit, Symbol.Function function, List<Type> types, List<Local> all,
			long missing, IrFunction whole, IrFunction target) {
		Frame frame = function.frame();
		if (frame == null) {
			throw new IllegalStateException("a call of " + function + ", which has no body");
		}
		CheckedBody checkedBody = this.checked.instance(function, types);
		BodyLowering body = new BodyLowering(unit, checkedBody, frame, null, target, checkedBody.result());
		List<Part.Param> written = function.declaration().params();
		int shift = types.size() - written.size();
		body.complete(() -> {
			body.line(function.declaration());
			if (shift > 0) {
				body.self(all.get(0), types.get(0));
			}
			for (int i = 0; i < written.size(); i++) {
				Local local = all.get(i + shift);
				Type type = types.get(i + shift);
				Expr byDefault = written.get(i).defaultValue();
				if ((missing & (1L << (i + shift))) != 0) {
					IrExpr value = (byDefault != null) ? body.value(byDefault, type)
							: new IrExpr.NewList(List.of(), Kind.ANY);
					body.emit(new IrStmt.Declare(local, value));
				}
				bindParameter(body, written.get(i), local, type);
			}
			List<IrExpr> args = all.stream().map(local -> (IrExpr) new IrExpr.Read(local)).toList();
			IrExpr call = new IrExpr.Call(whole, args, body.lineOf(function.declaration()));
			if (whole.result() == Kind.VOID) {
				body.emit(new IrStmt.Eval(call));
				body.emit(new IrStmt.Return(null));
			}
			else {
				body.emit(new IrStmt.Return(call));
			}
		});
	}

	/** The function that gives an enum: a constant of the unit that declares it, or of the first that uses it. */
	IrFunction enumType(Symbol.EnumType symbol, UnitLowering user) {
		return this.enumTypes.computeIfAbsent(symbol, unused -> {
			UnitLowering unit = this.units.getOrDefault(symbol.tree().file().path(), user);
			IrFunction function = new IrFunction(unit.className(), unit.uniqueName("enum$" + symbol.name()), List.of(),
					Kind.ANY);
			List<Object> args = new ArrayList<>();
			args.add(symbol.name());
			for (Symbol.Variant variant : symbol.variants()) {
				int size = variant.declaration().payload().size();
				args.add((size == 0) ? variant.name() : variant.name() + "/" + size);
			}
			IrExpr made = new IrExpr.Made(RunSide.method(RunSide.VALUES, "enumType",
					"(" + RunSide.STR + "[" + RunSide.STR + ")" + RunSide.OBJ, false), args, Kind.ANY);
			function.complete(List.of(new IrStmt.Return(made)));
			unit.add(function);
			return function;
		});
	}

}
