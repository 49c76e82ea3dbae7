package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.backup.BackupWriter;
import dev.flin.store.backup.BlockType;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * The files below {@code blobs/}, which are named by their content and so never change: copied as they are.
 */
final class BlobFiles implements AutoCloseable {

	private static final String FOLDER = "blobs";

	private static final int CHUNK_BYTES = 1 << 20;

	private final FileSystem files;

	private @Nullable StoreFile file;

	private String folder = FOLDER;

	private long position;

	BlobFiles(FileSystem files) {
		this.files = files;
	}

	/** All names, in the folder itself and in folders of two hexadecimal digits. */
	static List<String> names(FileSystem files) throws IOException {
		List<String> names = new ArrayList<>();
		files.list(FOLDER).forEach((name) -> names.add(FOLDER + "/" + name));
		for (int i = 0; i < 256; i++) {
			String folder = FOLDER + "/" + HexFormat.of().toHexDigits((byte) i);
			files.list(folder).forEach((name) -> names.add(folder + "/" + name));
		}
		names.removeIf((name) -> name.endsWith(".new") || name.endsWith(".part"));
		return names;
	}

	static void write(FileSystem files, BackupWriter writer) throws IOException {
		for (String name : names(files)) {
			if (!files.exists(name)) {
				continue; // went with the last record that had it
			}
			writer.put(BlockType.FILE, name.getBytes(StandardCharsets.UTF_8));
			try (StoreFile file = files.open(name)) {
				long size = file.size();
				for (long at = 0; at < size; at += CHUNK_BYTES) {
					ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, size - at));
					file.readFully(chunk, at);
					writer.put(BlockType.BYTES, chunk.array());
				}
			}
		}
	}

	/** Starts a file that is restored. */
	void start(String name) throws IOException {
		finish();
		if (!name.startsWith(FOLDER + "/") || name.contains("..")) {
			throw new IOException("A backup may not write " + name);
		}
		StoreFile fresh = this.files.open(name);
		this.file = fresh;
		this.folder = name.substring(0, name.lastIndexOf('/'));
		fresh.truncate(0);
		this.position = 0;
	}

	void bytes(byte[] chunk) throws IOException {
		StoreFile open = this.file;
		if (open == null) {
			throw new IOException("Bytes without a file");
		}
		open.write(ByteBuffer.wrap(chunk), this.position);
		this.position += chunk.length;
	}

	/** Forces the last file. */
	void finish() throws IOException {
		StoreFile open = this.file;
		this.file = null;
		if (open != null) {
			try (open) {
				open.force(true);
			}
			this.files.forceFolder(this.folder);
			this.files.forceFolder(FOLDER);
		}
	}

	@Override
	public void close() throws IOException {
		finish();
	}

}
