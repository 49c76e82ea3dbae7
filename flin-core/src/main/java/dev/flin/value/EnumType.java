package dev.flin.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An enum of a FLIN program with its variants in the order of their declaration.
 */
public final class EnumType {

	/**
	 * One variant.
	 *
	 * @param size how many values it carries
	 */
	public record Variant(String name, int size) {
	}

	private final String name;

	private final List<Variant> variants;

	private final EnumValue.Tag[] tags;

	private final EnumValue[] plain;

	public EnumType(String name, List<Variant> variants) {
		this.name = name;
		this.variants = List.copyOf(variants);
		this.tags = new EnumValue.Tag[variants.size()];
		this.plain = new EnumValue[variants.size()];
		for (int i = 0; i < this.plain.length; i++) {
			this.tags[i] = new EnumValue.Tag(this, i, variants.get(i).size());
			this.plain[i] = new EnumValue(tag(i, 0), null, null);
		}
	}

	/** Makes an enum from variants written as {@code "Stop"} or {@code "Go/1"}: the form that generated code uses. */
	public static EnumType of(String name, String... variants) {
		Variant[] parsed = new Variant[variants.length];
		for (int i = 0; i < variants.length; i++) {
			int slash = variants[i].indexOf('/');
			parsed[i] = (slash < 0) ? new Variant(variants[i], 0)
					: new Variant(variants[i].substring(0, slash), Integer.parseInt(variants[i].substring(slash + 1)));
		}
		return new EnumType(name, List.of(parsed));
	}

	/** An enum of which only one variant is known, and its place. */
	public static EnumType withOnly(String name, int ordinal, Variant variant) {
		List<Variant> all = new ArrayList<>(Collections.nCopies(ordinal, new Variant("", 0)));
		all.add(variant);
		return new EnumType(name, all);
	}

	public String name() {
		return this.name;
	}

	public List<Variant> variants() {
		return this.variants;
	}

	/** The ordinal of a variant, or -1. */
	public int ordinalOf(String variant) {
		for (int i = 0; i < this.plain.length; i++) {
			if (this.variants.get(i).name().equals(variant)) {
				return i;
			}
		}
		return -1;
	}

	/** The value of a variant that carries nothing. */
	public EnumValue value(int ordinal) {
		return this.plain[ordinal];
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public EnumValue value(int ordinal, @Nullable Object[] payload) {
		return (payload.length == 0) ? this.plain[ordinal] : EnumValue.of(tag(ordinal, payload.length), payload);
	}

	/** The value that makes the others of a variant, and is never seen: a constant where values are made. */
	public EnumValue maker(int ordinal) {
		return new EnumValue(this.tags[ordinal], null, null);
	}

	/**
	 * Whether a value is of a variant. An enum of the same name, from before a reload or out of the store, may have its
	 * variants in another order: there the names count.
	 */
	public boolean has(int ordinal, @Nullable Object value) {
		return value instanceof EnumValue choice
				&& ((choice.type() == this) ? choice.ordinal() == ordinal : isOf(choice, ordinal));
	}

	private boolean isOf(EnumValue choice, int ordinal) {
		return choice.is(this.name, this.variants.get(ordinal).name());
	}

	private EnumValue.Tag tag(int ordinal, int size) {
		EnumValue.Tag known = this.tags[ordinal];
		return (known.size() == size) ? known : new EnumValue.Tag(this, ordinal, size);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
