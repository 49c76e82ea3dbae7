package dev.flin.store.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Files on disk.
 */
public final class RealFileSystem implements FileSystem {

	private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);

	private static final Set<OpenOption> WRITTEN = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

	private static final Set<OpenOption> CREATED = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
			StandardOpenOption.CREATE);

	private static final String LOCK = "lock";

	/** The lock's byte lies behind the holder's pid, which others may read. */
	private static final long LOCK_POSITION = 64;

	/**
	 * The directories that this process has locked. Locks belong to the process, and closing any channel on the lock
	 * file drops them, so a second opener must be turned away before it opens the file.
	 */
	private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

	private final Path root;

	/** Those that may still be open. */
	private final Set<RealFile> opened = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	/**
	 * Creates the file system; nothing is touched yet.
	 * @param root the data directory
	 */
	public RealFileSystem(Path root) {
		this.root = root.toAbsolutePath().normalize();
	}

	@Override
	public String describe() {
		return this.root.toString();
	}

	private Path path(String name) {
		return name.isEmpty() ? this.root : this.root.resolve(name);
	}

	@Override
	public StoreFile open(String name) throws IOException {
		Path path = path(name);
		Path folder = path.getParent();
		if (folder != null && !Files.isDirectory(folder)) {
			Files.createDirectories(folder);
		}
		return remembered(RealFile.open(path, CREATED, WRITTEN));
	}

	private StoreFile remembered(RealFile file) {
		this.opened.add(file);
		return file;
	}

	@Override
	public StoreFile openExisting(String name) throws IOException {
		try {
			return remembered(RealFile.open(path(name), READ, READ));
		}
		catch (NoSuchFileException ex) {
			throw new FileNotFoundException(name);
		}
	}

	@Override
	public boolean exists(String name) {
		return Files.exists(path(name));
	}

	@Override
	public List<String> list(String folder) throws IOException {
		Path path = path(folder);
		if (!Files.isDirectory(path)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(path)) {
			return files.filter(Files::isRegularFile).map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Override
	public void delete(String name) throws IOException {
		Files.deleteIfExists(path(name));
	}

	@Override
	public void rename(String from, String to) throws IOException {
		Path path = path(to);
		List<RealFile> before;
		synchronized (this.opened) {
			before = this.opened.stream().filter((file) -> file.isAt(path)).toList();
		}
		for (RealFile file : before) {
			file.beforeReplaced();
		}
		Files.move(path(from), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	@Override
	public void forceFolder(String folder) throws IOException {
		Path path = path(folder);
		if (path.getFileSystem().getSeparator().equals("\\")) {
			return; // Windows keeps directories itself and does not open them
		}
		try (RealFile list = RealFile.open(path, READ, READ)) {
			list.force(true);
		}
	}

	@Override
	public DirectoryLock lock() throws IOException {
		Files.createDirectories(this.root);
		Path directory = this.root.toRealPath();
		if (!HELD_BY_THIS_PROCESS.add(directory)) {
			throw new LockedException(ProcessHandle.current().pid());
		}
		try {
			FileChannel channel = lockFile();
			return () -> {
				try (channel) {
					HELD_BY_THIS_PROCESS.remove(directory);
				}
			};
		}
		catch (IOException ex) {
			HELD_BY_THIS_PROCESS.remove(directory);
			throw ex;
		}
	}

	private FileChannel lockFile() throws IOException {
		FileChannel channel = FileChannel.open(path(LOCK), StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.CREATE);
		try {
			FileLock lock = channel.tryLock(LOCK_POSITION, 1, false);
			if (lock == null) {
				throw new LockedException(readPid(channel));
			}
			channel.truncate(0);
			String pid = Long.toString(ProcessHandle.current().pid());
			channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
			return channel;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private static long readPid(FileChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(20);
		channel.read(bytes, 0);
		String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
		return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
	}

}
