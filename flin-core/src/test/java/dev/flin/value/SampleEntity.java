package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * An entity as generated code makes them, with its values in an array.
 */
public final class SampleEntity extends EntityInstance {

	private final EntityShape shape;

	private final @Nullable Object[] values;

	public SampleEntity(EntityShape shape) {
		this.shape = shape;
		this.values = new @Nullable Object[shape.fields().size()];
	}

	@Override
	public EntityShape shape() {
		return this.shape;
	}

	@Override
	public @Nullable Object get(int slot) {
		return this.values[slot];
	}

	@Override
	public void set(int slot, @Nullable Object value) {
		this.values[slot] = value;
	}

}
