package dev.flin.store.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.codec.Layout;
import dev.flin.store.codec.StoredRow;
import dev.flin.value.FlinBugException;

/**
 * An entity as it is declared today over its rows of all layouts.
 */
public final class EntityShape {

	/**
	 * How rows of one layout are read.
	 *
	 * @param sources for each field of today its place in the layout, or -1
	 * @param plain for each field whether its value is as it lies there
	 * @param asToday whether the fields are those of today, in their order and with their types
	 */
	private record Mapping(Layout layout, int[] sources, boolean[] plain, boolean asToday) {
	}

	private final EntitySchema schema;

	private final Catalog.Entity stored;

	private final Mapping[] mappings;

	private final Catalog.Field[] fields;

	/**
	 * Creates a shape.
	 * @param schema the entity as declared
	 * @param stored the entity as stored, with today's layout as its last
	 */
	public EntityShape(EntitySchema schema, Catalog.Entity stored) {
		this.schema = schema;
		this.stored = stored;
		Layout today = stored.layouts().getLast();
		this.fields = new Catalog.Field[schema.fields().size()];
		for (int i = 0; i < this.fields.length; i++) {
			this.fields[i] = stored.field(today.fieldIds().get(i));
		}
		this.mappings = new Mapping[stored.layouts().size()];
		for (int i = 0; i < this.mappings.length; i++) {
			Layout layout = stored.layouts().get(i);
			int[] sources = new int[this.fields.length];
			boolean[] plain = new boolean[sources.length];
			boolean asToday = layout.types().size() == sources.length;
			for (int f = 0; f < sources.length; f++) {
				sources[f] = layout.fieldIds().indexOf(this.fields[f].id());
				plain[f] = sources[f] >= 0 && layout.types().get(sources[f]).equals(this.fields[f].type());
				asToday &= plain[f] && sources[f] == f;
			}
			this.mappings[i] = new Mapping(layout, sources, plain, asToday);
		}
	}

	/**
	 * The entity as declared.
	 * @return the schema
	 */
	public EntitySchema schema() {
		return this.schema;
	}

	/**
	 * The entity as stored.
	 * @return the catalog's entry
	 */
	public Catalog.Entity stored() {
		return this.stored;
	}

	/**
	 * The entity's number.
	 * @return the number
	 */
	public int entityId() {
		return this.stored.id();
	}

	/**
	 * The layout that rows are written with.
	 * @return the layout
	 */
	public Layout layout() {
		return this.mappings[this.mappings.length - 1].layout();
	}

	private Mapping mapping(StoredRow row) {
		int layout = row.layout();
		if (layout < 1 || layout > this.mappings.length) {
			throw new FlinBugException("No layout " + layout + " in " + this.schema.name());
		}
		return this.mappings[layout - 1];
	}

	/**
	 * Where a row's values are.
	 * @param row the row
	 * @return offsets to be given to {@link #value}
	 */
	public int[] offsets(StoredRow row) {
		return row.isPruned() ? new int[0] : row.offsets(mapping(row).layout());
	}

	/**
	 * A value of a row in today's type; one that cannot be coerced is none.
	 * @param row the row
	 * @param offsets where its values are
	 * @param position the field
	 * @return the value
	 */
	public @Nullable Object value(StoredRow row, int[] offsets, int position) {
		if (row.isPruned()) {
			return null;
		}
		Mapping mapping = mapping(row);
		int source = mapping.sources()[position];
		Catalog.Field field = this.fields[position];
		if (source < 0) {
			return field.initial();
		}
		Object value = row.value(mapping.layout(), offsets, source);
		if (value == null) {
			return field.nullable() ? null : field.initial();
		}
		return mapping.plain()[position] ? value
				: Coercion.coerce(value, mapping.layout().types().get(source), field.type());
	}

	/**
	 * All values of a row in today's types.
	 * @param row the row
	 * @return the values in the order of today's fields
	 */
	public @Nullable Object[] values(StoredRow row) {
		@Nullable Object[] values = new Object[this.fields.length];
		if (row.isPruned()) {
			return values;
		}
		Mapping mapping = mapping(row);
		if (!mapping.asToday()) {
			int[] offsets = row.offsets(mapping.layout());
			for (int i = 0; i < values.length; i++) {
				values[i] = value(row, offsets, i);
			}
			return values;
		}
		row.readAll(mapping.layout(), values);
		for (int i = 0; i < values.length; i++) {
			if (values[i] == null && !this.fields[i].nullable()) {
				values[i] = this.fields[i].initial();
			}
		}
		return values;
	}

	/**
	 * Whether a row says that a field differs from the version before.
	 * @param row the row
	 * @param position the field
	 * @return true when it does
	 */
	public boolean isChanged(StoredRow row, int position) {
		if (row.isPruned()) {
			return false;
		}
		Mapping mapping = mapping(row);
		int source = mapping.sources()[position];
		return source >= 0 && row.isChanged(mapping.layout().types().size(), source);
	}

	/**
	 * The fields as declared.
	 * @return the fields in order
	 */
	public List<FieldSchema> fields() {
		return this.schema.fields();
	}

}
