package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Counted;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.RecoveryReport;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.fs.FileSystem;
import dev.flin.value.FlinBugException;
import dev.flin.value.Printer;

/**
 * Applies transactions of the log again and counts what became of them. A version that is not as written, or whose
 * reference leads to nothing, is left out and kept with its values for {@code recovery.json}.
 */
final class Recovery {

	static final String FILE = "recovery.json";

	/** More are counted, not listed. */
	private static final int LISTED_MAX = 10_000;

	private final List<String> notes = new ArrayList<>();

	/** How many rows were applied, by entity and the layout that they have. */
	private final Map<Written, Long> applied = new HashMap<>();

	private final List<String> listed = new ArrayList<>();

	private long recovered;

	private long skipped;

	private long failed;

	private long cutBytes;

	/** The form of a row. */
	private record Written(int entity, int layout) {

		/** Whether the entity's rows are written otherwise by now; so are those of one that is gone. */
		boolean isOlder(Tables now) {
			EntityTable table = now.find(this.entity);
			return table == null || table.shape().layout().id() != this.layout;
		}

	}

	void note(String sentence) {
		this.notes.add(sentence);
	}

	void cut(long bytes) {
		this.cutBytes = bytes;
		if (bytes > 0) {
			note("Cut %s of an unfinished write off the end of the log".formatted(Counted.of(bytes, "byte")));
		}
	}

	/** A transaction as the log has it. */
	static final class Read {

		static final Read NOTHING = new Read(new TransactionCodec.Decoded(0, 0, List.of()), true);

		private final TransactionCodec.Decoded transaction;

		private final boolean intact;

		/** The records that it stores, by entity; made when first asked for. */
		private @Nullable Map<Integer, Set<Long>> stored;

		private Read(TransactionCodec.Decoded transaction, boolean intact) {
			this.transaction = transaction;
			this.intact = intact;
		}

		/** Decodes a record; needs nothing but its bytes, so that it can be done ahead. */
		static Read of(ByteBuffer payload) {
			byte[] bytes = new byte[payload.remaining()];
			payload.get(bytes);
			TransactionCodec.Decoded transaction = TransactionCodec.decode(bytes);
			boolean intact = true;
			for (Change change : transaction.changes()) {
				intact &= !(change instanceof Change.Put put) || RowCodec.isIntact(put.row(), put.entity(), put.id());
			}
			return new Read(transaction, intact);
		}

		TransactionCodec.Decoded transaction() {
			return this.transaction;
		}

		/** Whether all rows are as they were written. */
		boolean isIntact() {
			return this.intact;
		}

		/** Whether the transaction stores a version of a record. */
		boolean stores(int entity, long id) {
			Map<Integer, Set<Long>> known = this.stored;
			if (known == null) {
				known = new HashMap<>();
				for (Change change : this.transaction.changes()) {
					if (change instanceof Change.Put put) {
						known.computeIfAbsent(put.entity(), (key) -> new HashSet<>()).add(put.id());
					}
				}
				this.stored = known;
			}
			return known.getOrDefault(entity, Set.of()).contains(id);
		}

	}

	/** Applies what can be applied of a transaction. */
	void apply(Applier applier, long sequence, Read read) {
		TransactionCodec.Decoded transaction = read.transaction();
		List<Change> rest = new ArrayList<>(transaction.changes().size());
		for (Change change : transaction.changes()) {
			if (change instanceof Change.Put put) {
				if (isSound(applier, sequence, put, read)) {
					this.applied.merge(new Written(put.entity(), new StoredRow(put.row()).layout()), 1L, Long::sum);
					rest.add(put);
				}
			}
			else if (change instanceof Change.Schema) {
				// what comes behind it is looked at with it
				rest.add(change);
				applier.apply(rest);
				rest.clear();
			}
			else {
				rest.add(change);
			}
		}
		applier.apply(rest);
		this.recovered++;
	}

	private boolean isSound(Applier applier, long sequence, Change.Put put, Read read) {
		EntityTable table = applier.tables().find(put.entity());
		if (table == null) {
			fail("entity " + put.entity(), put.id(), sequence, "the schema does not have the entity", null);
			return false;
		}
		if (!read.isIntact() && !RowCodec.isIntact(put.row(), put.entity(), put.id())) {
			fail(table.name(), put.id(), sequence, "its bytes are not those that were written", null);
			return false;
		}
		StoredRow row = new StoredRow(put.row());
		try {
			String missing = row.isDeleted() || row.isPruned() ? null : missing(applier, table, row, read);
			if (missing != null) {
				this.skipped++;
				list("skipped", table.name(), put.id(), sequence, missing, values(table, row));
				return false;
			}
			return true;
		}
		catch (FlinBugException | IndexOutOfBoundsException ex) {
			fail(table.name(), put.id(), sequence, "it cannot be read: " + ex.getMessage(), null);
			return false;
		}
	}

