package dev.flin.runtime.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Indexing;
import dev.flin.runtime.Members;
import dev.flin.runtime.TypeDescriptor;
import dev.flin.value.ArrayFunction;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumType;
import dev.flin.value.EnumValue;
import dev.flin.value.Equality;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.FlinTuple;
import dev.flin.value.HasMembers;
import dev.flin.value.Kinds;
import dev.flin.value.Money;
import dev.flin.value.Regex;

/** What generated code asks of values, where no operator or built-in says it. */
public final class Values {

	private Values() {
	}

	/** A type as a constant. */
	public static Object descriptor(String type) {
		return TypeDescriptor.parse(type);
	}

	public static @Nullable Object check(@Nullable Object value, Object descriptor, @Nullable String what) {
		return ((TypeDescriptor) descriptor).check(value, what);
	}

	public static boolean matches(@Nullable Object value, Object descriptor) {
		return ((TypeDescriptor) descriptor).matches(value);
	}

	/** A sum of money: nothing was added up when it is an int 0. */
	public static Money totalMoney(Object sum) {
		return (sum instanceof Money money) ? money : Money.NOTHING;
	}

	/** A sum of durations: nothing was added up when it is an int 0. */
	public static Duration totalDuration(Object sum) {
		return (sum instanceof Duration duration) ? duration : Duration.ZERO;
	}

	/** A number where an int may have come; none stays none. */
	public static @Nullable Object widen(@Nullable Object value) {
		return (value instanceof Long number) ? (Object) number.doubleValue() : value;
	}

	/** An amount of money as a constant. */
	public static Money money(String amount, String currency) {
		return Money.of(new BigDecimal(amount), currency);
	}

	/** Bytes as a constant: the UTF-8 form of a text, which may be too long for one constant. */
	public static byte[] bytes(String... parts) {
		return String.join("", parts).getBytes(StandardCharsets.UTF_8);
	}

	/** A regular expression as a constant. */
	public static Object regex(String pattern, String flags) {
		return Regex.of(pattern, flags);
	}

	/** The keys of a record literal as a constant. */
	public static FlinMap shape(String... keys) {
		return FlinMap.shape(keys);
	}

	/** An enum as a constant. */
	public static Object enumType(String name, String... variants) {
		return EnumType.of(name, variants);
	}

	/**
	 * A variant as a constant.
	 * @param use {@code value} for the value of one that carries nothing, {@code maker} for what makes the others
	 * @param choice the function that gives the enum
	 */
	public static EnumValue variant(MethodHandles.Lookup caller, String use, Class<?> type, MethodHandle choice,
			int ordinal) throws Throwable {
		EnumType known = (EnumType) choice.invoke(null);
		return use.equals("maker") ? known.maker(ordinal) : known.value(ordinal);
	}

	/** The record of a {@code try} that succeeded. */
	public static FlinMap success(@Nullable Object value) {
		return FlinMap.of("ok", true, "value", value, "error", null);
	}

	/** The record of a {@code try} that failed. */
	public static FlinMap failure(FlinError error) {
		return FlinMap.of("ok", false, "value", null, "error", error);
	}

	/** JavaScript's word for the kind of a value. */
	public static String typeOf(@Nullable Object value) {
		return switch (value) {
			case null -> "undefined";
			case String text -> "string";
			case Boolean bool -> "boolean";
			case Number number -> "number";
			case FlinFunction function -> "function";
			default -> "object";
		};
	}

	public static boolean hasNext(Object iterator) {
		return ((Iterator<?>) iterator).hasNext();
	}

	public static @Nullable Object next(Object iterator) {
		return ((Iterator<?>) iterator).next();
	}

	/** A value that is spread into a list, within the limit of the run. */
	public static FlinList spread(FlinContext context, @Nullable Object value, @Nullable String what) {
		if (value instanceof FlinList list) {
			return list;
		}
		if (value instanceof FlinRange range) {
			return Growth.toList(context, range);
		}
		FlinList list = new FlinList();
		Iterator<@Nullable Object> elements = Indexing.iterate(value, what);
		while (elements.hasNext()) {
			context.checkSize(list.size() + 1L);
			list.add(elements.next());
		}
		return list;
	}

