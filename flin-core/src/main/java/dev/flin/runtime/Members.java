package dev.flin.runtime;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.value.Attempt;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.HasMembers;
import dev.flin.value.Kinds;

/**
 * Members of values whose types are known only when they run: {@code v.name}, {@code v.name = x}, {@code v.name(…)} and
 * {@code v(…)}.
 */
public final class Members {

	private static final @Nullable Object[] NO_ARGS = {};

	/** Names of built-ins that what comes from outside has as keys, or might have. */
	private static final Set<String> USUAL_KEYS = Set.of("count", "items", "length", "size");

	private Members() {
	}

	/**
	 * Reads {@code v.name}. A key or field wins over a method without arguments; a map or entity that has neither gives
	 * none.
	 * @param expression how {@code v} is written, for the message
	 */
	public static @Nullable Object getMember(FlinContext context, @Nullable Object value, String name,
			@Nullable String expression) {
		if (value instanceof FlinMap map) {
			Object found = map.get(name);
			if (found != null || map.containsKey(name)) {
				return found;
			}
		}
		else if (value == null) {
			throw Failures.none(expression, "it has no '" + name + "'");
		}
		else if (hasOwn(value, name)) {
			return own(value, name);
		}
		ProgramMethods methods = context.service(ProgramMethods.class);
		if (methods != null && methods.has(value, name)) {
			return methods.call(context, value, name, NO_ARGS);
		}
		// A key that is missing is none: what can be asked of anything was not meant, nor what records often have.
		if ((value instanceof FlinMap)
				? !USUAL_KEYS.contains(name) && context.builtins().hasQuestion(name, FlinMap.class)
				: context.builtins().has(name, value.getClass(), 0)) {
			return context.builtins().call(context, name, value, NO_ARGS);
		}
		if (value instanceof FlinMap || value instanceof EntityInstance || value instanceof HasMembers) {
			return null;
		}
		throw noMember(value, name);
	}

	/** Reads {@code v?.name}. */
	public static @Nullable Object getMemberSafe(FlinContext context, @Nullable Object value, String name,
			@Nullable String expression) {
		return (value == null) ? null : getMember(context, value, name, expression);
	}

	/** Reads {@code v.name} where a bare name is always a key: {@code body}, {@code params} and the like. */
	public static @Nullable Object getKey(@Nullable Object value, String name, @Nullable String expression) {
		return switch (value) {
			case FlinMap map -> map.get(name);
			case null -> throw Failures.none(expression, "it has no '" + name + "'");
			default -> {
				if (hasOwn(value, name)) {
					yield own(value, name);
				}
				if (value instanceof HasMembers || value instanceof EntityInstance) {
					yield null;
				}
				throw noMember(value, name);
			}
		};
	}

	/**
	 * Reads {@code body.name} and the like: of a map always the key; what is no map, such as a body of plain text, has
	 * its own members.
	 */
	public static @Nullable Object getKeyOf(FlinContext context, @Nullable Object value, String name,
			@Nullable String expression) {
		return (value instanceof FlinMap map) ? map.get(name) : getMember(context, value, name, expression);
	}

	/** Writes {@code v.name = x}. */
	public static void setMember(@Nullable Object value, String name, @Nullable Object member,
			@Nullable String expression) {
		switch (value) {
			case FlinMap map -> map.put(name, member);
			case EntityInstance entity -> setField(entity, name, member);
			case HasMembers members -> members.setMember(name, member);
			case null -> throw Failures.none(expression, "cannot assign to its '" + name + "'");
			default -> throw new FlinError("cannot assign to '" + name + "' of " + Kinds.describe(value));
		}
	}

	/** Calls {@code v.name(args)}: a member that is a function, a method of the program, or a built-in. */
	public static @Nullable Object callMethod(FlinContext context, @Nullable Object value, String name,
			@Nullable Object[] args, @Nullable String expression) {
		if (value == null) {
			throw Failures.none(expression, "it has no '" + name + "'");
		}
		if (value instanceof FlinMap map) {
			if (map.get(name) instanceof FlinFunction function) {
				return function.callN(args);
			}
		}
		else if (hasOwn(value, name) && own(value, name) instanceof FlinFunction function) {
			return function.callN(args);
		}
		ProgramMethods methods = context.service(ProgramMethods.class);
		if (methods != null && methods.has(value, name)) {
			return methods.call(context, value, name, args);
		}
		return context.builtins().call(context, name, value, args);
	}

	/** Calls {@code v?.name(args)}. */
	public static @Nullable Object callMethodSafe(FlinContext context, @Nullable Object value, String name,
			@Nullable Object[] args, @Nullable String expression) {
		return (value == null) ? null : callMethod(context, value, name, args, expression);
	}

	/** The function that {@code v(…)} calls. */
	public static FlinFunction function(@Nullable Object value, @Nullable String expression) {
		if (value instanceof FlinFunction function) {
			return function;
		}
		String subject = (expression == null || expression.isEmpty()) ? "the value" : "'" + expression + "'";
		throw new FlinError(subject + " is not a function but " + Kinds.describe(value));
	}

