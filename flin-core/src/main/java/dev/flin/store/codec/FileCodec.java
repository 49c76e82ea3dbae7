package dev.flin.store.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;

/**
 * Files within rows: name, type and the name of a blob. Rows of the first versions have the bytes themselves.
 */
public final class FileCodec {

	private static final int HAS_URL = 1;

	private static final int IS_BLOB = 2;

	private static final int IS_ENCRYPTED = 4;

	private FileCodec() {
	}

	static void write(ByteWriter into, FileValue file) {
		BlobRef ref = (file.content() instanceof BlobContent content) ? content.ref() : null;
		String url = file.url();
		into.putText(file.name());
		into.putText(file.contentType());
		into.putByte(((url != null) ? HAS_URL : 0) | ((ref != null) ? IS_BLOB : 0)
				| ((ref != null && ref.encrypted()) ? IS_ENCRYPTED : 0));
		if (url != null) {
			into.putText(url);
		}
		if (ref != null) {
			writeRef(into, ref);
			return;
		}
		byte[] content = bytes(file);
		into.putVar(content.length);
		into.putBytes(content);
	}

	private static byte[] bytes(FileValue file) {
		try (InputStream source = file.open()) {
			return source.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file " + file.name() + " cannot be read", ex);
		}
	}

	static void writeRef(ByteWriter into, BlobRef ref) {
		into.putBytes(HexFormat.of().parseHex(ref.id()));
		into.putVar(ref.size());
	}

	static BlobRef readRef(ByteReader from, boolean encrypted) {
		String id = HexFormat.of().formatHex(from.getBytes(BlobRef.ID_BYTES));
		return new BlobRef(id, from.getVar(), encrypted);
	}

	static FileValue read(ByteReader from) {
		String name = from.getText();
		String contentType = from.getText();
		int flags = from.getByte();
		String url = ((flags & HAS_URL) != 0) ? from.getText() : null;
		if ((flags & IS_BLOB) != 0) {
			BlobRef ref = readRef(from, (flags & IS_ENCRYPTED) != 0);
			return new FileValue(name, contentType, ref.size(), url, new BlobContent(ref, null));
		}
		byte[] content = from.getBytes(from.getCount());
		return new FileValue(name, contentType, content.length, url, new Inline(content));
	}

	static void skip(ByteReader from) {
		from.skip(from.getCount());
		from.skip(from.getCount());
		int flags = from.getByte();
		if ((flags & HAS_URL) != 0) {
			from.skip(from.getCount());
		}
		if ((flags & IS_BLOB) != 0) {
			from.skip(BlobRef.ID_BYTES);
			from.getVar();
		}
		else {
			from.skip(from.getCount());
		}
	}

	/** Bytes that stand in the row. */
	private record Inline(byte[] bytes) implements FileValue.Content {

		@Override
		public InputStream open() {
			return new ByteArrayInputStream(this.bytes);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Inline inline && Arrays.equals(inline.bytes, this.bytes);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.bytes);
		}

	}

	/**
	 * Whether values of a type can be or contain files.
	 * @param type the type
	 * @return false when there are surely none
	 */
	public static boolean mayHoldFiles(FieldType type) {
		return switch (type) {
			case FieldType.Scalar scalar -> scalar.kind() == FieldType.Kind.FILE;
			case FieldType.Structure structure -> structure.description().contains("file")
					|| structure.description().contains("any");
			case FieldType.Choice choice -> false;
			case FieldType.Reference reference -> false;
			case FieldType.References references -> false;
		};
	}

	/**
	 * Finds the files of a value.
	 * @param value the value
	 * @param found takes them
	 */
	public static void each(@Nullable Object value, Consumer<FileValue> found) {
		switch (value) {
			case FileValue file -> found.accept(file);
			case FlinList list when holdsObjects(list) -> list.forEach((element) -> each(element, found));
			case FlinTuple tuple -> tuple.toList().forEach((element) -> each(element, found));
			case FlinMap map -> map.values().forEach((element) -> each(element, found));
			case null, default -> {
			}
		}
	}

	/**
	 * Puts other files in the place of those of a value.
	 * @param value the value; its lists and maps are changed
	 * @param change gives the other file
	 * @return the value, or the other file when it was one
	 */
	public static @Nullable Object change(@Nullable Object value, UnaryOperator<FileValue> change) {
		switch (value) {
			case FileValue file -> {
				return change.apply(file);
			}
			case FlinList list when holdsObjects(list) -> {
				for (int i = 0; i < list.size(); i++) {
					Object before = list.element(i);
					Object after = change(before, change);
					if (after != before) {
						list.set(i, after);
					}
				}
				return list;
			}
			case FlinTuple tuple -> {
				@Nullable Object[] elements = tuple.toList().toArray();
				for (int i = 0; i < elements.length; i++) {
					elements[i] = change(elements[i], change);
				}
				return FlinTuple.of(elements);
			}
			case FlinMap map -> {
				for (Map.Entry<@Nullable Object, @Nullable Object> entry : java.util.List.copyOf(map.entrySet())) {
					Object after = change(entry.getValue(), change);
					if (after != entry.getValue()) {
						map.put(entry.getKey(), after);
					}
				}
				return map;
			}
			case null, default -> {
				return value;
			}
		}
	}

	private static boolean holdsObjects(FlinList list) {
		return list.longStorage() == null && list.doubleStorage() == null && list.booleanStorage() == null;
	}

}
