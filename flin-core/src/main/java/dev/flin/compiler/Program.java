package dev.flin.compiler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrGuard;
import dev.flin.ir.IrInput;
import dev.flin.ir.IrMessage;
import dev.flin.ir.IrMiddleware;
import dev.flin.ir.IrRoute;
import dev.flin.ir.IrSocket;
import dev.flin.ir.IrTest;
import dev.flin.ir.IrUnit;
import dev.flin.ir.PromptCode;
import dev.flin.lower.EntityParts;
import dev.flin.lower.ProgramLowering;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.ProgramMethods;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.runtime.entity.EntityDefinition;
import dev.flin.runtime.link.Handlers;
import dev.flin.runtime.link.Script;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.Kinds;

/**
 * A compiled application. Immutable and safe for many threads; a later compilation makes another one, and what runs in
 * this one goes on undisturbed.
 */
public final class Program {

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

	/**
	 * The code of one file.
	 *
	 * @param className the class of the unit
	 * @param shared whether the program has one instance of its variables
	 * @param code its classes
	 */
	record Unit(String className, boolean shared, boolean view, Web web, UnitCode code) {

		/** The class of an entity: loaded alone, so that instances outlive a change of the code around it. */
		static Unit of(String className, UnitCode code) {
			return new Unit(className, false, false, new Web(List.of(), List.of(), List.of(), List.of(), List.of(),
					List.of(), null, null), code);
		}

	}

	/**
	 * What a file declares for its host: for the web, and its tests.
	 *
	 * @param routes its routes
	 * @param sockets its WebSockets
	 * @param guards the guards of the whole file, which stand before its page too
	 * @param middleware its middleware
	 * @param tests its tests
	 * @param messages the messages that it asks for
	 * @param layout the layout that its page chooses: empty for none, null when it says nothing
	 * @param query what the query of its page must be; null when it says nothing
	 */
	public record Web(List<IrRoute> routes, List<IrSocket> sockets, List<IrGuard> guards,
			List<IrMiddleware> middleware, List<IrTest> tests, List<IrMessage> messages, @Nullable String layout,
			@Nullable List<IrInput> query) {

		public Web {
			routes = List.copyOf(routes);
			sockets = List.copyOf(sockets);
			guards = List.copyOf(guards);
			middleware = List.copyOf(middleware);
			tests = List.copyOf(tests);
			messages = List.copyOf(messages);
		}

		static Web of(IrUnit unit) {
			List<IrRoute> routes = new ArrayList<>(unit.routes().size());
			for (IrRoute route : unit.routes()) {
				routes.add(route.withPrompt(!route.events() && !route.idempotent()
						&& PromptCode.is(unit.hostCode().get(route.code()))));
			}
			return new Web(routes, unit.sockets(), unit.guards(), unit.middleware(), unit.tests(),
					List.copyOf(unit.messages()), unit.layout(), unit.query());
		}

	}

	private final Map<String, Unit> units;

	/** The units of files and entities, by the names of their classes. */
	private final Map<String, Unit> loaded = new LinkedHashMap<>();

	private final Map<String, UnitLoader> loaders = new HashMap<>();

	private final Map<String, Map<String, ProgramLowering.Method>> methods = new HashMap<>();

	/** What makes the function values of methods, by their classes. */
	private final Map<String, MethodHandle> makers = new ConcurrentHashMap<>();

	/** What makes the instances of units, by the paths of their files: each run and each component needs one. */
	private final Map<String, MethodHandle> instanceMakers = new ConcurrentHashMap<>();

	private final ProgramMethods methodsOfValues = new Methods();

	/** The paths of the files of which each run has its own variables, and entities whose code may look at them. */
	private final Set<String> withEntities = new HashSet<>();

	/** The paths of the files of entities, by their names. */
	private final Map<String, String> entityPaths = new HashMap<>();

	private EntityCatalog entities = new EntityCatalog(List.of(), Map.of());

	private Program(Map<String, Unit> units, List<Unit> records) {
		this.units = units;
		units.values().forEach(unit -> this.loaded.put(unit.className(), unit));
		records.forEach(unit -> this.loaded.put(unit.className(), unit));
	}

	/** The entities of all files. */
	public EntityCatalog entities() {
		return this.entities;
	}

	/** Gives the entities of the program their code. */
	void declare(EntityDefinitions definitions) {
		List<EntityDefinition> all = new ArrayList<>();
		for (EntityDefinition definition : definitions.all()) {
			String path = definitions.paths().get(definition.name());
			this.entityPaths.put(definition.name(), path);
			Unit unit = this.units.get(path);
			if (unit != null && !unit.shared()) {
				this.withEntities.add(path);
			}
			all.add((unit != null) ? definition.withCode(new EntityUnit(new Loading(), unit.className(),
					definition.name()))
					: definition);
		}
		this.entities = new EntityCatalog(all, definitions.enums());
	}

