package dev.flin.store.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.BackupRequest;
import dev.flin.store.StoreException;
import dev.flin.store.backup.BackupReader;
import dev.flin.store.backup.BlockType;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.mv.KeyKind;

/**
 * The entries that a full backup and the changes after it have together, map by map in the order of their names: all
 * pieces are read side by side, and the newest that has a key decides.
 */
final class BackupChain implements AutoCloseable {

	private final List<Source> sources = new ArrayList<>();

	BackupChain(List<BackupRequest.Piece> pieces, char @Nullable [] passphrase) throws IOException {
		try {
			for (BackupRequest.Piece piece : pieces) {
				Source source = new Source(new BackupReader(piece.open(), piece.name(), passphrase));
				this.sources.add(source);
				if (source.reader.header().info().kind() == BackupInfo.Kind.LOG) {
					throw new StoreException.BadBackup("The log since " + pieces.getLast().name()
							+ " is gone, and what differs cannot be found out behind the log in " + piece.name()
							+ ": make a full backup, and set flin.store.archive-log for later ones");
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/** A piece as a stream of maps and their entries. */
	private static final class Source {

		private final BackupReader reader;

		private BackupReader.@Nullable Block block;

		private @Nullable ByteReader entries;

		private boolean inMap;

		private @Nullable Object key;

		private byte @Nullable [] value;

		Source(BackupReader reader) throws IOException {
			this.reader = reader;
			this.block = reader.next();
		}

		/** Goes to a map, if it is there; those before it are behind. */
		void open(String name, KeyKind<?> kind) throws IOException {
			this.inMap = false;
			this.key = null;
			while (this.block != null) {
				if (this.block.type() == BlockType.MAP) {
					int order = new ByteReader(this.block.content()).getText().compareTo(name);
					if (order > 0) {
						return;
					}
					if (order == 0) {
						this.inMap = true;
						this.block = this.reader.next();
						this.entries = null;
						advance(kind);
						return;
					}
				}
				this.block = this.reader.next();
			}
		}

		void advance(KeyKind<?> kind) throws IOException {
			this.key = null;
			while (this.inMap) {
				ByteReader from = this.entries;
				if (from != null && from.remaining() > 0) {
					boolean put = from.getByte() == 1;
					this.key = kind.read(from);
					this.value = put ? from.getBytes(from.getCount()) : null;
					return;
				}
				if (this.block == null || this.block.type() != BlockType.ENTRIES) {
					this.inMap = false;
					return;
				}
				this.entries = new ByteReader(this.block.content());
				this.block = this.reader.next();
			}
		}

	}

	/**
	 * The entries of a map in order.
	 *
	 * @param <K> its keys
	 */
	final class Entries<K> {

		private final KeyKind<K> kind;

		private @Nullable K key;

		private byte @Nullable [] value;

		Entries(String name, KeyKind<K> kind) throws IOException {
			this.kind = kind;
			for (Source source : BackupChain.this.sources) {
				source.open(name, kind);
			}
			advance();
		}

		/** The key of the present entry, null at the end. */
		@Nullable
		K key() {
			return this.key;
		}

		byte @Nullable [] value() {
			return this.value;
		}

		@SuppressWarnings("unchecked")
		void advance() throws IOException {
			do {
				this.key = null;
				for (Source source : BackupChain.this.sources) {
					K candidate = (K) source.key;
					if (candidate != null && (this.key == null || this.kind.compare(candidate, this.key) <= 0)) {
						this.key = candidate;
						this.value = source.value;
					}
				}
				K found = this.key;
				for (Source source : BackupChain.this.sources) {
					if (found != null && source.key != null && this.kind.compare((K) source.key, found) == 0) {
						source.advance(this.kind);
					}
				}
			}
			while (this.key != null && this.value == null);
		}

	}

	<K> Entries<K> map(String name, KeyKind<K> kind) throws IOException {
		return new Entries<>(name, kind);
	}

	@Override
	public void close() throws IOException {
		for (Source source : this.sources) {
			source.reader.close();
		}
	}

}
