package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.Signatures.Param;
import dev.flin.types.Type.Basic;

/**
 * What calls know about declared functions: their inferred signatures, found on demand and for groups of functions that
 * call each other at once; and their bodies checked for concrete parameter types.
 */
final class Instances {

	private static final int PASSES_MAX = 6;

	private static final int INSTANCES_MAX = 48;

	static final int TYPE_SIZE_MAX = 400;

	private static final int DEPTH_MAX = 40;

	/** A body checked for concrete parameter types. */
	static final class Instance {

		private Type result;

		private @Nullable CheckedBody body;

		private @Nullable Diagnostic problem;

		private boolean outgrown;

		Instance(Type result) {
			this.result = result;
		}

		Type result() {
			return this.result;
		}

		/** Whether the body assigns more to its parameters than these types hold. */
		boolean isTooNarrow() {
			return this.problem != null || this.outgrown;
		}

		/** Whether the body assigns what nothing is known of where something is known of an argument. */
		boolean isOutgrown() {
			return this.outgrown;
		}

		/** The first error that these types cause and others do not; or null. */
		@Nullable Diagnostic problem() {
			return this.problem;
		}

	}

	private final World world;

	private final Map<Symbol.Function, FunctionEntry> entries = new LinkedHashMap<>();

	private final Map<Symbol.Function, Map<List<Type>, Instance>> memo = new HashMap<>();

	private final List<FunctionEntry> running = new ArrayList<>();

	private final List<FunctionEntry> group = new ArrayList<>();

	private final CallTrace trace = new CallTrace();

	private int depth;

	/** Something was cut off, so that results depend on what was checked before. */
	private boolean limited;

	Instances(World world) {
		this.world = world;
	}

	void clear() {
		this.entries.clear();
		this.memo.clear();
		this.trace.clear();
		this.limited = false;
		this.running.clear();
		this.group.clear();
	}

	// Signatures

	private FunctionEntry entry(Symbol.Function function) {
		FunctionEntry entry = this.entries.get(function);
		if (entry == null) {
			List<Diagnostic> errors = new ArrayList<>();
			entry = new FunctionEntry(function, readSignature(function, errors));
			entry.diagnostics.addAll(errors);
			this.entries.put(function, entry);
		}
		return entry;
	}

	private Signatures.Signature readSignature(Symbol.Function function, List<Diagnostic> errors) {
		Map<String, Type> ofImplementation = this.world.schema.implementationParams(function);
		Map<String, Type> known = new HashMap<>(ofImplementation);
		Type self = selfType(function);
		if (self != null) {
			known.put("Self", self);
		}
		Signatures.Signature written = this.world.signatures.read(function.declaration(),
				new TypeReader.Where(function.tree(), known, errors::add));
		if (self == null) {
			return written;
		}
		List<Param> params = new ArrayList<>();
		params.add(new Param("self", self, false, false));
		params.addAll(written.params());
		List<Type.TypeParam> typeParams = new ArrayList<>();
		ofImplementation.values().forEach(param -> typeParams.add((Type.TypeParam) param));
		typeParams.addAll(written.typeParams());
		return new Signatures.Signature(typeParams, params, written.result());
	}

	/** The receiver's type of a method; null for a plain function. */
	@Nullable Type selfType(Symbol.Function function) {
		return switch (function.owner()) {
			case null -> null;
			case Symbol.TraitType trait -> new Type.TypeParam("Self", List.of(trait.name()));
			case Symbol.Implementation impl -> this.world.reader.read(impl.declaration().type(),
					new TypeReader.Where(impl.tree(), this.world.schema.implementationParams(function), error -> {
					}));
		};
	}

	List<Type> declaredParameters(Symbol.Function function) {
		FunctionEntry entry = entry(function);
		List<Type> types = new ArrayList<>();
		entry.signature.params()
			.forEach(param -> types.add((param.type() != null) ? Zonk.ground(param.type()) : Basic.ANY));
		return types;
	}