	/** Calls {@code v(args)}. */
	public static @Nullable Object call(@Nullable Object value, @Nullable Object[] args, @Nullable String expression) {
		return function(value, expression).callN(args);
	}

	/** Calls {@code v()}. */
	public static @Nullable Object call0(@Nullable Object value, @Nullable String expression) {
		return function(value, expression).call0();
	}

	/** Calls {@code v(a)}. */
	public static @Nullable Object call1(@Nullable Object value, @Nullable Object a, @Nullable String expression) {
		return function(value, expression).call1(a);
	}

	/** Calls {@code v(a, b)}. */
	public static @Nullable Object call2(@Nullable Object value, @Nullable Object a, @Nullable Object b,
			@Nullable String expression) {
		return function(value, expression).call2(a, b);
	}

	/**
	 * A record that there should be.
	 * @param use what is done with it, for the message
	 */
	public static Object record(@Nullable Object value, String use, @Nullable String expression) {
		if (value == null) {
			throw Failures.none(expression, use);
		}
		return value;
	}

	/** A field or metadata of an entity by name, none when it has no such field. */
	static @Nullable Object field(EntityInstance entity, String name) {
		if (entity instanceof HasMembers members && members.hasMember(name)) {
			return members.member(name);
		}
		int slot = entity.shape().slotOf(name);
		return (slot >= 0) ? entity.get(slot) : metadata(entity, name);
	}

	static void setField(EntityInstance entity, String name, @Nullable Object value) {
		if (entity.isPast()) {
			throw new FlinError("cannot assign to '" + name + "' of a past version of " + entity.shape().name());
		}
		int slot = entity.shape().slotOf(name);
		if (slot >= 0) {
			entity.set(slot, value);
		}
		else if (entity instanceof HasMembers members && members.hasMember(name)) {
			members.setMember(name, value);
		}
		else {
			throw new FlinError(entity.shape().name() + " has no field '" + name + "'");
		}
	}

	private static boolean hasOwn(Object value, String name) {
		return switch (value) {
			case EntityInstance entity -> entity.shape().slotOf(name) >= 0 || isMetadata(name)
					|| (entity instanceof HasMembers members && members.hasMember(name));
			case HasMembers members -> members.hasMember(name);
			case FlinTuple tuple -> item(tuple, name) >= 0;
			case FlinError error -> isErrorMember(name);
			case Attempt attempt -> isAttemptMember(name);
			default -> false;
		};
	}

	private static @Nullable Object own(Object value, String name) {
		return switch (value) {
			case EntityInstance entity -> field(entity, name);
			case HasMembers members -> members.member(name);
			case FlinTuple tuple -> tuple.get(item(tuple, name));
			case FlinError error -> errorMember(error, name);
			case Attempt attempt -> attemptMember(attempt, name);
			default -> null;
		};
	}

	/** The index of {@code pair.0}; -1 when the tuple has no such item. */
	private static int item(FlinTuple tuple, String name) {
		int index = (name.length() == 1) ? name.charAt(0) - '0' : name.matches("[1-9]\\d{1,3}")
				? Integer.parseInt(name) : -1;
		return (index >= 0 && index < tuple.size()) ? index : -1;
	}

	private static boolean isMetadata(String name) {
		return switch (name) {
			case "id", "version", "version_number", "created_at", "updated_at", "deleted_at", "valid_from", "valid_to",
					"is_new", "is_past_version" ->
				true;
			default -> false;
		};
	}

	/** What every entity has without declaring it, none for other names. */
	public static @Nullable Object metadata(EntityInstance entity, String name) {
		return switch (name) {
			case "id" -> entity.id();
			case "version", "version_number" -> entity.version();
			case "created_at" -> entity.createdAt();
			case "updated_at" -> entity.updatedAt();
			case "deleted_at" -> entity.deletedAt();
			case "valid_from" -> entity.validFrom();
			case "valid_to" -> entity.validTo();
			case "is_new" -> entity.isNew();
			case "is_past_version" -> entity.isPast();
			default -> null;
		};
	}

	private static boolean isErrorMember(String name) {
		return List.of("code", "message", "cause", "trace", "fields").contains(name);
	}

	/** A member of an error value. */
	public static @Nullable Object errorMember(FlinError error, String name) {
		return switch (name) {
			case "code" -> error.code();
			case "message" -> error.message();
			case "cause" -> (error.getCause() instanceof FlinError cause) ? cause : null;
			case "trace" -> FlinList.copyOf(error.flinTrace());
			case "fields" -> FlinMap.copyOf(error.fields());
			default -> throw noMember(error, name);
		};
	}

	private static boolean isAttemptMember(String name) {
		return name.equals("ok") || name.equals("value") || name.equals("error");
	}

	/** A member of the value of {@code try e}. */
	public static @Nullable Object attemptMember(Attempt attempt, String name) {
		return switch (name) {
			case "ok" -> attempt.ok();
			case "value" -> attempt.value();
			case "error" -> attempt.error();
			default -> throw noMember(attempt, name);
		};
	}

	private static FlinError noMember(Object value, String name) {
		return new FlinError(Kinds.of(value) + " has no '" + name + "'");
	}

}
