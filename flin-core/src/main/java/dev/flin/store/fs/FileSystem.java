package dev.flin.store.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The files of one data directory.
 */
public interface FileSystem {

	/**
	 * The directory, for messages.
	 * @return its name
	 */
	String describe();

	/**
	 * Opens a file for reading and writing and creates it when it is missing, folders included.
	 * @param name its name
	 * @return the file
	 * @throws IOException when it cannot be opened
	 */
	StoreFile open(String name) throws IOException;

	/**
	 * Opens a file for reading.
	 * @param name its name
	 * @return the file
	 * @throws FileNotFoundException when there is none of that name
	 * @throws IOException when it cannot be opened
	 */
	default StoreFile openExisting(String name) throws IOException {
		if (!exists(name)) {
			throw new FileNotFoundException(name);
		}
		return open(name);
	}

	/**
	 * Whether a file exists.
	 * @param name its name
	 * @return true when it does
	 */
	boolean exists(String name);

	/**
	 * The files of a folder.
	 * @param folder the folder, empty for the directory itself
	 * @return their names without the folder, sorted; empty when there is no such folder
	 * @throws IOException when it cannot be read
	 */
	List<String> list(String folder) throws IOException;

	/**
	 * Deletes a file if it is there.
	 * @param name its name
	 * @throws IOException when it cannot be deleted
	 */
	void delete(String name) throws IOException;

	/**
	 * Gives a file another name, replacing what has it, at once or not at all.
	 * @param from its name
	 * @param to its new name
	 * @throws IOException when it cannot be renamed
	 */
	void rename(String from, String to) throws IOException;

	/**
	 * Forces a folder's list of files to disk.
	 * @param folder the folder, empty for the directory itself
	 * @throws IOException when it cannot be forced
	 */
	void forceFolder(String folder) throws IOException;

	/**
	 * Takes the directory for this process.
	 * @return the lock
	 * @throws LockedException when somebody has it
	 * @throws IOException when it cannot be locked for another reason
	 */
	DirectoryLock lock() throws IOException;

	/**
	 * Reads a whole small file.
	 * @param name its name
	 * @return its bytes
	 * @throws IOException when it cannot be read
	 */
	default byte[] readAll(String name) throws IOException {
		try (StoreFile file = open(name)) {
			ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
			file.readFully(bytes, 0);
			return bytes.array();
		}
	}

	/**
	 * Replaces a small file as a whole: after a crash it has the old or the new content.
	 * @param name its name
	 * @param content the new content
	 * @throws IOException when it cannot be written
	 */
	default void replace(String name, byte[] content) throws IOException {
		String fresh = name + ".new";
		delete(fresh);
		try (StoreFile file = open(fresh)) {
			file.write(ByteBuffer.wrap(content), 0);
			file.force(true);
		}
		rename(fresh, name);
		int slash = name.lastIndexOf('/');
		forceFolder((slash < 0) ? "" : name.substring(0, slash));
	}

	/** A directory that belongs to this process until it is closed. */
	interface DirectoryLock extends AutoCloseable {

		@Override
		void close() throws IOException;

	}

	/** Somebody else has the directory. */
	final class LockedException extends IOException {

		private static final long serialVersionUID = 1L;

		private final long pid;

		/**
		 * Creates the exception.
		 * @param pid the holder's process id, 0 when unknown
		 */
		public LockedException(long pid) {
			super("locked by process " + pid);
			this.pid = pid;
		}

		/**
		 * The holder.
		 * @return its process id, 0 when unknown
		 */
		public long pid() {
			return this.pid;
		}

	}

}
