package dev.flin.compiler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.lower.EntityParts;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.EntityCode;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.runtime.entity.RecordInstance;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/**
 * The code of an entity in the class of its file; found when it is first needed.
 */
final class EntityUnit implements EntityCode {

	/** The classes of the program. */
	interface Classes {

		Class<?> load(String name) throws ClassNotFoundException;

		/** Whether somebody has loaded a class. */
		boolean isLoaded(String name);

	}

	private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

	private static final MethodType TYPE = MethodType.methodType(FlinList.class, FlinContext.class);

	private final Classes classes;

	private final String className;

	private final String entity;

	private volatile @Nullable Entry entry;

	EntityUnit(Classes classes, String className, String entity) {
		this.classes = classes;
		this.className = className;
		this.entity = entity;
	}

	/**
	 * The method that gives the functions.
	 *
	 * @param maker makes an instance of the file when its code reads variables of the file and no run of it saves; null
	 * when it reads none
	 */
	private record Entry(MethodHandle method, @Nullable MethodHandle maker) {
	}

	@Override
	public List<FlinFunction> functions(FlinContext context) {
		Entry known = this.entry;
		if (known == null) {
			known = find();
			this.entry = known;
		}
		FlinList made = call(known, context);
		List<FlinFunction> functions = new ArrayList<>(made.size());
		for (Object function : made) {
			functions.add((FlinFunction) function);
		}
		return functions;
	}

	@Override
	public RecordInstance prototype() {
		try {
			Class<?> type = this.classes.load(EntityParts.className(this.className, this.entity));
			return (RecordInstance) LOOKUP
				.findConstructor(type, MethodType.methodType(void.class, EntitySession.class))
				.invoke(null);
		}
		catch (Throwable ex) {
			throw new FlinBugException("the class of " + this.entity + " cannot be reached", ex);
		}
	}

	@Override
	public @Nullable RecordInstance loadedPrototype() {
		return this.classes.isLoaded(EntityParts.className(this.className, this.entity)) ? prototype() : null;
	}

	/** An instance of a file runs in a context: entities of the file that the run saves see its variables. */
	static <T> void running(T unit, FlinContext context) {
		@SuppressWarnings("unchecked")
		Class<T> type = (Class<T>) unit.getClass();
		context.service(type, unit);
	}

	private FlinList call(Entry found, FlinContext context) {
		MethodHandle maker = found.maker();
		try {
			if (maker == null) {
				return (FlinList) found.method().invoke(context);
			}
			Object running = context.service(maker.type().returnType());
			return (FlinList) found.method().invoke((running != null) ? running : maker.invoke(), context);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new FlinBugException("the code of " + this.entity + " cannot be reached", ex);
		}
	}

	private Entry find() {
		try {
			Class<?> type = this.classes.load(this.className);
			String name = EntityParts.functionName(this.entity);
			try {
				return new Entry(LOOKUP.findStatic(type, name, TYPE), null);
			}
			catch (IllegalAccessException | NoSuchMethodException notStatic) {
				return new Entry(LOOKUP.findVirtual(type, name, TYPE),
						LOOKUP.findConstructor(type, MethodType.methodType(void.class)));
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("the code of " + this.entity + " cannot be reached", ex);
		}
	}

}