	/** Spreads a map, or what JSON has of an entity, into a map; none adds nothing. */
	public static void putAll(FlinMap target, @Nullable Object source) {
		switch (source) {
			case null -> {
			}
			case FlinMap map -> {
				for (int at = map.next(-1); at >= 0; at = map.next(at)) {
					target.put(map.keyAt(at), map.valueAt(at));
				}
			}
			case EntityInstance entity -> {
				target.put("id", entity.id());
				for (int i = 0; i < entity.shape().fields().size(); i++) {
					if (!entity.shape().fields().get(i).hidden()) {
						target.put(entity.shape().fields().get(i).name(), entity.get(i));
					}
				}
			}
			default -> throw new FlinError("cannot spread " + Kinds.describe(source) + " into a map");
		}
	}

	public static boolean isTuple(@Nullable Object value, int size) {
		return value instanceof FlinTuple tuple && tuple.size() == size;
	}

	/** A list, or a range as one; null for any other value. */
	public static @Nullable Object asList(@Nullable Object value) {
		return (value instanceof FlinRange range) ? range.toList() : (value instanceof FlinList list) ? list : null;
	}

	/** The elements but some first and last ones, as a new list. */
	public static FlinList rest(FlinList list, int first, int last) {
		int end = list.size() - last;
		return (first < end) ? list.copy(first, end) : new FlinList();
	}

	/** An element counted from the end; 1 is the last. */
	public static @Nullable Object fromEnd(FlinList list, int place) {
		return list.element(list.size() - place);
	}

	/** Whether a map pattern may look into a value. */
	public static boolean hasKeys(@Nullable Object value) {
		return value instanceof FlinMap || value instanceof EntityInstance || value instanceof HasMembers;
	}

	/** Whether a value has a key that is not none. */
	public static boolean hasKey(@Nullable Object value, String name) {
		if (value instanceof FlinMap map) {
			return map.containsKey(name);
		}
		return hasKeys(value) && Members.getKey(value, name, null) != null;
	}

	/** A map without some keys. */
	public static FlinMap without(@Nullable Object value, @Nullable Object[] keys) {
		FlinMap rest = new FlinMap();
		putAll(rest, value);
		for (Object key : keys) {
			rest.remove(key);
		}
		return rest;
	}

	/** Removes a key; says whether it was there. */
	public static boolean deleteKey(@Nullable Object value, @Nullable Object key) {
		if (value instanceof FlinMap map) {
			boolean there = map.containsKey(key);
			map.remove(key);
			return there;
		}
		throw new FlinError("cannot delete a key of " + Kinds.describe(value));
	}

	/** Calls a function with the elements of a list. */
	public static @Nullable Object callList(Object function, FlinList args) {
		return ((FlinFunction) function).callN(args.toArray());
	}

	/** A built-in as a function value. */
	public static FlinFunction builtin(FlinContext context, String name) {
		return context.builtins().function(context, name);
	}

	/** A built-in method with its receiver, as a function value. */
	public static FlinFunction bound(FlinContext context, @Nullable Object receiver, String name) {
		return new BoundMethod(context, receiver, name);
	}

	/** Equality of boxed values. */
	public static boolean equal(@Nullable Object a, @Nullable Object b) {
		return Equality.equal(a, b);
	}

	private static final class BoundMethod extends ArrayFunction {

		private final FlinContext context;

		private final @Nullable Object receiver;

		private BoundMethod(FlinContext context, @Nullable Object receiver, String name) {
			super(name, 0, 0, true);
			this.context = context;
			this.receiver = receiver;
		}

		@Override
		public @Nullable Object callN(@Nullable Object[] args) {
			return Members.callMethod(this.context, this.receiver, name(), args, null);
		}

	}

}