	/** What a call may assume about a function; infers it first when nothing is written. */
	Callee callee(Symbol.Function function, Body caller) {
		FunctionEntry entry = entry(function);
		if (function.isNested()) {
			return nested(entry, caller);
		}
		this.trace.use(function);
		infer(entry);
		if (entry.state != FunctionEntry.State.DONE) {
			touch(entry);
			return view(entry, entry.params, entry.result, Map.of(), caller.mode != Body.Mode.GENERIC && entry.open);
		}
		Map<TypeVar, Type> variables = new HashMap<>();
		Map<Type.TypeParam, Type> typeParams = new LinkedHashMap<>();
		List<Type.TypeParam> rigid = new ArrayList<>(entry.signature.typeParams());
		if (function.owner() instanceof Symbol.TraitType && selfType(function) instanceof Type.TypeParam self) {
			rigid.add(self);
		}
		rigid.forEach(param -> typeParams.put(param, caller.fresh()));
		List<Type> params = new ArrayList<>();
		entry.params.forEach(type -> params.add(instantiate(type, entry, variables, typeParams, caller)));
		Type result = instantiate(entry.result, entry, variables, typeParams, caller);
		return view(entry, params, result, typeParams, entry.open);
	}

	private static Type instantiate(Type type, FunctionEntry entry, Map<TypeVar, Type> variables,
			Map<Type.TypeParam, Type> typeParams, Body caller) {
		return Zonk.map(type, leaf -> {
			if (leaf instanceof TypeVar variable && entry.quantified.contains(variable)) {
				return variables.computeIfAbsent(variable, key -> caller.fresh());
			}
			Type param = (leaf instanceof Type.TypeParam rigid) ? typeParams.get(rigid) : null;
			return (param != null) ? param : leaf;
		});
	}

	private static Callee view(FunctionEntry entry, List<Type> types, Type result,
			Map<Type.TypeParam, Type> typeParams, boolean open) {
		List<Param> params = new ArrayList<>();
		List<Boolean> written = new ArrayList<>();
		for (int i = 0; i < entry.signature.params().size(); i++) {
			Param param = entry.signature.params().get(i);
			params.add(new Param(param.name(), types.get(i), param.hasDefault(), param.rest()));
			written.add(param.type() != null);
		}
		boolean inferred = entry.state == FunctionEntry.State.DONE && entry.signature.result() == null;
		return new Callee(params, result, typeParams, open, inferred, written);
	}

	/** A nested function is a closure of its body: known by what the body has found out about it. */
	private Callee nested(FunctionEntry entry, Body caller) {
		StatementChecker.Nested known = caller.statements.nested(entry.function);
		Map<Type.TypeParam, Type> typeParams = new LinkedHashMap<>();
		known.typeParams().values().forEach(param -> typeParams.put((Type.TypeParam) param, caller.fresh()));
		List<Type> params = new ArrayList<>();
		known.params().forEach(type -> params.add(instantiate(type, entry, Map.of(), typeParams, caller)));
		return view(entry, params, instantiate(known.result(), entry, Map.of(), typeParams, caller), typeParams, false);
	}

	Callee traitMethod(Symbol.Function method, Type receiver) {
		FunctionEntry entry = entry(method);
		List<Type> params = new ArrayList<>();
		entry.signature.params().forEach(param -> params.add(ofReceiver(param.type(), receiver)));
		params.set(0, Basic.ANY);
		return view(entry, params, ofReceiver(entry.signature.result(), receiver), Map.of(), false);
	}

	/** A type of a trait's signature, where {@code Self} is the receiver's. */
	private static Type ofReceiver(@Nullable Type type, Type receiver) {
		return (type == null) ? Basic.ANY
				: Zonk.map(type,
						leaf -> (leaf instanceof Type.TypeParam param && param.name().equals("Self")) ? receiver
								: leaf);
	}

	// Inference of groups

	private void infer(FunctionEntry entry) {
		if (entry.state != FunctionEntry.State.NEW) {
			return;
		}
		boolean annotated = entry.signature.isAnnotated();
		if (annotated && (entry.signature.result() != null || entry.function.declaration().body() == null)) {
			entry.takeWritten();
			entry.state = FunctionEntry.State.DONE;
			return;
		}
		run(entry);
	}

	/** A running function is used: everything that runs above it belongs to its group. */
	private void touch(FunctionEntry entry) {
		for (int i = entry.low; i < this.running.size(); i++) {
			this.running.get(i).low = Math.min(this.running.get(i).low, entry.low);
		}
	}

