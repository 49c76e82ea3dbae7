package dev.flin.store.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.StoreException;
import dev.flin.store.codec.BlobContent;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.FieldCodec;
import dev.flin.store.codec.FileCodec;
import dev.flin.store.codec.Layout;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.SealedValue;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.codec.TextMemo;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.value.FileValue;
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
	 * @param asToday whether the fields are those of today, in their order, with their types, and none is encrypted
	 * @param hasHidden whether it has fields that are not declared today
	 * @param files the places that may hold files
	 */
	private record Mapping(Layout layout, int[] sources, boolean[] plain, boolean asToday, boolean hasHidden,
			int[] files) {
	}

	private final EntitySchema schema;

	private final Catalog.Entity stored;

	private final Mapping[] mappings;

	private final Catalog.Field[] fields;

	private final FieldKeys keys;

	private final boolean mayHoldFiles;

	private final boolean flat;

	/**
	 * Creates a shape.
	 * @param schema the entity as declared
	 * @param stored the entity as stored, with today's layout as its last
	 * @param keys for encrypted fields
	 */
	public EntityShape(EntitySchema schema, Catalog.Entity stored, FieldKeys keys) {
		this.schema = schema;
		this.stored = stored;
		this.keys = keys;
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
			asToday &= layout.encrypted().isEmpty();
			boolean hasHidden = !today.fieldIds().containsAll(layout.fieldIds());
			this.mappings[i] = new Mapping(layout, sources, plain, asToday, hasHidden, files(layout));
		}
		this.flat = Arrays.stream(this.fields)
			.allMatch((field) -> !field.encrypted() && isPlain(field.type()));
		this.mayHoldFiles = Arrays.stream(this.mappings).anyMatch((mapping) -> mapping.files().length > 0);
	}

	private static boolean isPlain(FieldType type) {
		return switch (type) {
			case FieldType.Scalar scalar -> true;
			case FieldType.Choice choice -> true;
			case FieldType.Reference reference -> true;
			case FieldType.References references -> false;
			case FieldType.Structure structure -> false;
		};
	}

	private static int[] files(Layout layout) {
		return IntStream.range(0, layout.types().size())
			.filter((place) -> FileCodec.mayHoldFiles(layout.types().get(place)))
			.toArray();
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
		return value(row, offsets, position, null);
	}

	/**
	 * A value of a row in today's type; one that cannot be coerced is none.
	 * @param row the row
	 * @param offsets where its values are
	 * @param position the field
	 * @param memo the texts of the version that was read before, null for none
	 * @return the value
	 */
	public @Nullable Object value(StoredRow row, int[] offsets, int position, @Nullable TextMemo memo) {
		if (row.isPruned()) {
			return null;
		}
		Mapping mapping = mapping(row);
		int source = mapping.sources()[position];
		Catalog.Field field = this.fields[position];
		if (source < 0) {
			return field.initial();
		}
		Object value = row.value(mapping.layout(), offsets, source, memo);
		if (value == null) {
			return field.nullable() ? null : field.initial();
		}
		if (value instanceof SealedValue hidden) {
			value = unseal(hidden, mapping.layout(), source);
		}
		return mapping.plain()[position] ? value
				: Coercion.coerce(value, mapping.layout().types().get(source), field.type());
	}

	/**
	 * What a row has for a field that was not shown, in the type that it was written in.
	 * @param row the row
	 * @param position the field
	 * @param hidden the field as it was
	 * @return the value or what stood for it, null for none
	 */
	public @Nullable Object hiddenValue(StoredRow row, int position, Catalog.Field hidden) {
		if (row.isPruned()) {
			return null;
		}
		Layout layout = mapping(row).layout();
		int source = mapping(row).sources()[position];
		Object value = (source < 0) ? null : row.value(layout, row.offsets(layout), source);
		if (value == null) {
			return (source >= 0 && hidden.nullable()) ? null : hidden.initial();
		}
		return (value instanceof SealedValue sealed) ? unseal(sealed, layout, source) : value;
	}

	/**
	 * All values of a row in today's types.
	 * @param row the row
	 * @param memo the texts of the version that was read before, null for none
	 * @return the values in the order of today's fields
	 */
	public @Nullable Object[] values(StoredRow row, @Nullable TextMemo memo) {
		@Nullable Object[] values = new Object[this.fields.length];
		if (row.isPruned()) {
			return values;
		}
		Mapping mapping = mapping(row);
		if (!mapping.asToday()) {
			int[] offsets = row.offsets(mapping.layout());
			for (int i = 0; i < values.length; i++) {
				values[i] = value(row, offsets, i, memo);
			}
			return values;
		}
		row.readAll(mapping.layout(), values, memo);
		for (int i = 0; i < values.length; i++) {
			if (values[i] == null && !this.fields[i].nullable()) {
				values[i] = this.fields[i].initial();
			}
		}
		return values;
	}

	private byte[] context(Layout layout, int place) {
		ByteWriter context = new ByteWriter(8);
		context.putInt(this.stored.id());
		context.putInt(layout.fieldIds().get(place));
		return context.toBytes();
	}

	private Object unseal(SealedValue hidden, Layout layout, int place) {
		byte[] plain = this.keys.open(hidden.bytes(), context(layout, place));
		if (plain == null) {
			throw new StoreException.Damaged("A value of %s.%s is damaged: it is not as it was encrypted".formatted(
					this.schema.name(), this.stored.field(layout.fieldIds().get(place)).name()));
		}
		return FieldCodec.read(new ByteReader(plain), layout.types().get(place));
	}

	/**
	 * Whether a field is encrypted today.
	 * @param position the field
	 * @return true when it is
	 */
	public boolean isEncrypted(int position) {
		return layout().isEncrypted(position);
	}

	/**
	 * Encrypts what is to be encrypted.
	 * @param values values of today's layout
	 * @return the values as rows have them
	 */
	public @Nullable Object[] sealed(@Nullable Object[] values) {
		Layout layout = layout();
		if (layout.encrypted().isEmpty()) {
			return values;
		}
		@Nullable Object[] sealed = values.clone();
		for (int i = 0; i < sealed.length; i++) {
			Object value = values[i];
			if (value != null && layout.isEncrypted(i)) {
				sealed[i] = seal(value, layout, i);
			}
		}
		return sealed;
	}

	private static void addRef(FileValue file, List<BlobRef> into) {
		if (file.content() instanceof BlobContent content) {
			into.add(content.ref());
		}
	}

	/**
	 * A row with everything encrypted that is to be encrypted today, by today's key.
	 * @param row the row
	 * @param encrypt gives a file with its content encrypted by itself
	 * @return the row without checksum, null when there is nothing to do
	 */
	public byte @Nullable [] resealed(StoredRow row, UnaryOperator<FileValue> encrypt) {
		if (row.isPruned()) {
			return null;
		}
		Layout layout = mapping(row).layout();
		Layout wanted = layout.sealing(layout().encrypted(), 0);
		int[] offsets = row.offsets(layout);
		@Nullable Object[] values = new Object[layout.types().size()];
		boolean[] changed = new boolean[values.length];
		boolean any = false;
		for (int i = 0; i < values.length; i++) {
			values[i] = row.value(layout, offsets, i);
			changed[i] = row.isChanged(values.length, i);
			Object value = values[i];
			boolean old = value instanceof SealedValue hidden && !this.keys.isCurrent(hidden.bytes());
			if (value != null && wanted.isEncrypted(i) && (old || !(value instanceof SealedValue))) {
				Object plain = (value instanceof SealedValue hidden) ? unseal(hidden, layout, i) : value;
				values[i] = seal(FileCodec.change(plain, encrypt), wanted, i);
				any = true;
			}
		}
		if (!any && layout.isLike(wanted)) {
			return null;
		}
		return RowCodec.rewrite(row, like(wanted), values, changed);
	}

	/**
	 * A new version's row.
	 * @param head its head
	 * @param before the version before, whose hidden fields stay as they are; null when there is none
	 * @param values the values of today's fields
	 * @param changed for each whether it differs from the version before
	 * @return the row without time and checksum
	 */
	public byte[] next(RowCodec.Head head, @Nullable StoredRow before, @Nullable Object[] values, boolean[] changed) {
		Content content = (before == null) ? new Content(layout(), sealed(values), changed)
				: content(before, values, changed, false);
		return RowCodec.encode(head, content.layout(), content.values(), content.changed());
	}

	/**
	 * A row with other values of today's fields in the same version; hidden fields keep theirs.
	 * @param row the row
	 * @param values the values of today's fields
	 * @param changed for each whether it differs from the version before
	 * @return the row without checksum
	 */
	public byte[] replaced(StoredRow row, @Nullable Object[] values, boolean[] changed) {
		Content content = content(row, values, changed, true);
		return RowCodec.rewrite(row, content.layout(), content.values(), content.changed());
	}

	/** What a row is made of. */
	private record Content(Layout layout, @Nullable Object[] values, boolean[] changed) {
	}

	/**
	 * Values of today's fields and, where another row has them, those of hidden fields. None is kept too: should the
	 * field be declared again, with a default, it is not the same as never written.
	 */
	private Content content(StoredRow other, @Nullable Object[] values, boolean[] changed, boolean keepChanged) {
		@Nullable Object[] sealed = sealed(values);
		if (other.isPruned() || !mapping(other).hasHidden()) {
			return new Content(layout(), sealed, changed);
		}
		Layout own = mapping(other).layout();
		Layout wanted = layout().including(own, 0);
		int[] offsets = other.offsets(own);
		@Nullable Object[] all = Arrays.copyOf(sealed, wanted.types().size());
		boolean[] allChanged = Arrays.copyOf(changed, all.length);
		for (int i = values.length; i < all.length; i++) {
			int place = own.fieldIds().indexOf(wanted.fieldIds().get(i));
			all[i] = other.value(own, offsets, place);
			allChanged[i] = keepChanged && other.isChanged(own.types().size(), place);
		}
		return new Content(like(wanted), all, allChanged);
	}

	/**
	 * A row without some of its values.
	 * @param row the row, not pruned
	 * @param forgotten tells of a field of today whether its value goes
	 * @return the row without checksum, null when it has none of them
	 */
	public byte @Nullable [] without(StoredRow row, IntPredicate forgotten) {
		Mapping mapping = mapping(row);
		Layout layout = mapping.layout();
		int[] offsets = row.offsets(layout);
		@Nullable Object[] values = new Object[layout.types().size()];
		boolean[] changed = new boolean[values.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = row.value(layout, offsets, i);
			changed[i] = row.isChanged(values.length, i);
		}
		boolean any = false;
		for (int i = 0; i < this.fields.length; i++) {
			int place = mapping.sources()[i];
			if (place >= 0 && values[place] != null && forgotten.test(i)) {
				values[place] = null;
				any = true;
			}
		}
		return any ? RowCodec.rewrite(row, layout, values, changed) : null;
	}

	/** The layout that has the same fields in the same way. */
	private Layout like(Layout wanted) {
		for (Mapping mapping : this.mappings) {
			if (mapping.layout().isLike(wanted)) {
				return mapping.layout();
			}
		}
		throw new FlinBugException("No layout of " + this.schema.name() + " has the fields " + wanted.fieldIds());
	}

	private SealedValue seal(@Nullable Object value, Layout layout, int place) {
		ByteWriter plain = new ByteWriter(64);
		FieldCodec.write(plain, layout.types().get(place), Objects.requireNonNull(value));
		List<BlobRef> blobs = new ArrayList<>();
		FileCodec.each(value, (file) -> addRef(file, blobs));
		return new SealedValue(blobs, this.keys.seal(plain.toBytes(), context(layout, place)));
	}

	/**
	 * Whether all values are plain: no lists, no files, and nothing encrypted.
	 * @return true when reading a value cannot cost much
	 */
	public boolean isFlat() {
		return this.flat && !this.mayHoldFiles;
	}

	/**
	 * Whether rows can have files at all.
	 * @return false when {@link #blobs} is always empty
	 */
	public boolean mayHoldFiles() {
		return this.mayHoldFiles;
	}

	/**
	 * The blobs that a row refers to.
	 * @param row the row
	 * @return their names, one as often as it is named
	 */
	public List<BlobRef> blobs(StoredRow row) {
		if (row.isPruned() || mapping(row).files().length == 0) {
			return List.of();
		}
		List<BlobRef> blobs = new ArrayList<>();
		blobs(row, (field, ref) -> blobs.add(ref));
		return blobs;
	}

	/**
	 * Finds the blobs that a row refers to.
	 * @param row the row
	 * @param found takes the names of field and blob
	 */
	public void blobs(StoredRow row, BiConsumer<String, BlobRef> found) {
		if (row.isPruned()) {
			return;
		}
		Mapping mapping = mapping(row);
		int[] offsets = row.offsets(mapping.layout());
		for (int place : mapping.files()) {
			String field = this.stored.field(mapping.layout().fieldIds().get(place)).name();
			Object value = row.value(mapping.layout(), offsets, place);
			if (value instanceof SealedValue hidden) {
				hidden.blobs().forEach((ref) -> found.accept(field, ref));
			}
			else {
				List<BlobRef> refs = new ArrayList<>();
				FileCodec.each(value, (file) -> addRef(file, refs));
				refs.forEach((ref) -> found.accept(field, ref));
			}
		}
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
