package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A value of an enum: a variant and what it carries. Two values are equal when enum, variant and payload are; enums are
 * compared by name, so that values outlive a reload of the file that declares them.
 */
public final class EnumValue {

	private static final int FIELDS = 2;

	/** Which variant of which enum. */
	record Tag(EnumType type, int ordinal, int size) {
	}

	private final Tag tag;

	/** The first value that it carries; all of them, as an array, when there are more than two. */
	private final @Nullable Object first;

	private final @Nullable Object second;

	EnumValue(Tag tag, @Nullable Object first, @Nullable Object second) {
		this.tag = tag;
		this.first = first;
		this.second = second;
	}

	/** Takes the array over. */
	static EnumValue of(Tag tag, @Nullable Object[] payload) {
		return switch (payload.length) {
			case 0 -> new EnumValue(tag, null, null);
			case 1 -> new EnumValue(tag, payload[0], null);
			case FIELDS -> new EnumValue(tag, payload[0], payload[1]);
			default -> new EnumValue(tag, payload, null);
		};
	}

	/** The value of the same variant that carries one value. */
	public EnumValue with(@Nullable Object only) {
		return new EnumValue(this.tag, only, null);
	}

	/** The value of the same variant that carries two values. */
	public EnumValue with(@Nullable Object one, @Nullable Object other) {
		return new EnumValue(this.tag, one, other);
	}

	public EnumType type() {
		return this.tag.type();
	}

	public int ordinal() {
		return this.tag.ordinal();
	}

	public String variant() {
		return type().variants().get(ordinal()).name();
	}

	public int size() {
		return this.tag.size();
	}

	public @Nullable Object get(int index) {
		if (this.first instanceof Object[] all && size() > FIELDS) {
			return all[index];
		}
		return (index == 0) ? this.first : this.second;
	}

	/** All that it carries, in an array of its own. */
	public @Nullable Object[] payload() {
		@Nullable Object[] all = new @Nullable Object[size()];
		for (int i = 0; i < all.length; i++) {
			all[i] = get(i);
		}
		return all;
	}

	/** The first of at most two values. */
	public @Nullable Object first() {
		return this.first;
	}

	/** The second of two values. */
	public @Nullable Object second() {
		return this.second;
	}

	public boolean is(String enumName, String variant) {
		return variant.equals(variant()) && enumName.equals(type().name());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (!(other instanceof EnumValue value) || size() != value.size()) {
			return false;
		}
		if (this.tag != value.tag && !value.is(type().name(), variant())) {
			return false;
		}
		for (int i = 0; i < size(); i++) {
			if (!Equality.equal(get(i), value.get(i))) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = variant().hashCode();
		for (int i = 0; i < size(); i++) {
			hash = 31 * hash + Equality.hash(get(i));
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

}