	private void run(FunctionEntry entry) {
		if (entry.state == FunctionEntry.State.NEW) {
			entry.state = FunctionEntry.State.RUNNING;
			// What a default that calls the function itself sees of it.
			entry.takeWritten();
		}
		entry.index = this.running.size();
		entry.low = entry.index;
		this.running.add(entry);
		this.trace.enter(entry.function);
		this.depth++;
		Body.Earlier earlier = Body.Earlier.nothing();
		Type assumed = null;
		boolean generic = !entry.signature.isAnnotated() || !entry.signature.typeParams().isEmpty()
				|| entry.function.owner() instanceof Symbol.TraitType;
		List<Diagnostic> signatureErrors = List.copyOf(entry.diagnostics);
		for (int pass = 0; pass < PASSES_MAX; pass++) {
			entry.diagnostics.clear();
			entry.diagnostics.addAll(signatureErrors);
			Body body = body(entry.function, generic ? Body.Mode.GENERIC : Body.Mode.GROUND, earlier);
			entry.params = ParameterTypes.of(entry, body);
			entry.result = (entry.signature.result() != null) ? entry.signature.result()
					: (assumed != null) ? assumed : body.fresh();
			entry.open = generic && !entry.signature.isAnnotated();
			Type actual = check(entry.function, entry.params, entry.signature.result(), body);
			Type next = settle(entry, actual, body);
			entry.open = body.open;
			entry.diagnostics.addAll(body.diagnostics);
			entry.bodyChecked = true;
			if (next == null && !body.again) {
				if (generic && body.conflict != null) {
					leaveToCalls(entry, body);
				}
				break;
			}
			assumed = next;
		}
		this.depth--;
		this.trace.leave();
		this.running.remove(entry.index);
		finish(entry);
	}

	/**
	 * What one part of a body took a value for does not fit another part, while nothing is known of the parameters.
	 * Where it fits once they are, what is given to them decides, call by call.
	 */
	private void leaveToCalls(FunctionEntry entry, Body body) {
		Body known = body(entry.function, Body.Mode.GROUND, Body.Earlier.nothing());
		check(entry.function, entry.params.stream().map(Zonk::ground).toList(), entry.signature.result(), known);
		known.finish(Set.of());
		if (known.hasErrors() || entry.signature.isAnnotated()) {
			return;
		}
		entry.params = ParameterTypes.of(entry, body);
		entry.result = (entry.signature.result() != null) ? entry.signature.result() : body.fresh();
		entry.diagnostics.removeIf(diagnostic -> diagnostic.code() == Code.E0209);
		entry.open = true;
	}

	/** Makes the result known; gives the type to assume in another pass, or null. */
	private @Nullable Type settle(FunctionEntry entry, Type actual, Body body) {
		if (entry.signature.result() != null) {
			body.finish(Zonk.openVariables(entry.params));
			return null;
		}
		Type next = null;
		if (Zonk.prune(entry.result) instanceof TypeVar open) {
			if (!body.unifier.unify(open, actual)) {
				entry.result = actual;
			}
		}
		else if (!Zonk.zonk(entry.result).equals(Zonk.zonk(actual))) {
			Type wider = this.world.unifier.meet(entry.result, actual);
			next = Zonk.zonk(wider).equals(Zonk.zonk(entry.result)) ? null : Zonk.zonk(wider);
			entry.result = wider;
		}
		body.finish(Zonk.openVariables(entry.params));
		return (next == null) ? afterConflict(entry.result, body) : next;
	}

	/** A recursive result that an operation on it made wider: the type to assume in another pass. */
	private @Nullable Type afterConflict(Type result, Body body) {
		if (body.conflict == null) {
			return null;
		}
		Type wider = Zonk.zonk(this.world.unifier.meet(result, body.conflict));
		return wider.equals(Zonk.zonk(result)) ? null : wider;
	}

	private void finish(FunctionEntry entry) {
		this.group.add(entry);
		if (entry.low < entry.index) {
			entry.state = FunctionEntry.State.GROUPED;
			return;
		}
		List<FunctionEntry> members = new ArrayList<>();
		for (FunctionEntry each : this.group) {
			if (each.index >= entry.index) {
				members.add(each);
			}
		}
		this.group.removeAll(members);
		boolean open = false;
		for (FunctionEntry each : members) {
			open = open || each.open;
		}
		for (FunctionEntry each : members) {
			each.state = FunctionEntry.State.DONE;
			each.open = open && !each.signature.isAnnotated();
			List<Type> params = new ArrayList<>(each.params.size());
			Set<TypeVar> found = new HashSet<>();
			for (Type param : each.params) {
				Type bounded = bounded(param);
				params.add(bounded);
				Zonk.collect(bounded, found);
			}
			each.params = Collections.unmodifiableList(params);
			each.result = bounded(each.result);
			Zonk.collect(each.result, found);
			found.removeIf(variable -> variable.level <= 1);
			each.quantified = found;
		}
	}

