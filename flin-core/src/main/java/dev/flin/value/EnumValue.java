package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A value of an enum: a variant and what it carries. Two values are equal when enum, variant and payload are; enums are
 * compared by name, so that values outlive a reload of the file that declares them.
 */
public final class EnumValue {

	private final EnumType type;

	private final int ordinal;

	private final @Nullable Object[] payload;

	EnumValue(EnumType type, int ordinal, @Nullable Object[] payload) {
		this.type = type;
		this.ordinal = ordinal;
		this.payload = payload;
	}

	public EnumType type() {
		return this.type;
	}

	public int ordinal() {
		return this.ordinal;
	}

	public String variant() {
		return this.type.variants().get(this.ordinal).name();
	}

	public int size() {
		return this.payload.length;
	}

	public @Nullable Object get(int index) {
		return this.payload[index];
	}

	public boolean is(String enumName, String variant) {
		return variant.equals(variant()) && enumName.equals(this.type.name());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (!(other instanceof EnumValue value) || this.payload.length != value.payload.length) {
			return false;
		}
		if ((this.type != value.type || this.ordinal != value.ordinal) && !value.is(this.type.name(), variant())) {
			return false;
		}
		for (int i = 0; i < this.payload.length; i++) {
			if (!Equality.equal(this.payload[i], value.payload[i])) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = variant().hashCode();
		for (Object part : this.payload) {
			hash = 31 * hash + Equality.hash(part);
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

}
