package dev.flin.store.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ByteWriter;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.query.Blinding;
import dev.flin.store.schema.Catalog;
import dev.flin.value.FlinBugException;

/**
 * Hides the values of encrypted fields in an index behind keyed hashes. The field is hashed with the value, so that
 * equal values of different fields do not show.
 */
final class IndexBlinding implements Blinding {

	private final Catalog.Entity entity;

	private final List<Integer> fieldIds;

	private final FieldKeys keys;

	private final String key;

	private IndexBlinding(Catalog.Entity entity, List<Integer> fieldIds, FieldKeys keys, String key) {
		this.entity = entity;
		this.fieldIds = fieldIds;
		this.keys = keys;
		this.key = key;
	}

	@Override
	public boolean covers(int place) {
		return this.entity.field(this.fieldIds.get(place)).encrypted();
	}

	@Override
	public byte[] blind(int place, byte[] value) {
		ByteWriter whole = new ByteWriter(value.length + 8);
		whole.putInt(this.entity.id());
		whole.putInt(this.fieldIds.get(place));
		whole.putBytes(value);
		return this.keys.blind(this.key, whole.toBytes());
	}

	/** Makes those of a store's indexes. */
	record Factory(FieldKeys keys, @Nullable String key) {

		Blinding of(Catalog.Entity entity, Catalog.Index index) {
			if (index.fieldIds().stream().noneMatch((id) -> entity.field(id).encrypted())) {
				return Blinding.NONE;
			}
			if (this.key == null) {
				throw new FlinBugException("Encrypted fields without a key in " + entity.name());
			}
			return new IndexBlinding(entity, index.fieldIds(), this.keys, this.key);
		}

	}

}