	/** Types that grow without bound through many functions end as any. */
	private static Type bounded(Type type) {
		return Zonk.isLargerThan(type, TYPE_SIZE_MAX) ? Basic.ANY : type;
	}

	/** Whether so many instances are being checked inside each other that the next one has to wait. */
	boolean isDeep() {
		this.limited |= this.depth > DEPTH_MAX;
		return this.depth > DEPTH_MAX;
	}

	private Body body(Symbol.Function function, Body.Mode mode, Body.Earlier earlier) {
		World.FileState file = this.world.file(function.tree());
		TreeFacts.OfFunction facts = file.facts.function(function.declaration());
		Body body = new Body(this.world, file, mode, this.depth + 1, new Tables(facts.first(), facts.last() + 1),
				earlier);
		body.typeParams = new HashMap<>(this.world.schema.implementationParams(function));
		body.typeParams.putAll(TypeReader.rigid(function.declaration().typeParams()));
		return body;
	}

	/** Checks a function's body once; gives what its result is. */
	private Type check(Symbol.Function function, List<Type> params, @Nullable Type declared, Body body) {
		Stmt.Fn fn = function.declaration();
		body.parameters = params;
		int offset = 0;
		if (function.owner() != null) {
			body.self = params.get(0);
			offset = 1;
		}
		for (int i = 0; i < fn.params().size(); i++) {
			Part.Param param = fn.params().get(i);
			Type type = params.get(i + offset);
			if (param.defaultValue() != null) {
				Type given = body.exprs.infer(param.defaultValue(), type);
				if (!body.unifier.assign(given, type)) {
					body.mismatch(param.defaultValue().span(), given, type);
				}
			}
			body.destructuring.bind(param.target(), type);
		}
		Part.Block block = fn.body();
		return (block != null) ? body.control.functionBody(block, declared) : FunctionEntry.orAny(declared);
	}

	// Instances

	/** The body checked for these parameter types; they must not contain type variables. */
	Instance instance(Symbol.Function function, List<Type> types) {
		Map<List<Type>, Instance> known = this.memo.computeIfAbsent(function, key -> new HashMap<>());
		Instance before = known.get(types);
		if (before != null) {
			return before;
		}
		List<Type> wanted = types;
		if (known.size() >= INSTANCES_MAX) {
			this.limited = true;
			wanted = types.stream().map(type -> (Type) Basic.ANY).toList();
			before = known.get(wanted);
			if (before != null) {
				return before;
			}
		}
		return make(entry(function), wanted, known);
	}

	private Instance make(FunctionEntry entry, List<Type> types, Map<List<Type>, Instance> known) {
		Body.Earlier earlier = Body.Earlier.nothing();
		Instance instance = new Instance(Basic.ANY);
		known.put(types, instance);
		Type assumed = null;
		Type declared = null;
		this.trace.enter(entry.function);
		this.depth++;
		for (int pass = 0; pass < PASSES_MAX; pass++) {
			instance.problem = null;
			Body body = body(entry.function, Body.Mode.INSTANCE, earlier);
			body.typeParams = bindTypeParams(entry, types, body);
			declared = declaredResult(entry, body, types);
			instance.result = (declared != null) ? declared : (assumed != null) ? assumed : body.fresh();
			Type actual = check(entry.function, types, declared, body);
			Type next = settleInstance(instance, declared, actual, body);
			instance.body = new CheckedBody(this.world.file(entry.function.tree()).resolution, types, body.tables,
					slotTypes(body), instance.result);
			instance.problem = entry.hasErrors() ? null
					: firstError(body.diagnostics);
			instance.outgrown = body.outgrown;
			if (next == null && !body.again) {
				break;
			}
			assumed = next;
		}
		this.depth--;
		this.trace.leave();
		return instance;
	}

