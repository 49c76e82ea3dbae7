package dev.flin.runtime;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.TypeDescriptor.Kind;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Kinds;
import dev.flin.value.ListView;
import dev.flin.value.Money;
import dev.flin.value.Printer;
import dev.flin.value.Regex;

/**
 * Deep checks of values against descriptors.
 */
final class TypeChecks {

	/** Says that a value does not fit; never a value of a program. */
	private static final Object MISMATCH = new Object();

	private TypeChecks() {
	}

	static @Nullable Object check(TypeDescriptor type, @Nullable Object value, @Nullable String what) {
		Path path = new Path(null, "");
		Object checked = fit(type, value, path, true);
		if (checked == MISMATCH) {
			throw failure(path, what);
		}
		return checked;
	}

	static boolean matches(TypeDescriptor type, @Nullable Object value) {
		return fit(type, value, null, false) != MISMATCH;
	}

	/** The value or what it widens to, or {@link #MISMATCH}, with the place noted in the path. */
	private static @Nullable Object fit(TypeDescriptor type, @Nullable Object value, @Nullable Path path,
			boolean widen) {
		return switch (type) {
			case TypeDescriptor.Any any -> value;
			case TypeDescriptor.Simple simple -> simple(simple.kind(), value, path, widen);
			case TypeDescriptor.Optional optional -> (value == null) ? null : fit(optional.type(), value, path, widen);
			case TypeDescriptor.Union union -> union(union, value, path, widen);
			case TypeDescriptor.Named named -> named(named, value, path);
			case TypeDescriptor.ListOf list -> list(list, value, path, widen);
			case TypeDescriptor.MapOf map -> map(map, value, path, widen);
			case TypeDescriptor.RecordOf record -> record(record, value, path, widen);
			case TypeDescriptor.TupleOf tuple -> tuple(tuple, value, path, widen);
		};
	}

	private static @Nullable Object simple(Kind kind, @Nullable Object value, @Nullable Path path, boolean widen) {
		boolean fits = switch (kind) {
			case INT -> value instanceof Long;
			case NUMBER -> value instanceof Double;
			case DECIMAL -> value instanceof BigDecimal;
			case BOOL -> value instanceof Boolean;
			case TEXT -> value instanceof String;
			case TIME -> value instanceof Instant;
			case DURATION -> value instanceof Duration;
			case MONEY -> value instanceof Money;
			case FILE -> value instanceof FileValue;
			case HTML -> value instanceof Html;
			case FUNCTION -> value instanceof FlinFunction;
			case NONE -> value == null;
			case NEVER -> false;
			case REGEX -> value instanceof Regex;
			case ERROR -> value instanceof FlinError;
		};
		if (fits) {
			return value;
		}
		if (widen && value instanceof Long number) {
			if (kind == Kind.NUMBER) {
				return number.doubleValue();
			}
			if (kind == Kind.DECIMAL) {
				return BigDecimal.valueOf(number);
			}
		}
		return mismatch(new TypeDescriptor.Simple(kind), value, path);
	}

	private static @Nullable Object union(TypeDescriptor.Union union, @Nullable Object value, @Nullable Path path,
			boolean widen) {
		for (TypeDescriptor member : union.types()) {
			if (fit(member, value, null, false) != MISMATCH) {
				return value;
			}
		}
		for (TypeDescriptor member : union.types()) {
			Object widened = widen ? fit(member, value, null, true) : MISMATCH;
			if (widened != MISMATCH) {
				return widened;
			}
		}
		return mismatch(union, value, path);
	}

	private static @Nullable Object named(TypeDescriptor.Named type, @Nullable Object value, @Nullable Path path) {
		if (value == null || !isNamed(type.name(), value)) {
			return mismatch(type, value, path);
		}
		type.seen().add(value);
		return value;
	}

	private static boolean isNamed(String name, Object value) {
		return switch (value) {
			case EntityInstance entity -> entity.shape().name().equals(name);
			case EnumValue variant -> variant.type().name().equals(name);
			default -> Kinds.of(value).equals(name);
		};
	}

	private static @Nullable Object list(TypeDescriptor.ListOf type, @Nullable Object value, @Nullable Path path,
			boolean widen) {
		if (value instanceof FlinRange range) {
			return list(type, range.toList(), path, widen);
		}
		if (value instanceof ListView view) {
			return list(type, view.toList(), path, widen);
		}
		if (!(value instanceof FlinList list)) {
			return mismatch(type, value, path);
		}
		if (isKnown(type.element(), list)) {
			return list;
		}
		for (int i = 0; i < list.size(); i++) {
			Object element = list.element(i);
			Object checked = fit(type.element(), element, (path != null) ? path.at(i) : null, widen);
			if (checked == MISMATCH) {
				return MISMATCH;
			}
			if (checked != element && widen) {
				list.put(i, checked);
			}
		}
		return list;
	}

	/** Whether the storage of a list already says that its elements fit. */
	private static boolean isKnown(TypeDescriptor element, FlinList list) {
		if (element instanceof TypeDescriptor.Any) {
			return true;
		}
		if (!(element instanceof TypeDescriptor.Simple simple)) {
			return false;
		}
		return switch (simple.kind()) {
			case INT -> list.longStorage() != null;
			case NUMBER -> list.doubleStorage() != null;
			case BOOL -> list.booleanStorage() != null;
			default -> false;
		};
	}

