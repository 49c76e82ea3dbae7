package dev.flin.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;

/**
 * A disk that can fail and lose power. What was not forced may be on it after a crash, or not, or in
 * part, in any order;
 * names of files count as forced with their folder.
 */
public final class SimulatedDisk implements FileSystem {

	/** A change of a file's bytes that is not forced; without bytes it cuts the file. */
	private record Unforced(long position, byte @Nullable [] bytes) {
	}

	private static final int SECTOR_BYTES = 512;

	private static final class Node {

		private byte[] durable = new byte[0];

		private byte[] current = new byte[0];

		private final List<Unforced> unforced = new ArrayList<>();

	}

	private static final class Image {

		private byte[] bytes;

		Image(byte[] bytes) {
			this.bytes = bytes;
		}

		void apply(Unforced change, int length) {
			byte[] source = change.bytes();
			int position = Math.toIntExact(change.position());
			if (source == null) {
				this.bytes = Arrays.copyOf(this.bytes, position);
				return;
			}
			if (this.bytes.length < position + length) {
				this.bytes = Arrays.copyOf(this.bytes, position + length);
			}
			System.arraycopy(source, 0, this.bytes, position, length);
		}

	}

	private final Map<String, Node> files = new TreeMap<>();

	private Map<String, Node> durableNames = new TreeMap<>();

	private final List<Map<String, Node>> unforcedNames = new ArrayList<>();

	private long operations;

	private long failAt = Long.MAX_VALUE;

	private boolean failForever;

	private boolean full;

	private boolean locked;

	/** Fails at an operation that changes something, counted from 1 and from now on. */
	public synchronized void failAt(long operation, boolean forever) {
		this.operations = 0;
		this.failAt = operation;
		this.failForever = forever;
	}

	/** Has no more space from an operation on, counted as in {@link #failAt}: files cannot grow, all else works. */
	public synchronized void fullAt(long operation) {
		failAt(operation, true);
		this.full = true;
	}

	public synchronized void heal() {
		this.failAt = Long.MAX_VALUE;
		this.full = false;
	}

	public synchronized long operations() {
		return this.operations;
	}

