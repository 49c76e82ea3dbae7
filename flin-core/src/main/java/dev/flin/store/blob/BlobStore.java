package dev.flin.store.blob;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.BlobContent;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.fs.StoreFile;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;

/**
 * The blobs of a data directory. Content is staged, whole and forced, under a temporary name and gets its own when it
 * is complete, so a file with a hash for a name is never half. What a transaction has staged is pinned until it is
 * over; what is neither pinned nor referred to is removed at the next {@link #collect} or {@link #sweep}.
 */
public final class BlobStore {

	/** The folder of the blobs. */
	public static final String FOLDER = "blobs";

	private static final String TEMPORARY = ".new";

	private final FileSystem files;

	private final FieldKeys keys;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Integer> pins = new HashMap<>();

	/** Blobs that perhaps nobody refers to any more. */
	private final Set<String> doubtful = new HashSet<>();

	private final Set<String> writing = new HashSet<>();

	private long nextTemporary;

	private long renames;

	private long durableRenames;

	private boolean folderDurable;

	private volatile int epoch;

	private volatile Predicate<String> isReferred = (id) -> false;

	/**
	 * Creates the store; nothing is touched yet.
	 * @param files the data directory
	 * @param keys for blobs of encrypted fields
	 */
	public BlobStore(FileSystem files, FieldKeys keys) {
		this.files = files;
		this.keys = keys;
	}

	/**
	 * Tells how to find out whether a blob should be there.
	 * @param test true when a stored row refers to it
	 */
	public void referredBy(Predicate<String> test) {
		this.isReferred = test;
	}

	/**
	 * Changes whenever everything staged was given up.
	 * @return a number
	 */
	public int epoch() {
		return this.epoch;
	}

	private static String path(String id) {
		return FOLDER + "/" + id;
	}

	/**
	 * Stores a file's content and pins it.
	 * @param file the file
	 * @param encrypted whether to encrypt it
	 * @param owner the record's name
	 * @return the file with the stored content; release its name when the transaction is over
	 * @throws IOException when it cannot be written
	 */
	public FileValue stage(FileValue file, boolean encrypted, Supplier<String> owner) throws IOException {
		BlobRef known = known(file, encrypted);
		BlobRef ref = (known != null) ? known : write(file, encrypted);
		return file.withContent(join(ref, owner)).withUrl(null);
	}

	/** The name of content that is here already, pinned. */
	private @Nullable BlobRef known(FileValue file, boolean encrypted) {
		if (!(file.content() instanceof BlobContent content) || content.ref().encrypted() != encrypted
				|| !(content.source() instanceof Source(BlobStore store, BlobRef ref, Supplier<String> owner))
				|| store != this) {
			return null;
		}
		this.lock.lock();
		try {
			if (!this.files.exists(path(ref.id()))) {
				throw gone(ref, owner);
			}
			pin(ref.id());
			return ref;
		}
		finally {
			this.lock.unlock();
		}
	}

	private BlobRef write(FileValue file, boolean encrypted) throws IOException {
		String temporary = startWriting();
		try {
			FieldKeys.BlobKey key = encrypted ? this.keys.newBlobKey() : null;
			BlobWriter writer;
			try (InputStream source = source(file); StoreFile target = this.files.open(temporary)) {
				writer = new BlobWriter(target, key);
				writer.write(source, file.contentType());
			}
			catch (UncheckedIOException ex) {
				throw unreadable(file, ex);
			}
			byte[] hash = writer.hash();
			byte[] name = (key == null) ? hash : this.keys.blobName(key.keyId(), hash);
			BlobRef ref = new BlobRef(HexFormat.of().formatHex(name), writer.size(), encrypted);
			finish(temporary, ref.id());
			return ref;
		}
		catch (IOException | RuntimeException ex) {
			discard(temporary, ex);
			throw ex;
		}
	}