	/** Gives every unit a loader: its old one when neither it nor anything that it calls has changed. */
	static Program link(Map<String, Unit> units, List<Unit> records, List<ProgramLowering.Method> methods,
			ClassLoader parent, @Nullable Program before) {
		Program program = new Program(new LinkedHashMap<>(units), records);
		Set<String> changed = (before != null) ? program.changedSince(before) : null;
		for (Unit unit : program.loaded.values()) {
			UnitLoader kept = (changed != null && before != null && !changed.contains(unit.className()))
					? before.loaders.get(unit.className()) : null;
			program.loaders.put(unit.className(),
					(kept != null) ? kept : new UnitLoader(parent, unit.className(), unit.code()));
		}
		for (Unit unit : program.loaded.values()) {
			UnitLoader loader = program.loaders.get(unit.className());
			boolean fresh = before == null || before.loaders.get(unit.className()) != loader;
			if (loader != null && fresh) {
				loader.link(program.loaders);
			}
			else if (loader != null) {
				loader.settle();
			}
		}
		for (ProgramLowering.Method method : methods) {
			program.methods.computeIfAbsent(method.type(), type -> new HashMap<>()).put(method.name(), method);
		}
		return program;
	}

	private Set<String> changedSince(Program before) {
		Set<String> changed = new HashSet<>();
		for (Unit unit : this.loaded.values()) {
			Unit old = before.loaded.get(unit.className());
			if (old == null || !old.code().isSame(unit.code())) {
				changed.add(unit.className());
			}
		}
		for (Unit old : before.loaded.values()) {
			if (!this.loaded.containsKey(old.className())) {
				changed.add(old.className());
			}
		}
		boolean more = true;
		while (more) {
			more = false;
			for (Unit unit : this.loaded.values()) {
				if (!changed.contains(unit.className())
						&& unit.code().references().stream().anyMatch(changed::contains)) {
					more = changed.add(unit.className());
				}
			}
		}
		return changed;
	}

	private @Nullable UnitLoader loaderOf(String className) {
		UnitLoader loader = this.loaders.get(EntityParts.unitOf(className));
		return (loader != null && loader.has(className)) ? loader : null;
	}

	/** The paths of all files. */
	public Set<String> paths() {
		return Set.copyOf(this.units.keySet());
	}

	/** A new run of a file: its variables are its own. */
	public Script script(String path) {
		if (make(path) instanceof Script script) {
			return script;
		}
		throw new FlinError(path + " is a page or component: it is rendered, not run");
	}

	private Object make(String path) {
		MethodHandle maker = this.instanceMakers.get(path);
		if (maker == null) {
			maker = instanceMaker(path);
			this.instanceMakers.put(path, maker);
		}
		try {
			return (Object) maker.invokeExact();
		}
		catch (Throwable ex) {
			throw new FlinBugException("an instance of " + path + " cannot be made", ex);
		}
	}

	private MethodHandle instanceMaker(String path) {
		Unit unit = this.units.get(path);
		if (unit == null) {
			throw new IllegalArgumentException("no file " + path);
		}
		try {
			return LOOKUP.findConstructor(load(unit.className()), MethodType.methodType(void.class))
				.asType(MethodType.methodType(Object.class));
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("unit " + unit.className() + " cannot be made", ex);
		}
	}

	/**
	 * Runs the top level of a file in a context. The top levels of the files that all share run once for the program,
	 * before.
	 */
	public @Nullable Object run(String path, FlinContext context) {
		context.service(ProgramMethods.class, this.methodsOfValues);
		Script script = script(path);
		running(path, script, context);
		return script.run(context);
	}

	/** Lets the code of entities of a file see the variables of the run of this file that saves. */
	private void running(String path, Object unit, FlinContext context) {
		if (this.withEntities.contains(path)) {
			EntityUnit.running(unit, context);
		}
	}

	/** What the files declare for the web, by path. */
	public Map<String, Web> web() {
		Map<String, Web> web = new LinkedHashMap<>();
		this.units.forEach((path, unit) -> web.put(path, unit.web()));
		return web;
	}

	/**
	 * Runs code that a file has for its host, on a new instance of the file's unit.
	 * @param code its index, as what the file declares for the web names it
	 */
	public @Nullable Object call(String path, int code, FlinContext context) {
		context.service(ProgramMethods.class, this.methodsOfValues);
		Handlers unit = (Handlers) make(path);
		running(path, unit, context);
		return unit.handle(context, code);
	}

	/** Lets a context call the methods of this program on receivers whose type is known only when they run. */
	public void bind(FlinContext context) {
		context.service(ProgramMethods.class, this.methodsOfValues);
	}

	/** Whether a file has markup at its top level. */
	public boolean isView(String path) {
		Unit unit = this.units.get(path);
		return unit != null && unit.view();
	}

	/**
	 * A page or component ready to be rendered once.
	 * @param type what the view side calls a component
	 */
	public <T> T component(String path, Class<T> type) {
		return type.cast(make(path));
	}

	/** Runs the top level of every shared file, in the order of the files. Called once, before anything else. */
	public void start(FlinContext context) {
		start(context, null);
	}

