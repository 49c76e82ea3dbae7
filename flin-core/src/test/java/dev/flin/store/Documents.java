package dev.flin.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.value.FileValue;

/** A schema with files, and short forms for working with it. */
final class Documents {

	static final EntitySchema DOCUMENT = EntitySchema.of("Document", FieldSchema.required("title", FieldType.TEXT),
			FieldSchema.optional("file", FieldType.FILE),
			FieldSchema.optional("more", new FieldType.Structure("[file]")));

	static final StoreSchema SCHEMA = new StoreSchema(List.of(DOCUMENT));

	static final int FILE = 1;

	static final int MORE = 2;

	private Documents() {
	}

	static Store open(FileSystem files) {
		return open(files, StoreConfig.defaults());
	}

	static Store open(FileSystem files, StoreConfig config) {
		return Stores.open(files, config, SCHEMA, new ManualClock());
	}

	static FileValue file(String name, String type, byte[] content) {
		return new FileValue(name, type, content.length, null, () -> new ByteArrayInputStream(content));
	}

	static FileValue text(String content) {
		return file("note.txt", "text/plain", content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	/** Bytes that do not shrink. */
	static byte[] noise(long seed, int length) {
		byte[] bytes = new byte[length];
		new Random(seed).nextBytes(bytes);
		return bytes;
	}

	/** Bytes that shrink. */
	static byte[] lines(String line, int count) {
		return (line + "\n").repeat(count).getBytes(java.nio.charset.StandardCharsets.UTF_8);
	}

	static long insert(Store store, String title, @Nullable FileValue file) {
		try (WriteTransaction tx = store.begin(null)) {
			long id = tx.insert("Document", new Object[] { title, file, null }, null).id();
			tx.commit();
			return id;
		}
	}

	static void setFile(Store store, long id, @Nullable FileValue file) {
		try (WriteTransaction tx = store.begin(null)) {
			@Nullable Object[] values = newest(tx, id).values();
			values[FILE] = file;
			tx.update("Document", id, values, null);
			tx.commit();
		}
	}

	static void destroy(Store store, long id) {
		try (WriteTransaction tx = store.begin(null)) {
			tx.destroy("Document", id);
			tx.commit();
		}
	}

	static RecordVersion newest(ReadView view, long id) {
		RecordVersion newest = view.newest("Document", id);
		if (newest == null) {
			throw new AssertionError("No document " + id);
		}
		return newest;
	}

	static FileValue fileOf(Store store, long id) {
		try (Snapshot snapshot = store.snapshot()) {
			if (newest(snapshot, id).value(FILE) instanceof FileValue file) {
				return file;
			}
			throw new AssertionError("Document " + id + " has no file");
		}
	}

	static byte[] read(FileValue file) {
		try (InputStream source = file.open()) {
			return source.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The names of the blobs in a directory. */
	static List<String> blobs(FileSystem files) {
		try {
			return files.list("blobs");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The names of the files of a simulated disk in which some bytes stand. */
	static List<String> filesWith(SimulatedDisk disk, String marker) {
		byte[] wanted = marker.getBytes(java.nio.charset.StandardCharsets.UTF_8);
		return disk.names().stream().filter((name) -> contains(disk.content(name), wanted)).toList();
	}

	static boolean contains(byte[] bytes, byte[] wanted) {
		for (int at = 0; at + wanted.length <= bytes.length; at++) {
			if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
				return true;
			}
		}
		return false;
	}

}
