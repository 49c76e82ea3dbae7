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

	public static final HttpFields EMPTY = new HttpFields(new String[0], 0);

	/** Names and values by turns. */
	private final String[] entries;

	private final int length;

	private HttpFields(String[] entries, int length) {
		this.entries = entries;
		this.length = length;
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
		return first(this.entries, this.length, name);
	}

	private static @Nullable String first(String[] entries, int length, String name) {
		for (int i = 0; i < length; i += 2) {
			if (entries[i].equalsIgnoreCase(name)) {
				return entries[i + 1];
			}
		}
		return null;
	}

	public List<String> all(String name) {
		List<String> values = new ArrayList<>();
		for (int i = 0; i < this.length; i += 2) {
			if (this.entries[i].equalsIgnoreCase(name)) {
				values.add(this.entries[i + 1]);
			}
		}
		return values;
	}

	/** Whether a field is there more than once. */
	public boolean isRepeated(String name) {
		return count(this.entries, this.length, name) > 1;
	}

	private static int count(String[] entries, int length, String name) {
		int count = 0;
		for (int i = 0; i < length; i += 2) {
			count += entries[i].equalsIgnoreCase(name) ? 1 : 0;
		}
		return count;
	}

	public boolean isEmpty() {
		return this.length == 0;
	}

	public void forEach(BiConsumer<String, String> action) {
		for (int i = 0; i < this.length; i += 2) {
			action.accept(this.entries[i], this.entries[i + 1]);
		}
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

		private String[] entries = EMPTY.entries;

		private int length;

		/** Whether fields that were built have the array: it is copied before it is changed. */
		private boolean shared = true;

		private Builder() {
		}

		public Builder add(String name, String value) {
			check(name);
			check(value);
			append(name, value);
			return this;
		}

		/** Adds a field that has no control characters, because it is written so or was checked before. */
		public Builder addClean(String name, String value) {
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
			if (this.length == 0) {
				this.entries = fields.entries;
				this.length = fields.length;
				this.shared = true;
				return this;
			}
			if (fields.length > 0) {
				prepare(this.length + fields.length);
				System.arraycopy(fields.entries, 0, this.entries, this.length, fields.length);
				this.length += fields.length;
			}
			return this;
		}

		/** Adds those fields whose names are not there yet. */
		public Builder addMissing(HttpFields fields) {
			int before = this.length;
			for (int i = 0; i < fields.length; i += 2) {
				if (HttpFields.first(this.entries, before, fields.entries[i]) == null) {
					append(fields.entries[i], fields.entries[i + 1]);
				}
			}
			return this;
		}

		public Builder remove(String name) {
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
			return HttpFields.first(this.entries, this.length, name);
		}

		public boolean contains(String name) {
			return first(name) != null;
		}

		/** Whether a field is there more than once so far. */
		public boolean isRepeated(String name) {
			return count(this.entries, this.length, name) > 1;
		}

		public HttpFields build() {
			if (this.length == 0) {
				return EMPTY;
			}
			this.shared = true;
			return new HttpFields(this.entries, this.length);
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
