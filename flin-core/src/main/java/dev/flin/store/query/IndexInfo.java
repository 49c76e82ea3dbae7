package dev.flin.store.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.KeyCodec;

/**
 * What a planner knows about an index.
 *
 * @param number the index's place in its entity's list
 * @param positions its fields
 * @param types their types
 * @param unique whether it is unique
 * @param blinding what hides the values of encrypted fields
 */
public record IndexInfo(int number, List<Integer> positions, List<FieldType> types, boolean unique,
		Blinding blinding) {

	/** Copies the lists. */
	public IndexInfo {
		positions = List.copyOf(positions);
		types = List.copyOf(types);
	}

	/**
	 * Whether a record may have several entries.
	 * @return true for lists of references
	 */
	public boolean isMulti() {
		for (FieldType type : this.types) {
			if (type instanceof FieldType.References) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Writes the part of a key that a field has.
	 * @param into where to
	 * @param place the field's place in the index
	 * @param value the value
	 */
	public void writeKey(ByteWriter into, int place, @Nullable Object value) {
		if (value == null || !this.blinding.covers(place)) {
			KeyCodec.write(into, this.types.get(place), value);
			return;
		}
		ByteWriter plain = new ByteWriter(32);
		KeyCodec.write(plain, this.types.get(place), value);
		KeyCodec.writeOpaque(into, this.blinding.blind(place, plain.toBytes()));
	}

}