	/**
	 * As {@link #start(FlinContext)}, but takes over the variables of files that ran for the program before.
	 * @param before a program of the same files, but for those that nothing shares
	 */
	public void start(FlinContext context, @Nullable Program before) {
		context.service(ProgramMethods.class, this.methodsOfValues);
		for (Map.Entry<String, Unit> entry : this.units.entrySet()) {
			String name = entry.getValue().className();
			if (entry.getValue().shared() && before != null && before.loaders.containsKey(name)) {
				takeOver(name, before);
			}
			else if (entry.getValue().shared()) {
				script(entry.getKey()).run(context);
			}
		}
	}

	/** Runs the top levels of the shared files that the code of an entity may use, for a migration. */
	public void prepareEntity(String entity, FlinContext context) {
		String path = this.entityPaths.get(entity);
		if (path != null) {
			prepare(path, context);
		}
	}

	/**
	 * Runs the top levels of the shared files that a file may use: a migration runs before {@link #start}, which runs
	 * them once more when the records are what they shall be.
	 */
	public void prepare(String path, FlinContext context) {
		Unit first = this.units.get(path);
		Set<String> used = new HashSet<>();
		Deque<Unit> left = new ArrayDeque<>();
		if (first != null) {
			left.add(first);
		}
		while (!left.isEmpty()) {
			Unit unit = left.remove();
			if (used.add(unit.className())) {
				unit.code().references().stream().map(this.loaded::get).filter(Objects::nonNull).forEach(left::add);
			}
		}
		this.units.forEach((file, unit) -> {
			if (unit.shared() && used.contains(unit.className())) {
				script(file).run(context);
			}
		});
	}

	/** The same file can have other code than before, because other functions of it are called. */
	private void takeOver(String className, Program before) {
		try {
			Class<?> from = before.load(className);
			Class<?> to = load(className);
			for (Field field : (from == to) ? new Field[0] : from.getFields()) {
				if (Modifier.isStatic(field.getModifiers())) {
					to.getField(field.getName()).set(null, field.get(null));
				}
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("the variables of " + className + " cannot be taken over", ex);
		}
	}

	/** The bytes of all classes, for tests and tools. */
	public Map<String, byte[]> classes() {
		Map<String, byte[]> all = new LinkedHashMap<>();
		this.loaded.values().forEach(unit -> all.putAll(unit.code().classes()));
		return all;
	}

	private Class<?> load(String className) throws ClassNotFoundException {
		UnitLoader loader = loaderOf(className);
		if (loader == null) {
			throw new ClassNotFoundException(className);
		}
		return loader.loadClass(className);
	}

	/** The classes of entities, for their code. */
	private final class Loading implements EntityUnit.Classes {

		@Override
		public Class<?> load(String name) throws ClassNotFoundException {
			return Program.this.load(name);
		}

		@Override
		public boolean isLoaded(String name) {
			UnitLoader loader = Program.this.loaders.get(EntityParts.unitOf(name));
			return loader != null && loader.isLoaded(name);
		}

	}

	/** The methods of {@code impl} blocks for receivers whose type is known only now. */
	private final class Methods implements ProgramMethods {

		@Override
		public boolean has(Object receiver, String name) {
			Map<String, ProgramLowering.Method> known = Program.this.methods.get(typeName(receiver));
			return known != null && known.containsKey(name);
		}

		@Override
		public @Nullable Object call(FlinContext context, Object receiver, String name, @Nullable Object[] args) {
			ProgramLowering.Method method = Program.this.methods.getOrDefault(typeName(receiver), Map.of()).get(name);
			if (method == null) {
				throw new FlinBugException("no method " + name + " of " + typeName(receiver));
			}
			@Nullable Object[] all = new @Nullable Object[args.length + 1];
			all[0] = receiver;
			System.arraycopy(args, 0, all, 1, args.length);
			return function(method, context).callN(all);
		}

		private FlinFunction function(ProgramLowering.Method method, FlinContext context) {
			try {
				return (FlinFunction) maker(method).invokeExact(context);
			}
			catch (Throwable ex) {
				throw new FlinBugException("method " + method.name() + " cannot be reached", ex);
			}
		}

		private static MethodHandle find(Class<?> type) throws ReflectiveOperationException {
			return LOOKUP.findConstructor(type, MethodType.methodType(void.class, FlinContext.class))
				.asType(MethodType.methodType(FlinFunction.class, FlinContext.class));
		}

		private MethodHandle maker(ProgramLowering.Method method) throws ReflectiveOperationException {
			MethodHandle known = Program.this.makers.get(method.closureClass());
			if (known == null) {
				known = find(load(method.closureClass()));
				Program.this.makers.put(method.closureClass(), known);
			}
			return known;
		}

		private static String typeName(Object receiver) {
			return switch (receiver) {
				case EntityInstance entity -> entity.shape().name();
				case EnumValue choice -> choice.type().name();
				default -> Kinds.of(receiver);
			};
		}

	}

}
