package dev.flin.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.value.ArrayFunction;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.Kinds;

/**
 * Calls built-ins by name with values whose types are known only when they run. Made once for an engine; overloads are
 * prepared when their name is first used.
 */
public final class BuiltinDispatch {

	private static final MethodHandle CHOOSE;

	static {
		try {
			CHOOSE = MethodHandles.lookup()
				.findStatic(BuiltinDispatch.class, "choose", MethodType.methodType(Object.class, String.class,
						List.class, FlinContext.class, Object[].class));
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("the choice between built-ins cannot be reached", ex);
		}
	}

	private final BuiltinCatalog catalog;

	private final Map<String, List<BuiltinOverload>> overloads = new ConcurrentHashMap<>();

	/** What stands in for functions of the host, by their names. */
	private final Map<String, FlinFunction> substitutes = new ConcurrentHashMap<>();

	public BuiltinDispatch(BuiltinCatalog catalog) {
		this.catalog = catalog;
	}

	/**
	 * Lets a function stand in for all overloads of a function of the host.
	 * @throws FlinError when the host has no such function
	 */
	public void substitute(String name, FlinFunction function) {
		if (this.catalog.hostFunctions().values().stream().noneMatch((known) -> known.name().equals(name))) {
			throw new FlinError("there is no function '" + name + "' of the host");
		}
		this.substitutes.put(name, function);
	}

	/** What a call of a function of the host runs. */
	HostFunction.Code host(String signature) {
		HostFunction function = this.catalog.hostFunctions().get(signature);
		if (function == null) {
			throw new FlinBugException("no function of the host: " + signature);
		}
		FlinFunction substitute = this.substitutes.get(function.name());
		return (substitute == null) ? function.code() : (context, arguments) -> substituted(function, substitute,
				arguments);
	}

	/** What stands in has to keep the promise that callers were compiled with. */
	private static @Nullable Object substituted(HostFunction function, FlinFunction substitute,
			@Nullable Object[] arguments) {
		Object result = Fakes.call(substitute, arguments);
		int arrow = function.signature().lastIndexOf("->");
		String type = (arrow < 0) ? "any" : function.signature().substring(arrow + 2).strip();
		return type.matches("[a-z]+\\??") ? TypeDescriptor.parse(type).check(result, "the fake " + function.name())
				: result;
	}

	public BuiltinCatalog catalog() {
		return this.catalog;
	}

	/** Whether a receiver of a class has a built-in of this name for so many further arguments. */
	public boolean has(String name, Class<?> receiver, int argCount) {
		return !candidates(name, receiver, argCount).isEmpty();
	}

	/** Whether receivers of a class, and no others, have a built-in of this name that says something of them. */
	public boolean hasQuestion(String name, Class<?> receiver) {
		for (BuiltinOverload overload : candidates(name, receiver, 0)) {
			if (overload.asks(receiver)) {
				return true;
			}
		}
		return false;
	}

	/** Calls {@code receiver.name(args)}. */
	public @Nullable Object call(FlinContext context, String name, Object receiver, @Nullable Object[] args) {
		@Nullable Object[] all = new @Nullable Object[args.length + 1];
		all[0] = receiver;
		System.arraycopy(args, 0, all, 1, args.length);
		List<BuiltinOverload> candidates = candidates(name, receiver.getClass(), args.length);
		if (candidates.isEmpty()) {
			throw noMethod(name, receiver.getClass(), receiver, args.length);
		}
		return choose(name, candidates, context, all);
	}

	/** Calls {@code name(args)}. */
	public @Nullable Object callFunction(FlinContext context, String name, @Nullable Object[] args) {
		List<BuiltinOverload> candidates = overloads(name).stream()
			.filter(overload -> overload.takesCount(args.length))
			.toList();
		if (candidates.isEmpty()) {
			throw overloads(name).isEmpty() ? new FlinError("undefined function '" + name + "'")
					: new FlinError("'" + name + "' does not take " + count(args.length));
		}
		return choose(name, candidates, context, args);
	}

	/** Reads a value without call syntax, such as {@code now}. */
	public @Nullable Object value(FlinContext context, String name) {
		return callFunction(context, name, new @Nullable Object[0]);
	}

	/** A built-in as a function value. */
	public FlinFunction function(FlinContext context, String name) {
		List<BuiltinOverload> known = overloads(name);
		if (known.isEmpty()) {
			throw new FlinBugException("no built-in '" + name + "'");
		}
		int arity = known.stream().mapToInt(overload -> overload.signature().required()).min().orElse(0);
		return new BuiltinFunction(context, name, Math.max(arity, 1));
	}

	/**
	 * A handle for a call site that has seen receivers of a class: it takes the context, the receiver and so many
	 * further arguments, all as objects, and gives an object.
	 * @return null when there is no such built-in
	 */
	public @Nullable MethodHandle handle(String name, Class<?> receiver, int argCount) {
		List<BuiltinOverload> candidates = candidates(name, receiver, argCount);
		if (candidates.isEmpty()) {
			return null;
		}
		if (candidates.size() == 1 && !candidates.get(0).signature().rest()) {
			return candidates.get(0).handle(receiver, argCount + 1);
		}
		return MethodHandles.insertArguments(CHOOSE, 0, name, candidates).asCollector(Object[].class, argCount + 1);
	}

	private List<BuiltinOverload> candidates(String name, Class<?> receiver, int argCount) {
		List<BuiltinOverload> all = overloads(name);
		List<BuiltinOverload> fitting = new ArrayList<>(all.size());
		for (BuiltinOverload overload : all) {
			if (overload.takesCount(argCount + 1) && overload.takesReceiver(receiver)) {
				fitting.add(overload);
			}
		}
		return fitting;
	}

	private List<BuiltinOverload> overloads(String name) {
		List<BuiltinOverload> known = this.overloads.get(name);
		if (known == null) {
			known = this.catalog.named(name)
				.stream()
				.map(BuiltinOverload::new)
				.toList();
			if (known.isEmpty()) {
				// Names come from programs' data too: unknown ones are not kept.
				return known;
			}
			this.overloads.put(name, known);
		}
		return known;
	}

	private static @Nullable Object choose(String name, List<BuiltinOverload> candidates, FlinContext context,
			@Nullable Object[] args) {
		if (candidates.size() == 1) {
			return candidates.get(0).call(context, args);
		}
		for (BuiltinOverload candidate : candidates) {
			if (candidate.fits(args)) {
				return candidate.call(context, args);
			}
		}
		String given = Arrays.stream(args).map(Kinds::describe).collect(Collectors.joining(", "));
		throw new FlinError("'" + name + "' does not take (" + given + ")");
	}

	private FlinError noMethod(String name, Class<?> type, Object receiver, int argCount) {
		boolean otherCount = overloads(name).stream().anyMatch(overload -> overload.takesReceiver(type));
		return new FlinError(
				otherCount ? "'" + name + "' of " + Kinds.of(receiver) + " does not take " + count(argCount)
						: Kinds.describe(receiver) + " has no '" + name + "'");
	}

	private static String count(int argCount) {
		return argCount + ((argCount == 1) ? " argument" : " arguments");
	}

	private static final class BuiltinFunction extends ArrayFunction {

		private final FlinContext context;

		private BuiltinFunction(FlinContext context, String name, int arity) {
			super(name, arity, arity, false);
			this.context = context;
		}

		@Override
		public @Nullable Object callN(@Nullable Object[] args) {
			return this.context.builtins().callFunction(this.context, name(), args);
		}

	}

}