	private @Nullable Type settleInstance(Instance instance, @Nullable Type declared, Type actual, Body body) {
		if (declared != null) {
			body.finish(Set.of());
			return null;
		}
		Type next = null;
		if (Zonk.prune(instance.result) instanceof TypeVar open) {
			if (!this.world.unifier.unify(open, actual)) {
				instance.result = actual;
			}
		}
		else if (!Zonk.zonk(instance.result).equals(Zonk.zonk(actual))) {
			Type wider = this.world.unifier.meet(instance.result, actual);
			next = Zonk.zonk(wider).equals(Zonk.zonk(instance.result)) ? null : Zonk.zonk(wider);
			instance.result = wider;
		}
		body.finish(Set.of());
		return (next == null) ? afterConflict(instance.result, body) : next;
	}

	/** What the type parameters of a declaration stand for, given the types of its parameters. */
	private Map<String, Type> bindTypeParams(FunctionEntry entry, List<Type> types, Body body) {
		Map<Type.TypeParam, TypeVar> fresh = new HashMap<>();
		entry.signature.typeParams().forEach(param -> fresh.put(param, body.fresh()));
		for (int i = 0; i < types.size(); i++) {
			Type written = entry.signature.params().get(i).type();
			if (written != null) {
				this.world.unifier.assign(types.get(i), BuiltinCalls.instantiate(written, fresh));
			}
		}
		Map<String, Type> bound = new HashMap<>();
		fresh.forEach((param, variable) -> bound.put(param.name(), Zonk.ground(variable)));
		return bound;
	}

	private @Nullable Type declaredResult(FunctionEntry entry, Body body, List<Type> types) {
		Type result = entry.signature.result();
		if (result == null) {
			return null;
		}
		return Zonk.map(result, leaf -> {
			if (!(leaf instanceof Type.TypeParam param)) {
				return leaf;
			}
			Type bound = param.name().equals("Self") ? types.get(0) : body.typeParams.get(param.name());
			return (bound != null) ? bound : leaf;
		});
	}

	static Map<Symbol.Variable, Type> slotTypes(Body body) {
		Map<Symbol.Variable, Type> types = new HashMap<>();
		body.slots.forEach((variable, slot) -> types.put(variable, slot.type));
		return types;
	}

	private static @Nullable Diagnostic firstError(List<Diagnostic> diagnostics) {
		for (Diagnostic diagnostic : diagnostics) {
			if (diagnostic.isError()) {
				return diagnostic;
			}
		}
		return null;
	}

	CheckedBody body(Symbol.Function function, List<Type> types) {
		List<Type> ground = Zonk.groundAll(types);
		CheckedBody body = instance(function, ground).body;
		if (body == null) {
			throw new IllegalStateException("a function asked for its own body while it is checked: " + function);
		}
		return body;
	}

	/** Checks a function for itself, whether it is called or not; gives its errors and warnings. */
	List<Diagnostic> check(Symbol.Function function) {
		FunctionEntry entry = entry(function);
		infer(entry);
		if (!entry.bodyChecked && function.declaration().body() != null) {
			FunctionEntry.State before = entry.state;
			run(entry);
			entry.state = before;
		}
		return entry.diagnostics;
	}

	// From one check to the next

	/** What callers see of functions now. */
	Remembered remember(List<Symbol.Function> functions) {
		Map<Symbol.Function, FunctionEntry> signatures = new LinkedHashMap<>();
		Map<Symbol.Function, Map<List<Type>, Instance>> made = new LinkedHashMap<>();
		for (Symbol.Function function : functions) {
			signatures.put(function, entry(function));
			made.put(function, Map.copyOf(this.memo.getOrDefault(function, Map.of())));
		}
		return new Remembered(signatures, made);
	}

	/** Forgets all about the functions of a file. */
	void forget(SyntaxTree tree) {
		this.entries.keySet().removeIf(function -> function.tree() == tree);
		this.memo.keySet().removeIf(function -> function.tree() == tree);
		this.trace.forget(tree);
	}

	/** The inferred signature of a function. */
	FunctionEntry inferred(Symbol.Function function) {
		FunctionEntry entry = entry(function);
		infer(entry);
		return entry;
	}

	CallTrace trace() {
		return this.trace;
	}

	/** Whether a limit was met. */
	boolean isLimited() {
		return this.limited;
	}

}
