package dev.flin.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order; names are compared without case. Immutable.
 */
public final class HttpFields {

	public static final HttpFields EMPTY = new HttpFields(List.of());

	/** Names and values by turns. */
	private final List<String> entries;

	private HttpFields(List<String> entries) {
		this.entries = entries;
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

	/** The first value of a field, or null. */
	public @Nullable String first(String name) {
		for (int i = 0; i < this.entries.size(); i += 2) {
			if (this.entries.get(i).equalsIgnoreCase(name)) {
				return this.entries.get(i + 1);
			}
		}
		return null;
	}

	public List<String> all(String name) {
		List<String> values = new ArrayList<>();
		forEach((field, value) -> {
			if (field.equalsIgnoreCase(name)) {
				values.add(value);
			}
		});
		return values;
	}

	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	public void forEach(BiConsumer<String, String> action) {
		for (int i = 0; i < this.entries.size(); i += 2) {
			action.accept(this.entries.get(i), this.entries.get(i + 1));
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

		private final List<String> entries = new ArrayList<>();

		private Builder() {
		}

		public Builder add(String name, String value) {
			check(name);
			check(value);
			this.entries.add(name);
			this.entries.add(value);
			return this;
		}

		/** Replaces all fields of this name. */
		public Builder set(String name, String value) {
			remove(name);
			return add(name, value);
		}

		public Builder setIfAbsent(String name, String value) {
			return contains(name) ? this : add(name, value);
		}

		public Builder addAll(HttpFields fields) {
			fields.forEach(this::add);
			return this;
		}

		public Builder remove(String name) {
			for (int i = this.entries.size() - 2; i >= 0; i -= 2) {
				if (this.entries.get(i).equalsIgnoreCase(name)) {
					this.entries.remove(i + 1);
					this.entries.remove(i);
				}
			}
			return this;
		}

		/** The first value of a field so far, or null. */
		@Nullable String first(String name) {
			for (int i = 0; i < this.entries.size(); i += 2) {
				if (this.entries.get(i).equalsIgnoreCase(name)) {
					return this.entries.get(i + 1);
				}
			}
			return null;
		}

		public boolean contains(String name) {
			for (int i = 0; i < this.entries.size(); i += 2) {
				if (this.entries.get(i).equalsIgnoreCase(name)) {
					return true;
				}
			}
			return false;
		}

		public HttpFields build() {
			return this.entries.isEmpty() ? EMPTY : new HttpFields(List.copyOf(this.entries));
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