	private static InputStream source(FileValue file) {
		try {
			return file.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FlinError unreadable(FileValue file, Exception cause) {
		return new FlinError(FlinError.ERROR, "the file '" + file.name() + "' cannot be read: " + cause.getMessage(),
				cause);
	}

	private String startWriting() {
		this.lock.lock();
		try {
			String name;
			do {
				name = path(++this.nextTemporary + TEMPORARY);
			}
			while (this.files.exists(name));
			this.writing.add(name);
			return name;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void finish(String temporary, String id) throws IOException {
		this.lock.lock();
		try {
			if (this.files.exists(path(id))) {
				this.files.delete(temporary);
			}
			else {
				this.files.rename(temporary, path(id));
				this.renames++;
			}
			pin(id);
			this.writing.remove(temporary);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void discard(String temporary, Exception first) {
		this.lock.lock();
		try {
			this.writing.remove(temporary);
			this.files.delete(temporary);
		}
		catch (IOException ex) {
			// the next opening removes it
			first.addSuppressed(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void pin(String id) {
		this.pins.merge(id, 1, Integer::sum);
	}

	/**
	 * Ends a transaction's hold on blobs.
	 * @param refs what it had staged
	 * @param stagedIn the {@link #epoch} in which it did
	 */
	public void release(Collection<BlobRef> refs, int stagedIn) {
		this.lock.lock();
		try {
			if (stagedIn != this.epoch) {
				return;
			}
			for (BlobRef ref : refs) {
				this.pins.merge(ref.id(), -1, (count, one) -> (count + one == 0) ? null : count + one);
				this.doubtful.add(ref.id());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Makes sure that what was staged so far is found after a crash.
	 * @throws IOException when that fails
	 */
	public void makeDurable() throws IOException {
		long upTo;
		this.lock.lock();
		try {
			if (this.durableRenames == this.renames) {
				return;
			}
			upTo = this.renames;
			this.files.forceFolder(FOLDER);
			if (!this.folderDurable) {
				this.files.forceFolder("");
				this.folderDurable = true;
			}
			this.durableRenames = upTo;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Content that can be opened.
	 * @param ref its name
	 * @param owner the record's name, for messages
	 * @return the content
	 */
	public BlobContent join(BlobRef ref, Supplier<String> owner) {
		return new BlobContent(ref, new Source(this, ref, owner));
	}

	private record Source(BlobStore store, BlobRef ref, Supplier<String> owner) implements FileValue.Content {

		@Override
		public InputStream open() throws IOException {
			return this.store.open(this.ref, this.owner);
		}

	}

	/**
	 * Opens content.
	 * @param ref its name
	 * @param owner the record's name, for messages
	 * @return its bytes, each checked before it is handed out
	 * @throws IOException when it cannot be read
	 * @throws StoreException.Damaged when it is not as it was written
	 */
	public InputStream open(BlobRef ref, Supplier<String> owner) throws IOException {
		StoreFile file;
		try {
			file = this.files.openExisting(path(ref.id()));
		}
		catch (FileNotFoundException ex) {
			throw gone(ref, owner);
		}
		try {
			return new BlobInputStream(file, ref, this.keys, owner);
		}
		catch (IOException | RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	private RuntimeException gone(BlobRef ref, Supplier<String> owner) {
		return this.isReferred.test(ref.id())
				? new StoreException.Damaged("%s is damaged: blob %s is missing".formatted(owner.get(), ref.id()))
				: new FlinError(FlinError.ERROR, "the file of " + owner.get() + " was erased");
	}

	/**
	 * Notes blobs to which there is a reference less.
	 * @param ids the blobs
	 */
	public void doubt(Collection<String> ids) {
		this.lock.lock();
		try {
			this.doubtful.addAll(ids);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many blobs the next {@link #collect} would remove.
	 * @return the number
	 */
	public long orphans() {
		this.lock.lock();
		try {
			return this.doubtful.stream()
				.filter((id) -> !this.pins.containsKey(id) && !this.isReferred.test(id))
				.count();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Removes blobs that nobody refers to. No transaction may commit meanwhile, and that nobody refers to them must be
	 * durable.
	 * @param referred whether a row refers to a blob
	 * @throws IOException when one cannot be removed
	 */
	public void collect(Predicate<String> referred) throws IOException {
		this.lock.lock();
		try {
			boolean removed = false;
			for (String id : Set.copyOf(this.doubtful)) {
				if (this.pins.containsKey(id)) {
					continue;
				}
				if (!referred.test(id) && this.files.exists(path(id))) {
					this.files.delete(path(id));
					removed = true;
				}
				this.doubtful.remove(id);
			}
			if (removed) {
				this.files.forceFolder(FOLDER);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Removes every file that is no blob or that nobody refers to, and gives up what is staged.
	 * @param referred whether a row refers to a blob
	 * @return how many were removed
	 * @throws IOException when one cannot be removed
	 */
	public int sweep(Predicate<String> referred) throws IOException {
		this.lock.lock();
		try {
			this.epoch++;
			this.pins.clear();
			this.doubtful.clear();
			int removed = 0;
			for (String name : this.files.list(FOLDER)) {
				if (!referred.test(name) && !this.writing.contains(path(name))) {
					this.files.delete(path(name));
					removed++;
				}
			}
			if (removed > 0) {
				this.files.forceFolder(FOLDER);
			}
			return removed;
		}
		finally {
			this.lock.unlock();
		}
	}

}
