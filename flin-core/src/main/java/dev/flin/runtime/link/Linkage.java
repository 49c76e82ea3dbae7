package dev.flin.runtime.link;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Members;
import dev.flin.runtime.ProgramMethods;
import dev.flin.value.Attempt;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.HasMembers;

/**
 * Links the call sites of operations that are chosen by their operands. A site remembers what it did for the classes of
 * receivers that it has seen, up to a few; whatever comes then takes the general way.
 */
public final class Linkage {

	private static final int CLASSES_MAX = 4;

	private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

	private static final MethodHandle IS_OF = find("isOf",
			MethodType.methodType(boolean.class, Class.class, FlinContext.class, Object.class));

	private static final MethodHandle MAP_MEMBER = find("mapMember", MethodType.methodType(Object.class, String.class,
			String.class, FlinContext.class, Object.class));

	private static final MethodHandle GET_MEMBER = find("getMember", MethodType.methodType(Object.class, String.class,
			String.class, FlinContext.class, Object.class));

	private static final MethodHandle CALL_METHOD = find("callMethod", MethodType.methodType(Object.class, String.class,
			String.class, FlinContext.class, Object.class, Object[].class));

	private static final MethodHandle MAP_KEY = find("mapKey",
			MethodType.methodType(Object.class, String.class, FlinContext.class, Object.class));

	private static final MethodHandle GET_KEY = find("getKey", MethodType.methodType(Object.class, String.class,
			String.class, FlinContext.class, Object.class));

	private static final MethodHandle SET_MEMBER = find("setMember", MethodType.methodType(Object.class, String.class,
			String.class, FlinContext.class, Object.class, Object.class));

	private static final MethodHandle PUT_MEMBER = find("putMember", MethodType.methodType(Object.class, String.class,
			FlinContext.class, Object.class, Object.class));

	private static final MethodHandle GET_SLOT = find("getSlot",
			MethodType.methodType(Object.class, int.class, FlinContext.class, Object.class));

	private static final MethodHandle SET_SLOT = find("setSlot",
			MethodType.methodType(Object.class, int.class, FlinContext.class, Object.class, Object.class));

	private static final MethodHandle MISS = find("miss",
			MethodType.methodType(Object.class, Site.class, Object[].class));

	private Linkage() {
	}

	/**
	 * Links one call site. It takes the context, the receiver and further operands, all boxed.
	 * @param operation {@code getMember}, {@code getKey}, {@code setMember} or {@code callMethod}
	 * @param name the member
	 * @param what how the receiver is written, for messages
	 */
	public static CallSite bootstrap(MethodHandles.Lookup lookup, String operation, MethodType type, String name,
			String what) {
		return new Site(operation, type, name, what);
	}

	private static final class Site extends MutableCallSite {

		private final String operation;

		private final String name;

		private final MethodHandle general;

		private int classes;

		Site(String operation, MethodType type, String name, String what) {
			super(type);
			this.operation = operation;
			this.name = name;
			int args = type.parameterCount() - 2;
			this.general = switch (operation) {
				case "getMember" -> MethodHandles.insertArguments(GET_MEMBER, 0, name, what).asType(type);
				case "getKey" -> MethodHandles.insertArguments(GET_KEY, 0, name, what).asType(type);
				case "setMember" -> MethodHandles.insertArguments(SET_MEMBER, 0, name, what).asType(type);
				case "callMethod" ->
					MethodHandles.insertArguments(CALL_METHOD, 0, name, what).asCollector(Object[].class, args)
							.asType(type);
				default -> throw new FlinBugException("unknown operation " + operation);
			};
			setTarget(MISS.bindTo(this).asCollector(Object[].class, type.parameterCount()).asType(type));
		}

		/** Puts a test for the receiver's class before what the site does now. */
		private MethodHandle learn(FlinContext context, @Nullable Object receiver) {
			MethodHandle target = (receiver != null) ? special(context, receiver) : null;
			if (target == null || receiver == null || this.classes >= CLASSES_MAX) {
				if (this.classes >= CLASSES_MAX) {
					setTarget(this.general);
				}
				return this.general;
			}
			this.classes++;
			MethodHandle own = (receiver instanceof EntityInstance entity) ? entity.tester() : null;
			MethodHandle test = (own != null) ? own
					: MethodHandles.insertArguments(IS_OF, 0, receiver.getClass());
			setTarget(MethodHandles.guardWithTest(test.asType(type().dropParameterTypes(2, type().parameterCount())
				.changeReturnType(boolean.class)), target, getTarget()));
			return target;
		}