	private static @Nullable Object map(TypeDescriptor.MapOf type, @Nullable Object value, @Nullable Path path,
			boolean widen) {
		if (!(value instanceof FlinMap map)) {
			return mismatch(type, value, path);
		}
		for (int at = map.next(-1); at >= 0; at = map.next(at)) {
			Object key = map.keyAt(at);
			if (fit(type.key(), key, (path != null) ? path.key(key) : null, widen) == MISMATCH) {
				return MISMATCH;
			}
			Object element = map.valueAt(at);
			Object checked = fit(type.value(), element, (path != null) ? path.member(key) : null, widen);
			if (checked == MISMATCH) {
				return MISMATCH;
			}
			if (checked != element && widen) {
				map.put(key, checked);
			}
		}
		return map;
	}

	private static @Nullable Object record(TypeDescriptor.RecordOf type, @Nullable Object value, @Nullable Path path,
			boolean widen) {
		if (!(value instanceof FlinMap map)) {
			return mismatch(type, value, path);
		}
		for (Map.Entry<String, TypeDescriptor> field : type.fields().entrySet()) {
			Object element = map.get(field.getKey());
			Object checked = fit(field.getValue(), element, (path != null) ? path.member(field.getKey()) : null, widen);
			if (checked == MISMATCH) {
				return MISMATCH;
			}
			if (checked != element && widen) {
				map.put(field.getKey(), checked);
			}
		}
		return map;
	}

	private static @Nullable Object tuple(TypeDescriptor.TupleOf type, @Nullable Object value, @Nullable Path path,
			boolean widen) {
		if (!(value instanceof FlinTuple tuple) || tuple.size() != type.parts().size()) {
			return mismatch(type, value, path);
		}
		@Nullable Object[] parts = new @Nullable Object[tuple.size()];
		boolean changed = false;
		for (int i = 0; i < parts.length; i++) {
			Path inner = (path != null) ? path.member(Integer.toString(i)) : null;
			parts[i] = fit(type.parts().get(i), tuple.get(i), inner, widen);
			if (parts[i] == MISMATCH) {
				return MISMATCH;
			}
			changed |= parts[i] != tuple.get(i);
		}
		return changed ? FlinTuple.of(parts) : tuple;
	}

	private static Object mismatch(TypeDescriptor wanted, @Nullable Object value, @Nullable Path path) {
		if (path != null) {
			path.fail(written(wanted), Kinds.describe(value));
		}
		return MISMATCH;
	}

	private static FlinError failure(Path path, @Nullable String what) {
		String place = ((what != null) ? what : "") + path.failedAt();
		String subject = place.isEmpty() ? "the value" : "'" + place + "'";
		return new FlinError(subject + " should be " + path.wanted() + " but is " + path.found());
	}

	private static String written(TypeDescriptor type) {
		return switch (type) {
			case TypeDescriptor.Any any -> "any";
			case TypeDescriptor.Simple simple -> simple.kind().name().toLowerCase(Locale.ROOT);
			case TypeDescriptor.Optional optional -> written(optional.type()) + "?";
			case TypeDescriptor.Union union ->
				union.types().stream().map(TypeChecks::written).collect(Collectors.joining(" | "));
			case TypeDescriptor.Named named -> named.name();
			case TypeDescriptor.ListOf list -> "[" + written(list.element()) + "]";
			case TypeDescriptor.MapOf map -> "[" + written(map.key()) + ": " + written(map.value()) + "]";
			case TypeDescriptor.RecordOf record -> record.fields()
				.entrySet()
				.stream()
				.map(field -> field.getKey() + ": " + written(field.getValue()))
				.collect(Collectors.joining(", ", "{ ", " }"));
			case TypeDescriptor.TupleOf tuple ->
				tuple.parts().stream().map(TypeChecks::written).collect(Collectors.joining(", ", "(", ")"));
		};
	}

	/** Where a check is, from the outermost value; the outermost place keeps the failure. */
	private static final class Path {

		private final @Nullable Path outer;

		private final String step;

		private String failedAt = "";

		private String wanted = "";

		private String found = "";

		private Path(@Nullable Path outer, String step) {
			this.outer = outer;
			this.step = step;
		}

		private Path at(int index) {
			return new Path(this, "[" + index + "]");
		}

		private Path member(@Nullable Object key) {
			return (key instanceof String name) ? new Path(this, "." + name)
					: new Path(this, "[" + Printer.quoted(key) + "]");
		}

		private Path key(@Nullable Object key) {
			return new Path(this, " key " + Printer.quoted(key));
		}

		private void fail(String wantedType, String foundValue) {
			StringBuilder steps = new StringBuilder();
			Path place = this;
			while (place.outer != null) {
				steps.insert(0, place.step);
				place = place.outer;
			}
			place.failedAt = steps.toString();
			place.wanted = wantedType;
			place.found = foundValue;
		}

		private String failedAt() {
			return this.failedAt;
		}

		private String wanted() {
			return this.wanted;
		}

		private String found() {
			return this.found;
		}

	}

}
