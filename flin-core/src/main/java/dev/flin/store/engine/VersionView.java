package dev.flin.store.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldSchema;
import dev.flin.store.RecordRef;
import dev.flin.store.RecordVersion;
import dev.flin.store.codec.BlobContent;
import dev.flin.store.codec.FileCodec;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.codec.TextMemo;
import dev.flin.value.FileValue;

/**
 * A row in today's shape.
 */
final class VersionView implements RecordVersion {

	private static final int SHORT_ROW_BYTES = 1024;

	private final Tables tables;

	private final EntityTable table;

	private final long id;

	private final StoredRow row;

	private final long systemTo;

	private final @Nullable TextMemo memo;

	/** All values of a version that threads share; final, so that each of them sees the values whole. */
	private final @Nullable Decoded kept;

	/** All values, where they were decoded at once. */
	private @Nullable Decoded decoded;

	private int @Nullable [] offsets;

	private @Nullable Instant systemFrom;

	private @Nullable Instant created;

	private @Nullable Instant end;

	private record Decoded(@Nullable Object[] values) {
	}

	VersionView(Tables tables, EntityTable table, long id, StoredRow row, long systemTo) {
		this(tables, table, id, row, systemTo, null);
	}

	VersionView(Tables tables, EntityTable table, long id, StoredRow row, long systemTo, @Nullable TextMemo memo) {
		this(tables, table, id, row, systemTo, memo, null);
	}

	private VersionView(Tables tables, EntityTable table, long id, StoredRow row, long systemTo,
			@Nullable TextMemo memo, @Nullable Decoded kept) {
		this.tables = tables;
		this.table = table;
		this.id = id;
		this.row = row;
		this.systemTo = systemTo;
		this.memo = memo;
		this.kept = kept;
	}

	/** The same with all values decoded, to be kept and shared; nothing that it gives may be changeable. */
	VersionView decoded() {
		return new VersionView(this.tables, this.table, this.id, this.row, this.systemTo, null,
				new Decoded(this.table.shape().values(this.row, this.memo)));
	}

	StoredRow row() {
		return this.row;
	}

	/** Whether it is of a record, as a schema has it. */
	boolean isOf(EntityTable ofTable, long record) {
		return this.table == ofTable && this.id == record;
	}

	/** Whether it ends when the row says so. */
	boolean isUntil(long time) {
		return this.systemTo == time;
	}

	@Override
	public String entity() {
		return this.table.name();
	}

	@Override
	public long id() {
		return this.id;
	}

	@Override
	public long number() {
		return this.row.number();
	}

	@Override
	public Instant createdAt() {
		Instant known = this.created;
		if (known == null) {
			known = instant(this.row.created());
			this.created = known;
		}
		return known;
	}

	@Override
	public Instant systemFrom() {
		Instant known = this.systemFrom;
		if (known == null) {
			known = (this.memo != null) ? this.memo.instant(this.row.systemFrom())
					: Micros.toInstant(this.row.systemFrom());
			this.systemFrom = known;
		}
		return known;
	}

	/** A time, the same object as another one that says so where that costs nothing. */
	private Instant instant(long micros) {
		if (micros == this.row.systemFrom()) {
			return systemFrom();
		}
		return (this.memo != null) ? this.memo.instant(micros) : Micros.toInstant(micros);
	}

	@Override
	public @Nullable Instant systemTo() {
		if (this.systemTo == Micros.OPEN) {
			return null;
		}
		Instant known = this.end;
		if (known == null) {
			known = instant(this.systemTo);
			this.end = known;
		}
		return known;
	}

	@Override
	public Instant validFrom() {
		return Micros.toInstant(this.row.validFrom());
	}

	@Override
	public @Nullable Instant validTo() {
		return (this.row.validTo() == Micros.OPEN) ? null : Micros.toInstant(this.row.validTo());
	}

	@Override
	public boolean hasValidPeriod() {
		return this.row.hasValidPeriod();
	}

	@Override
	public boolean deleted() {
		return this.row.isDeleted();
	}

	@Override
	public @Nullable RecordRef cause() {
		EntityTable causing = (this.row.causeEntity() == 0) ? null : this.tables.find(this.row.causeEntity());
		return (causing == null) ? null : new RecordRef(causing.name(), this.row.causeId());
	}

	@Override
	public @Nullable String savedBy() {
		return this.row.savedBy();
	}

	@Override
	public List<String> changed() {
		List<String> names = new ArrayList<>();
		List<FieldSchema> fields = this.table.shape().fields();
		for (int i = 0; i < fields.size(); i++) {
			if (this.table.shape().isChanged(this.row, i)) {
				names.add(fields.get(i).name());
			}
		}
		return names;
	}

	@Override
	public @Nullable Object value(int position) {
		@Nullable Object[] whole = sharedValues();
		if (whole != null) {
			return whole[position];
		}
		int[] known = this.offsets;
		if (known == null) {
			known = this.table.shape().offsets(this.row);
			this.offsets = known;
		}
		Object value = this.table.shape().value(this.row, known, position, this.memo);
		return this.table.shape().mayHoldFiles() ? FileCodec.change(value, (file) -> joined(file, position)) : value;
	}

	@Override
	public @Nullable Object @Nullable [] sharedValues() {
		Decoded whole = (this.kept != null) ? this.kept : this.decoded;
		if (whole == null && this.memo != null && isReadWhole(this.row)) {
			whole = new Decoded(this.table.shape().values(this.row, this.memo));
			this.decoded = whole;
		}
		return (whole != null) ? whole.values() : null;
	}

	/**
	 * In a history most values are those of the version before, so short rows are read at once, as fast as found in.
	 */
	private boolean isReadWhole(StoredRow version) {
		return version.bytes().length <= SHORT_ROW_BYTES && this.table.shape().isFlat();
	}

	/** The file with its bytes: a row only names them. */
	private FileValue joined(FileValue file, int position) {
		if (!(file.content() instanceof BlobContent content)) {
			return file;
		}
		String field = this.table.shape().fields().get(position).name();
		return file.withContent(this.tables.vault().blobs().join(content.ref(), () -> name(field)));
	}

	private String name(String field) {
		return "%s#%d.%s".formatted(entity(), this.id, field);
	}

	@Override
	public @Nullable Object[] values() {
		Decoded whole = (this.kept != null) ? this.kept : this.decoded;
		if (whole != null) {
			return whole.values().clone();
		}
		@Nullable Object[] values = this.table.shape().values(this.row, this.memo);
		if (this.table.shape().mayHoldFiles()) {
			for (int i = 0; i < values.length; i++) {
				int position = i;
				values[i] = FileCodec.change(values[i], (file) -> joined(file, position));
			}
		}
		return values;
	}

	@Override
	public String toString() {
		return entity() + "#" + this.id + " @ " + number();
	}

}
