package dev.flin.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrProgram;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.BuiltinSignatures;
import dev.flin.types.CheckedBody;
import dev.flin.types.CheckedFile;
import dev.flin.types.CheckedProgram;
import dev.flin.types.Parallel;
import dev.flin.types.Type;

/**
 * Lowers a whole application: the top level of each file, and then every instance of a function that something calls.
 */
public final class ProgramLowering {

	/**
	 * What lowering made of a program.
	 *
	 * @param program the units that were lowered: those whose code is not what it was the time before
	 * @param methods what {@code impl} blocks give to types, for receivers known only when they run
	 * @param diagnostics forms that are not built yet
	 * @param kept what to keep of units for the next time, by path
	 */
	public record Result(IrProgram program, List<Method> methods, List<Diagnostic> diagnostics,
			Map<String, LoweredUnit> kept) {

		public Result {
			methods = List.copyOf(methods);
			diagnostics = List.copyOf(diagnostics);
			kept = Map.copyOf(kept);
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

	/** How often it is worth to start again with fewer units kept. */
	private static final int ATTEMPTS_MAX = 6;

	private final CheckedProgram checked;

	private final BuiltinTargets builtins;

	/** By identity: a target has many parts to compare. */
	private final Map<BuiltinTargets.Target, List<JavaMethod>> methods = new IdentityHashMap<>();

	private final Map<String, UnitLowering> units = new LinkedHashMap<>();

	private final Map<Symbol.Function, Map<List<Type>, Map<Long, Instance>>> instances = new IdentityHashMap<>();

	private final RecordFields records = new RecordFields(this);

	private final Map<Symbol.EnumType, Instance> enumTypes = new IdentityHashMap<>();

	private final Map<String, WebLowering.Definition> guardDefinitions = new HashMap<>();

	private final Deque<Runnable> pending = new ArrayDeque<>();

	private final List<Diagnostic> diagnostics = new ArrayList<>();

	private final @Nullable SessionFile session;

	/** Files by path as they were the last time; those that are the same are not lowered again. */
	private final Map<String, LoweredUnit> before;

	/** Functions of units that are not lowered. */
	private final List<IrFunction> stubs = new ArrayList<>();

	private final Parallel parallel;

	/** What the function asks for that is being lowered. */
	private List<Demand> asked = new ArrayList<>();

	private record Instance(IrFunction function, Declared declared) {
	}

	/** Says that a unit has to be lowered after all. */
	private static final class Stale extends RuntimeException {

		private static final long serialVersionUID = 1;

		private final transient Collection<String> paths;

		Stale(Collection<String> paths) {
			super(null, null, false, false);
			this.paths = paths;
		}

		Stale(String path) {
			this(List.of(path));
		}

	}

	private ProgramLowering(CheckedProgram checked, BuiltinTargets builtins, @Nullable SessionFile session,
			Map<String, LoweredUnit> before, Parallel parallel) {
		this.parallel = parallel;
		this.checked = checked;
		this.session = session;
		this.builtins = builtins;
		this.before = before;
	}

	/** Lowers a program that has no errors. */
	public static Result lower(CheckedProgram checked, BuiltinTargets builtins) {
		return lower(checked, builtins, null, Map.of(), Parallel.NONE);
	}

	/**
	 * Lowers a program that has no errors.
	 * @param session the file of it that is an interactive session
	 * @param before what is known of the time before, by path
	 * @param parallel what does the work on finished units
	 */
	public static Result lower(CheckedProgram checked, BuiltinTargets builtins, @Nullable SessionFile session,
			Map<String, LoweredUnit> before, Parallel parallel) {
		Map<String, LoweredUnit> kept = new HashMap<>(before);
		for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
			try {
				return new ProgramLowering(checked, builtins, session, kept, parallel).lower();
			}
			catch (Stale stale) {
				kept.keySet().removeAll(stale.paths);
			}
		}
		return new ProgramLowering(checked, builtins, session, Map.of(), parallel).lower();
	}

	@Nullable SessionFile session() {
		return this.session;
	}

	private Result lower() {
		makeUnits();
		List<UnitLowering> lowered = new ArrayList<>();
		for (UnitLowering unit : this.units.values()) {
			if (!unit.isKept()) {
				lowered.add(unit);
				unit.web().declare();
			}
		}
		for (UnitLowering unit : this.units.values()) {
			enter(unit);
			drain();
		}
		this.asked = new ArrayList<>();
		Map<String, IrFunction> methods = methods();
		drain();
		List<IrUnit> units = new ArrayList<>(lowered.size());
		lowered.forEach(unit -> units.add(unit.unit()));
		IrProgram program = new IrProgram(units);
		TailSteps tails = TailSteps.apply(program, TailCalls.merge(program));
		program.units().forEach(ValueTails::apply);
		this.parallel.map(program.units(), ProgramLowering::accumulate);
		stale(this.units.values().stream().filter(unit -> !unit.trace().isComplete()).map(UnitLowering::path).toList());
		List<LoweredUnit> kept = this.units.values().stream().map(unit -> unit.trace().kept()).filter(Objects::nonNull)
			.toList();
		stale(tails.concerned(kept).stream().map(LoweredUnit::path).toList());
		ProgramFacts facts = ProgramFacts.settle(program, kept, this.stubs, this.parallel);
		Set<String> changed = facts.changed();
		stale(this.units.values().stream().filter(unit -> changed.contains(unit.className())).map(UnitLowering::path)
			.toList());
		this.diagnostics.addAll(facts.diagnostics());
		return new Result(program, reachable(methods), this.diagnostics, units(facts, tails));
	}

	private static IrUnit accumulate(IrUnit unit) {
		unit.functions().forEach(TextAccumulation::apply);
		return unit;
	}

	private static void stale(List<String> paths) {
		if (!paths.isEmpty()) {
			throw new Stale(paths);
		}
	}

	/** What to keep of units: not of those that say something when they are lowered, or that others look into. */
	private Map<String, LoweredUnit> units(ProgramFacts facts, TailSteps tails) {
		Map<String, LoweredUnit> all = new HashMap<>();
		this.units.forEach((path, unit) -> {
			LoweredUnit kept = unit.trace().kept();
			if (kept != null) {
				all.put(path, kept);
			}
			else if (!unit.hasReported() && !unit.web().definesGuards()) {
				all.put(path, new LoweredUnit(unit.file(), unit.trace(), unit.className(), facts.of(unit.unit()),
						unit.unit().closures().stream().map(IrFunction::name).toList(),
						tails.callsOut(unit.className()), tails.joined(unit.className())));
			}
		});
		return all;
	}

	private void makeUnits() {
		Map<String, Integer> taken = new HashMap<>();
		for (CheckedFile file : this.checked.files()) {
			String path = file.tree().file().path();
			boolean shared = path.startsWith("lib/") || path.startsWith("entities/");
			String name = className(path);
			int count = taken.merge(name, 1, Integer::sum);
			IrUnit unit = new IrUnit((count == 1) ? name : name + "$" + count, file.tree().file(), shared);
			LoweredUnit kept = this.before.get(path);
			boolean same = kept != null && kept.isOf(file, unit.className());
			this.units.put(path, new UnitLowering(this, file, unit, new UnitTrace(same ? kept : null)));
		}
		for (Symbol.Entity entity : this.checked.declarations().entities()) {
			UnitLowering unit = this.units.get(entity.tree().file().path());
			IrRecord shape = (unit != null && !unit.isKept()) ? this.records.shape(entity) : null;
			if (unit != null && shape != null) {
				unit.unit().records().add(shape);
			}
		}
	}

	/** Functions that need the instance of their unit cannot be called from anywhere. */
	private static List<Method> reachable(Map<String, IrFunction> methods) {
		List<Method> reachable = new ArrayList<>();
		methods.forEach((key, function) -> {
			if (!function.usesUnit()) {
				int dot = key.indexOf('.');
				reachable.add(new Method(key.substring(0, dot), key.substring(dot + 1),
						function.unit() + "$" + function.name()));
			}
		});
		return reachable;
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
			case Symbol.EnumType choice -> new Type.EnumOf(choice,
					Collections.nCopies(choice.declaration().typeParams().size(), Type.Basic.ANY));
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

	BuiltinTargets.Target target(BuiltinSignatures.Row builtin) {
		return this.builtins.target(builtin);
	}

	/** The method of a built-in, and then its overloads on unboxed values. */
	List<JavaMethod> methods(BuiltinSignatures.Row builtin) {
		return this.methods.computeIfAbsent(target(builtin), target -> {
			List<JavaMethod> all = new ArrayList<>();
			all.add(RunSide.method(target.owner(), target.method(), target.descriptor(), false));
			for (String descriptor : target.specializations()) {
				all.add(RunSide.method(target.owner(), target.method(), descriptor, false));
			}
			return all;
		});
	}

	void report(Diagnostic diagnostic) {
		this.diagnostics.add(diagnostic);
	}

	/** The instance if it was already asked for. */
	@Nullable IrFunction lookup(Symbol.Function function, List<Type> types) {
		Map<List<Type>, Map<Long, Instance>> known = this.instances.get(function);
		Map<Long, Instance> byMask = (known != null) ? known.get(types) : null;
		Instance instance = (byMask != null) ? byMask.get(0L) : null;
		return (instance != null) ? instance.function() : null;
	}

	/** The function for these parameter types that fills in the defaults of the missing parameters. */
	IrFunction function(Symbol.Function function, List<Type> types, long missing) {
		Instance instance = instance(function, types, missing);
		this.asked.add(new Demand(instance.declared(), false));
		return instance.function();
	}

	/** The function as a value. */
	IrFunction functionValue(Symbol.Function function, List<Type> types) {
		Instance instance = instance(function, types, 0);
		this.asked.add(new Demand(instance.declared(), true));
		useAsValue(function, instance.function());
		return instance.function();
	}

	private void useAsValue(Symbol.Function function, IrFunction target) {
		boolean rest = false;
		for (Part.Param param : function.declaration().params()) {
			rest = rest || param.rest();
		}
		target.valueForm(0, rest);
		UnitLowering unit = unitOf(function);
		unit.useAsValue(target);
		unit.trace().usedAsValue(target.name());
	}

	private Instance instance(Symbol.Function function, List<Type> types, long missing) {
		Map<Long, Instance> byMask = this.instances.computeIfAbsent(function, unused -> new HashMap<>())
			.computeIfAbsent(types, unused -> new HashMap<>());
		Instance known = byMask.get(missing);
		if (known == null) {
			UnitLowering unit = unitOf(function);
			if (missing != 0) {
				instance(function, types, 0);
			}
			if (unit.isKept()) {
				known = keep(unit, unit.trace().expected(function, types, missing));
			}
			else {
				known = (missing == 0) ? declare(function, types) : declareWithDefaults(function, types, missing);
			}
			byMask.put(missing, known);
		}
		return known;
	}

	// Units that are as they were

	/** A function of a unit that is not lowered again: what it asked for then is asked for now. */
	private Instance keep(UnitLowering unit, @Nullable Declared expected) {
		if (expected == null) {
			throw new Stale(unit.path());
		}
		Instance instance = new Instance(expected.stub(unit.className()), expected);
		unit.trace().declared(expected);
		this.stubs.add(instance.function());
		if (expected.symbol() instanceof Symbol.Function) {
			this.pending.add(() -> repeat(unit, expected));
		}
		return instance;
	}

	private void repeat(UnitLowering unit, Declared function) {
		LoweredUnit kept = unit.trace().kept();
		this.asked = new ArrayList<>();
		if (kept != null) {
			for (Demand demand : kept.demands(function)) {
				IrFunction target = repeat(demand);
				// The code of the unit calls it by its name.
				if (!target.name().equals(demand.function().name())) {
					throw new Stale(unit.path());
				}
			}
		}
	}

	private IrFunction repeat(Demand demand) {
		Declared asked = demand.function();
		return switch (asked.symbol()) {
			case Symbol.Function function when demand.asValue() -> functionValue(function, asked.types());
			case Symbol.Function function -> function(function, asked.types(), asked.missing());
			case Symbol.EnumType symbol -> enumType(symbol, unit(asked.path()));
			case null, default -> throw new IllegalStateException("nobody asks for this");
		};
	}

	/** Lowers the top level of a unit, or repeats what it asks for. */
	private void enter(UnitLowering unit) {
		if (!unit.isKept()) {
			unit.trace().declared(Declared.ENTRY);
			this.asked = unit.trace().demandsOf(Declared.ENTRY);
			unit.lowerEntry();
			return;
		}
		if (!unit.trace().expectsEntry()) {
			throw new Stale(unit.path());
		}
		unit.trace().declared(Declared.ENTRY);
		repeat(unit, Declared.ENTRY);
	}

	private Instance declared(UnitLowering unit, Symbol symbol, List<Type> types, long missing, IrFunction target) {
		Declared declared = Declared.of(unit.path(), symbol, types, missing, target);
		unit.trace().declared(declared);
		unit.add(target);
		return new Instance(target, declared);
	}

	/** Lowers a body later. */
	private void later(UnitLowering unit, Declared declared, Runnable body) {
		this.pending.add(() -> {
			this.asked = unit.trace().demandsOf(declared);
			body.run();
		});
	}

	private UnitLowering unit(String path) {
		UnitLowering unit = this.units.get(path);
		if (unit == null) {
			throw new IllegalStateException("no unit for " + path);
		}
		return unit;
	}

	private UnitLowering unitOf(Symbol.Function function) {
		return unit(function.file().path());
	}

	private Instance declare(Symbol.Function function, List<Type> types) {
		UnitLowering unit = unitOf(function);
		CheckedBody body = this.checked.instance(function, types);
		List<Local> params = FunctionLowering.parameters(function, body.parameterTypes(), this.records);
		IrFunction target = new IrFunction(unit.className(), unit.uniqueName(FunctionLowering.methodName(function)),
				params,
				Kinds.ofResult(body.result()));
		target.record(this.records.className(body.result()));
		target.displayName(function.name());
		Instance instance = declared(unit, function, types, 0, target);
		later(unit, instance.declared(), () -> FunctionLowering.body(unit, function, body, target,
				body.parameterTypes()));
		return instance;
	}

	/** Evaluates the defaults of the missing parameters, left to right, and calls the function. */
	private Instance declareWithDefaults(Symbol.Function function, List<Type> types, long missing) {
		IrFunction whole = instance(function, types, 0).function();
		UnitLowering unit = unitOf(function);
		List<Local> given = new ArrayList<>();
		List<Local> all = FunctionLowering.parameters(function, types, this.records);
		for (int i = 0; i < all.size(); i++) {
			if ((missing & (1L << i)) == 0) {
				given.add(all.get(i));
			}
		}
		IrFunction target = new IrFunction(unit.className(), unit.uniqueName(FunctionLowering.methodName(function)),
				given,
				whole.result());
		target.record(whole.record());
		Instance instance = declared(unit, function, types, missing, target);
		later(unit, instance.declared(), () -> FunctionLowering.defaults(unit, function, types, all, missing, whole,
				target));
		return instance;
	}

	/** The function that gives an enum: a constant of the unit that declares it, or of the first that uses it. */
	IrFunction enumType(Symbol.EnumType symbol, UnitLowering user) {
		Instance known = this.enumTypes.get(symbol);
		if (known == null) {
			UnitLowering unit = this.units.getOrDefault(symbol.tree().file().path(), user);
			known = unit.isKept() ? keep(unit, unit.trace().expected(symbol, List.of(), 0)) : makeEnumType(symbol,
					unit);
			this.enumTypes.put(symbol, known);
		}
		this.asked.add(new Demand(known.declared(), false));
		return known.function();
	}

	private Instance makeEnumType(Symbol.EnumType symbol, UnitLowering unit) {
		String name = unit.uniqueName(IrFunction.ENUM + symbol.name());
		IrFunction function = new IrFunction(unit.className(), name, List.of(), Kind.ANY);
		List<Object> args = new ArrayList<>();
		args.add(symbol.name());
		for (Symbol.Variant variant : symbol.variants()) {
			int size = variant.declaration().payload().size();
			args.add((size == 0) ? variant.name() : variant.name() + "/" + size);
		}
		IrExpr made = new IrExpr.Made(RunSide.method(RunSide.VALUES, "enumType",
				"(" + RunSide.STR + "[" + RunSide.STR + ")" + RunSide.OBJ, false), args, Kind.ANY);
		function.complete(List.of(new IrStmt.Return(made)));
		return declared(unit, symbol, List.of(), 0, function);
	}

}