	/** What a row refers to and is not there, in words. */
	private static @Nullable String missing(Applier applier, EntityTable table, StoredRow row, Read read) {
		int[] offsets = null;
		List<FieldSchema> fields = table.shape().fields();
		for (int i = 0; i < fields.size(); i++) {
			String entity = switch (fields.get(i).type()) {
				case FieldType.Reference reference -> reference.entity();
				case FieldType.References references -> references.entity();
				case FieldType.Scalar scalar -> null;
				case FieldType.Choice choice -> null;
				case FieldType.Structure structure -> null;
			};
			EntityTable target = (entity == null) ? null : applier.tables().find(entity);
			if (target == null) {
				continue;
			}
			offsets = (offsets == null) ? table.shape().offsets(row) : offsets;
			Object value = table.shape().value(row, offsets, i);
			for (Object id : (value instanceof List<?> ids) ? ids : (value == null) ? List.of() : List.of(value)) {
				boolean there = !(id instanceof Long number) || target.records().get(number) != null
						|| read.stores(target.entityId(), number);
				if (!there) {
					return "%s refers to %s#%s, which is gone".formatted(fields.get(i).name(), entity, id);
				}
			}
		}
		return null;
	}

	private static Map<String, String> values(EntityTable table, StoredRow row) {
		Map<String, String> values = new LinkedHashMap<>();
		int[] offsets = table.shape().offsets(row);
		List<FieldSchema> fields = table.shape().fields();
		for (int i = 0; i < fields.size(); i++) {
			Object value = table.shape().isEncrypted(i) ? null : table.shape().value(row, offsets, i);
			if (value != null) {
				values.put(fields.get(i).name(), Printer.print(value));
			}
		}
		return values;
	}

	/** Counts a version that is lost. */
	void fail(String entity, long id, long sequence, String why, @Nullable Map<String, String> values) {
		this.failed++;
		list("failed", entity, id, sequence, why, (values != null) ? values : Map.of());
	}

	private void list(String result, String entity, long id, long sequence, String why, Map<String, String> values) {
		if (this.listed.size() >= LISTED_MAX) {
			return;
		}
		StringBuilder entry = new StringBuilder("{ \"result\": \"").append(result).append("\", \"entity\": ");
		quote(entry, entity).append(", \"id\": ").append(id).append(", \"transaction\": ").append(sequence);
		quote(entry.append(", \"reason\": "), why);
		if (!values.isEmpty()) {
			entry.append(", \"values\": {");
			String separator = " ";
			for (Map.Entry<String, String> value : values.entrySet()) {
				quote(entry.append(separator), value.getKey()).append(": ");
				quote(entry, value.getValue());
				separator = ", ";
			}
			entry.append(" }");
		}
		this.listed.add(entry.append(" }").toString());
	}

	private static StringBuilder quote(StringBuilder into, String text) {
		into.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '"' -> into.append("\\\"");
				case '\\' -> into.append("\\\\");
				case '\n' -> into.append("\\n");
				default -> {
					if (c < ' ') {
						into.append("\\u%04x".formatted((int) c));
					}
					else {
						into.append(c);
					}
				}
			}
		}
		return into.append('"');
	}

	/**
	 * The numbers.
	 * @param now the tables under the schema that is in use
	 */
	RecoveryReport report(Tables now) {
		long migrated = this.applied.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isOlder(now))
			.mapToLong(Map.Entry::getValue)
			.sum();
		return new RecoveryReport(this.recovered, migrated, this.skipped, this.failed, this.cutBytes, this.notes);
	}

	/** Writes the report beside the store, unless there is nothing to say. */
	void write(FileSystem files, Tables now) throws IOException {
		RecoveryReport report = report(now);
		if (report.isClean()) {
			return;
		}
		StringBuilder text = new StringBuilder("{\n");
		text.append("  \"recovered\": ").append(report.recovered()).append(",\n");
		text.append("  \"migrated\": ").append(report.migrated()).append(",\n");
		text.append("  \"skipped\": ").append(report.skipped()).append(",\n");
		text.append("  \"failed\": ").append(report.failed()).append(",\n");
		text.append("  \"cut_bytes\": ").append(report.cutBytes()).append(",\n  \"entries\": [");
		for (int i = 0; i < this.listed.size(); i++) {
			text.append((i == 0) ? "\n    " : ",\n    ").append(this.listed.get(i));
		}
		text.append(this.listed.isEmpty() ? "],\n" : "\n  ],\n").append("  \"notes\": [");
		for (int i = 0; i < report.notes().size(); i++) {
			quote(text.append((i == 0) ? "\n    " : ",\n    "), report.notes().get(i));
		}
		text.append(report.notes().isEmpty() ? "]" : "\n  ]");
		files.replace(FILE, text.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8));
	}

}