		/** What the site does for receivers of a class; null where each receiver has to be looked at. */
		private @Nullable MethodHandle special(FlinContext context, Object receiver) {
			if (receiver instanceof FlinMap) {
				return switch (this.operation) {
					case "getMember" -> MethodHandles.insertArguments(MAP_MEMBER, 0, this.name, "").asType(type());
					case "getKey" -> MethodHandles.insertArguments(MAP_KEY, 0, this.name).asType(type());
					case "setMember" -> MethodHandles.insertArguments(PUT_MEMBER, 0, this.name).asType(type());
					default -> this.general;
				};
			}
			if (receiver instanceof EntityInstance entity) {
				return ofEntity(entity);
			}
			boolean calls = this.operation.equals("getMember") || this.operation.equals("callMethod");
			if (!calls || hasMembers(receiver)) {
				return this.general;
			}
			ProgramMethods methods = context.service(ProgramMethods.class);
			if (methods != null && methods.has(receiver, this.name)) {
				return null;
			}
			MethodHandle builtin = context.builtins().handle(this.name, receiver.getClass(), type()
					.parameterCount() - 2);
			return (builtin != null) ? builtin.asType(type()) : null;
		}

		private static boolean hasMembers(Object receiver) {
			return receiver instanceof EnumValue || receiver instanceof HasMembers || receiver instanceof FlinError
					|| receiver instanceof Attempt || receiver instanceof FileValue;
		}

		private MethodHandle ofEntity(EntityInstance entity) {
			int slot = entity.hasOwnClass() ? entity.shape().slotOf(this.name) : -1;
			if (slot < 0) {
				return this.general;
			}
			return switch (this.operation) {
				case "getMember", "getKey" -> access(entity.reader(slot), GET_SLOT, slot);
				case "setMember" -> access(entity.writer(slot), SET_SLOT, slot);
				default -> this.general;
			};
		}

		/** @param fast null when there is but the other way */
		private MethodHandle access(@Nullable MethodHandle fast, MethodHandle other, int slot) {
			return ((fast != null) ? fast : MethodHandles.insertArguments(other, 0, slot)).asType(type());
		}

	}

	private static @Nullable Object miss(Site site, @Nullable Object[] operands) throws Throwable {
		FlinContext context = (FlinContext) operands[0];
		if (context == null) {
			throw new FlinBugException("a call site without a context");
		}
		return site.learn(context, operands[1]).invokeWithArguments(operands);
	}

	private static boolean isOf(Class<?> type, FlinContext context, @Nullable Object value) {
		return value != null && value.getClass() == type;
	}

	private static @Nullable Object mapMember(String name, String what, FlinContext context, @Nullable Object value) {
		Object found = (value instanceof FlinMap map) ? map.get(name) : null;
		return (found != null) ? found : Members.getMember(context, value, name, what);
	}

	private static @Nullable Object mapKey(String name, FlinContext context, @Nullable Object value) {
		return (value instanceof FlinMap map) ? map.get(name) : null;
	}

	private static @Nullable Object getKey(String name, String what, FlinContext context, @Nullable Object value) {
		return Members.getKey(value, name, what);
	}

	private static @Nullable Object getMember(String name, String what, FlinContext context, @Nullable Object value) {
		return Members.getMember(context, value, name, what);
	}

	private static @Nullable Object setMember(String name, String what, FlinContext context, @Nullable Object value,
			@Nullable Object member) {
		Members.setMember(value, name, member, what);
		return null;
	}

	private static @Nullable Object putMember(String name, FlinContext context, @Nullable Object value,
			@Nullable Object member) {
		if (value instanceof FlinMap map) {
			map.put(name, member);
		}
		return null;
	}

	private static @Nullable Object getSlot(int slot, FlinContext context, @Nullable Object value) {
		return (value instanceof EntityInstance entity) ? entity.get(slot) : null;
	}

	private static @Nullable Object setSlot(int slot, FlinContext context, @Nullable Object value,
			@Nullable Object member) {
		if (value instanceof EntityInstance entity) {
			entity.set(slot, member);
		}
		return null;
	}

	private static @Nullable Object callMethod(String name, String what, FlinContext context, @Nullable Object value,
			@Nullable Object[] args) {
		return Members.callMethod(context, value, name, args, what);
	}

	private static MethodHandle find(String name, MethodType type) {
		try {
			return OWN.findStatic(Linkage.class, name, type);
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("no " + name, ex);
		}
	}

}
