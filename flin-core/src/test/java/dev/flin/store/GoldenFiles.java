package dev.flin.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;

/**
 * A store with contents of files, encrypted fields and an archive of its log, always the same but for what is random in
 * encryption, and everything that can be read from it as text.
 */
final class GoldenFiles {

	/** How the directory is kept. */
	enum Kept {

		FILES, ENCRYPTED, ARCHIVED

	}

	private static final String KEY = java.util.Base64.getEncoder().encodeToString(new byte[32]);

	private static final EntitySchema PAPER = EntitySchema.of("Paper",
			FieldSchema.required("title", FieldType.TEXT).asIndexed(),
			FieldSchema.optional("document", FieldType.FILE),
			FieldSchema.optional("more", new FieldType.Structure("[file]")),
			FieldSchema.optional("contact", FieldType.TEXT).asUnique().asEncrypted(),
			FieldSchema.optional("passport", FieldType.FILE).asEncrypted());

	private static final StoreSchema SCHEMA = new StoreSchema(List.of(PAPER));

	private GoldenFiles() {
	}

	static Store open(FileSystem files, Kept kept, String at) {
		StoreKeys keys = StoreKeys.with(new Random(4)).withFieldKeys(Map.of("k1", KEY), "k1");
		StoreConfig config = StoreConfig.defaults()
			.withLog(16 << 10, 1 << 20)
			.withArchiveLog(kept == Kept.ARCHIVED)
			.withKeys((kept == Kept.ENCRYPTED) ? keys.withStoreKey(KEY) : keys);
		ManualClock clock = new ManualClock();
		clock.set(at);
		return Stores.open(files, config, SCHEMA, clock);
	}

	/** Makes the store and leaves it as a process does that is killed behind a checkpoint. */
	static void write(FileSystem files, Kept kept) {
		Store store = open(files, kept, "2026-03-01T00:00:00Z");
		save(store, 0, "first", "ä first", 40_000);
		save(store, 0, "second", "b", 10);
		save(store, 1, "first again", "ä first", 300_000);
		store.checkpoint();
		save(store, 0, "erased", "c", 5_000);
		save(store, 2, "second again", null, 0);
		try (WriteTransaction tx = store.begin("ama")) {
			tx.destroy("Paper", 3);
			tx.commit();
		}
		store.checkpoint();
		save(store, 2, "second at last", "d", 2_000);
	}

	private static void save(Store store, long id, String title, @Nullable String contact, int length) {
		FileValue file = (length == 0) ? null
				: Documents.file(title + ".txt", "text/plain", Documents.lines(title, length / title.length()));
		Object more = (length == 0) ? null
				: FlinList.of(Documents.file("noise", "image/jpeg", Documents.noise(length, Math.min(length, 3000))),
						Documents.text(title));
		@Nullable Object[] values = { title, file, more, contact, file };
		try (WriteTransaction tx = store.begin("ama")) {
			if (id == 0) {
				tx.insert("Paper", values, null);
			}
			else {
				tx.update("Paper", id, values, null);
			}
			tx.commit();
		}
	}

	/** Everything that can be read. */
	static String describe(ReadView view) {
		List<String> lines = new ArrayList<>();
		for (long id = 1; id <= 3; id++) {
			String name = "Paper#" + id;
			view.history("Paper", id).forEachRemaining((version) -> {
				List<String> values = new ArrayList<>();
				for (Object value : version.values()) {
					values.add(text(value));
				}
				lines.add(name + " @ " + version.number() + " " + version.changed() + " " + values);
			});
		}
		Column contact = new Column.Field(3);
		lines.add("contact d: " + view.count(Query.of("Paper")
			.where(new Condition.Compare(contact, Condition.Operator.EQ, "d"))));
		lines.add("at the start: " + view.count(Query.of("Paper")
			.asOf(AsOf.at(Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofNanos(1000))))));
		return String.join("\n", lines) + "\n";
	}

	private static String text(@Nullable Object value) {
		return switch (value) {
			case null -> "none";
			case FileValue file -> "%s (%s, %d bytes, %s)".formatted(file.name(), file.contentType(), file.size(),
					HexFormat.of().toHexDigits(java.util.Arrays.hashCode(Documents.read(file))));
			case List<?> list -> list.stream().map(GoldenFiles::text).toList().toString();
			default -> value.toString();
		};
	}

}
