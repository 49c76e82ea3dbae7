package dev.flin.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order; names are compared without case. Immutable.
 */
public final class HttpFields {

	private static final String[] NOTHING = {};

	public static final HttpFields EMPTY = new HttpFields(NOTHING, 0, null);

	/** Names and values by turns. */
	private final String[] entries;

	private final int length;

	/** Fields behind the entries that many answers share: their names are not among those of the entries. */
	private final @Nullable HttpFields common;

	private HttpFields(String[] entries, int length, @Nullable HttpFields common) {
		this.entries = entries;
		this.length = length;
		this.common = common;
	}

	/** Fields from names and values by turns. */
	public static HttpFields of(String... namesAndValues) {
		Builder builder = new Builder();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			builder.add(namesAndValues[i], namesAndValues[i + 1]);
		}
		return builder.build();
	}

	public static Builder builder() {
		return new Builder();
	}

	/** A builder that has these fields already. */
	public Builder toBuilder() {
		return new Builder().addAll(this);
	}

	/** The first value of a field, or null. */
	public @Nullable String first(String name) {
		return first(this.entries, this.length, this.common, name);
	}

	private static @Nullable String first(String[] entries, int length, @Nullable HttpFields common, String name) {
		for (int i = 0; i < length; i += 2) {
			if (entries[i].equalsIgnoreCase(name)) {
				return entries[i + 1];
			}
		}
		return (common != null) ? common.first(name) : null;
	}

	public List<String> all(String name) {
		List<String> values = new ArrayList<>();
		for (int i = 0; i < this.length; i += 2) {
			if (this.entries[i].equalsIgnoreCase(name)) {
				values.add(this.entries[i + 1]);
			}
		}
		if (this.common != null) {
			values.addAll(this.common.all(name));
		}
		return values;
	}

	/** Whether a field is there more than once. */
	public boolean isRepeated(String name) {
		return count(this.entries, this.length, this.common, name) > 1;
	}

	private static int count(String[] entries, int length, @Nullable HttpFields common, String name) {
		int count = 0;
		for (int i = 0; i < length; i += 2) {
			count += entries[i].equalsIgnoreCase(name) ? 1 : 0;
		}
		return (common != null) ? count + count(common.entries, common.length, null, name) : count;
	}

	public boolean isEmpty() {
		return this.length == 0 && this.common == null;
	}

	public void forEach(BiConsumer<String, String> action) {
		forEachOwn(action);
		if (this.common != null) {
			this.common.forEachOwn(action);
		}
	}

	/** Tells all fields but the {@linkplain #common common} ones. */
	public void forEachOwn(BiConsumer<String, String> action) {
		for (int i = 0; i < this.length; i += 2) {
			action.accept(this.entries[i], this.entries[i + 1]);
		}
	}

	/** Fields that many answers share, always the same object: hosts may keep what they made of them. */
	public @Nullable HttpFields common() {
		return this.common;
	}

	@Override
	public String toString() {
		StringBuilder out = new StringBuilder();
		forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
		return out.toString();
	}

	/** Collects fields. A line break or another control character in a name or value is refused. */
	public static final class Builder {

		private static final int LENGTH_FIRST = 24;

		private String[] entries = NOTHING;

		private int length;

		/** Whether fields that were built have the array: it is copied before it is changed. */
		private boolean shared = true;

		private @Nullable HttpFields common;

		private Builder() {
		}

		public Builder add(String name, String value) {
			check(name);
			check(value);
			return addClean(name, value);
		}

		/** Adds a field that has no control characters, because it is written so or was checked before. */
		public Builder addClean(String name, String value) {
			if (this.common != null && this.common.first(name) != null) {
				own();
			}
			append(name, value);
			return this;
		}

		private void append(String name, String value) {
			prepare(this.length + 2);
			this.entries[this.length++] = name;
			this.entries[this.length++] = value;
		}

		/** Makes room, in an array of its own. */
		private void prepare(int wanted) {
			if (this.shared || wanted > this.entries.length) {
				this.entries = Arrays.copyOf(this.entries, Math.max(Math.max(LENGTH_FIRST, wanted),
						(wanted > this.entries.length) ? this.entries.length * 2 : this.entries.length));
				this.shared = false;
			}
		}

		/** Makes the common fields its own: one of them is about to change. */
		private void own() {
			HttpFields before = this.common;
			this.common = null;
			if (before != null) {
				append(before);
			}
		}

		private void append(HttpFields fields) {
			prepare(this.length + fields.length);
			System.arraycopy(fields.entries, 0, this.entries, this.length, fields.length);
			this.length += fields.length;
			if (fields.common != null) {
				append(fields.common);
			}
		}

		/** Replaces all fields of this name. */
		public Builder set(String name, String value) {
			remove(name);
			return add(name, value);
		}

		/** Puts fields in the place of all others of their names; one that they have more than once stays so. */
		public Builder setAll(HttpFields fields) {
			fields.forEach((name, value) -> remove(name));
			return addAll(fields);
		}

		public Builder setIfAbsent(String name, String value) {
			return contains(name) ? this : add(name, value);
		}

		/** Adds fields, which were checked when they were made. */
		public Builder addAll(HttpFields fields) {
			if (this.length == 0 && this.common == null) {
				this.entries = fields.entries;
				this.length = fields.length;
				this.common = fields.common;
				this.shared = true;
			}
			else if (!fields.isEmpty()) {
				own();
				append(fields);
			}
			return this;
		}

		/** Adds those fields whose names are not there yet. */
		public Builder addMissing(HttpFields fields) {
			HttpFields before = build();
			fields.forEach((name, value) -> {
				if (before.first(name) == null) {
					addClean(name, value);
				}
			});
			return this;
		}

		/** As {@link #addMissing}, for fields that many answers have: they are not copied unless some are there. */
		public Builder addCommon(HttpFields fields) {
			if (this.common != null || fields.common != null || hasAnyOf(fields)) {
				return addMissing(fields);
			}
			this.common = fields;
			return this;
		}

		private boolean hasAnyOf(HttpFields fields) {
			for (int i = 0; i < fields.length; i += 2) {
				if (contains(fields.entries[i])) {
					return true;
				}
			}
			return false;
		}

		public Builder remove(String name) {
			if (this.common != null && this.common.first(name) != null) {
				own();
			}
			for (int i = this.length - 2; i >= 0; i -= 2) {
				if (this.entries[i].equalsIgnoreCase(name)) {
					prepare(this.length);
					System.arraycopy(this.entries, i + 2, this.entries, i, this.length - i - 2);
					this.length -= 2;
				}
			}
			return this;
		}

		/** The first value of a field so far, or null. */
		public @Nullable String first(String name) {
			return HttpFields.first(this.entries, this.length, this.common, name);
		}

		public boolean contains(String name) {
			return first(name) != null;
		}

		/** Whether a field is there more than once so far. */
		public boolean isRepeated(String name) {
			return count(this.entries, this.length, this.common, name) > 1;
		}

		public HttpFields build() {
			if (this.length == 0) {
				return (this.common != null) ? this.common : EMPTY;
			}
			this.shared = true;
			return new HttpFields(this.entries, this.length, this.common);
		}

		private static void check(String text) {
			for (int i = 0; i < text.length(); i++) {
				char c = text.charAt(i);
				if ((c < ' ' && c != '\t') || c == 127) {
					throw new IllegalArgumentException(String.format(Locale.ROOT,
							"a header field may not contain the control character U+%04X", (int) c));
				}
			}
		}

	}

}