	public synchronized void flipBit(String name, long bit) {
		Node node = this.files.get(name);
		if (node == null) {
			throw new IllegalArgumentException(name);
		}
		node.current[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
	}

	public synchronized byte[] content(String name) {
		Node node = this.files.get(name);
		return (node == null) ? new byte[0] : node.current.clone();
	}

	public synchronized List<String> names() {
		return List.copyOf(this.files.keySet());
	}

	public synchronized void replaceWith(String name, byte[] content) {
		add(name, content);
	}

	/** Removes a folder with its files. */
	public synchronized void remove(String folder) {
		this.files.keySet().removeIf((name) -> name.startsWith(folder + "/"));
		this.durableNames = new TreeMap<>(this.files);
	}

	/** The disk as it is, for another try with the same content. */
	public synchronized SimulatedDisk copy() {
		SimulatedDisk copy = new SimulatedDisk();
		this.files.forEach((name, node) -> copy.add(name, node.current.clone()));
		return copy;
	}

	/** The process ends in the midst of what it does; the disk goes on, and may still lose what was not forced. */
	public synchronized SimulatedDisk kill() {
		this.locked = false;
		return this;
	}

	/** The disk after a power failure. */
	public synchronized SimulatedDisk crash(Random random) {
		SimulatedDisk after = new SimulatedDisk();
		Map<String, Node> names = this.durableNames;
		int kept = random.nextInt(this.unforcedNames.size() + 1);
		if (kept > 0) {
			names = this.unforcedNames.get(kept - 1);
		}
		names.forEach((name, node) -> {
			Image image = new Image(node.durable.clone());
			for (Unforced change : node.unforced) {
				byte[] bytes = change.bytes();
				int fate = random.nextInt(5);
				if (fate == 1 || fate == 2) {
					image.apply(change, (bytes == null) ? 0 : bytes.length);
				}
				else if (fate == 3 && bytes != null && bytes.length > 0) {
					image.apply(change, random.nextInt(bytes.length));
				}
				else if (fate == 4 && bytes != null) {
					sectors(change.position(), bytes).filter((sector) -> random.nextBoolean())
						.forEach((sector) -> image.apply(sector, Objects.requireNonNull(sector.bytes()).length));
				}
			}
			after.add(name, image.bytes);
		});
		return after;
	}

	/** A write as the disk does it: sector by sector, in no order. */
	private static Stream<Unforced> sectors(long position, byte[] bytes) {
		List<Unforced> sectors = new ArrayList<>();
		for (int at = 0; at < bytes.length;) {
			int end = (int) Math.min(bytes.length, at + SECTOR_BYTES - (position + at) % SECTOR_BYTES);
			sectors.add(new Unforced(position + at, Arrays.copyOfRange(bytes, at, end)));
			at = end;
		}
		return sectors.stream();
	}

	private void add(String name, byte[] content) {
		Node node = new Node();
		node.durable = content;
		node.current = content.clone();
		this.files.put(name, node);
		this.durableNames.put(name, node);
	}

	/** Whether this operation fails. */
	private boolean isFailing() {
		this.operations++;
		return this.operations == this.failAt || (this.failForever && this.operations > this.failAt);
	}

	private void count() throws IOException {
		if (isFailing() && !this.full) {
			throw new IOException("simulated failure at operation " + this.operations);
		}
	}

	private void namesChanged() {
		this.unforcedNames.add(new TreeMap<>(this.files));
	}

	@Override
	public String describe() {
		return "(simulated)";
	}

	@Override
	public synchronized StoreFile open(String name) {
		Node node = this.files.get(name);
		if (node == null) {
			node = new Node();
			this.files.put(name, node);
			namesChanged();
		}
		return new Handle(node);
	}

	@Override
	public synchronized boolean exists(String name) {
		return this.files.containsKey(name);
	}

	@Override
	public synchronized List<String> list(String folder) {
		String prefix = folder.isEmpty() ? "" : folder + "/";
		return this.files.keySet()
			.stream()
			.filter((name) -> name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0)
			.map((name) -> name.substring(prefix.length()))
			.toList();
	}

	@Override
	public synchronized void delete(String name) throws IOException {
		if (this.files.containsKey(name)) {
			count();
			this.files.remove(name);
			namesChanged();
		}
	}

	@Override
	public synchronized void rename(String from, String to) throws IOException {
		count();
		Node node = this.files.remove(from);
		if (node == null) {
			throw new IOException("No file " + from);
		}
		this.files.put(to, node);
		namesChanged();
	}

	@Override
	public synchronized void forceFolder(String folder) throws IOException {
		count();
		this.durableNames = new TreeMap<>(this.files);
		this.unforcedNames.clear();
	}

	@Override
	public synchronized DirectoryLock lock() throws LockedException {
		if (this.locked) {
			throw new LockedException(1);
		}
		this.locked = true;
		return () -> this.locked = false;
	}

	private final class Handle implements StoreFile {

		private final Node node;

		Handle(Node node) {
			this.node = node;
		}

		@Override
		public int read(ByteBuffer into, long position) {
			synchronized (SimulatedDisk.this) {
				if (position >= this.node.current.length) {
					return -1;
				}
				int count = (int) Math.min(into.remaining(), this.node.current.length - position);
				into.put(this.node.current, (int) position, count);
				return count;
			}
		}

		@Override
		public void write(ByteBuffer bytes, long position) throws IOException {
			synchronized (SimulatedDisk.this) {
				byte[] source = new byte[bytes.remaining()];
				bytes.get(source);
				boolean grows = position + source.length > this.node.current.length;
				if (isFailing() && (grows || !SimulatedDisk.this.full)) {
					change(new Unforced(position, Arrays.copyOf(source, source.length / 2)));
					throw new IOException((SimulatedDisk.this.full ? "simulated: no space left, at operation "
							: "simulated short write at operation ") + SimulatedDisk.this.operations);
				}
				change(new Unforced(position, source));
			}
		}

		private void change(Unforced change) {
			this.node.unforced.add(change);
			Image image = new Image(this.node.current);
			byte[] bytes = change.bytes();
			image.apply(change, (bytes == null) ? 0 : bytes.length);
			this.node.current = image.bytes;
		}

		@Override
		public void force(boolean metadata) throws IOException {
			synchronized (SimulatedDisk.this) {
				count();
				Image image = new Image(this.node.durable);
				for (Unforced change : this.node.unforced) {
					byte[] bytes = change.bytes();
					image.apply(change, (bytes == null) ? 0 : bytes.length);
				}
				this.node.durable = image.bytes;
				this.node.unforced.clear();
			}
		}

		@Override
		public long size() {
			synchronized (SimulatedDisk.this) {
				return this.node.current.length;
			}
		}

		@Override
		public void truncate(long size) throws IOException {
			synchronized (SimulatedDisk.this) {
				count();
				if (size < this.node.current.length) {
					change(new Unforced(size, null));
				}
			}
		}

		@Override
		public void close() {
			// the node stays
		}

	}

}
