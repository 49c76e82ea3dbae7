package dev.flin.store.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.BackupRequest;
import dev.flin.store.RecordRef;
import dev.flin.store.RestoreReport;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.VerifyReport;
import dev.flin.store.backup.BackupReader;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.Micros;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.mv.KeyKind;
import dev.flin.store.mv.OrderedMap;

/**
 * Makes a data directory of the pieces of a backup, or of another directory's archive of the log.
 */
final class Restore {

	private final FileSystem target;

	private final StoreConfig config;

	private final InstantSource clock;

	private final @Nullable Instant at;

	Restore(FileSystem target, StoreConfig config, InstantSource clock, @Nullable Instant at) {
		this.target = target;
		this.config = config;
		this.clock = clock;
		this.at = at;
	}

	/** Restores from pieces, the full one first, each the parent of the next. */
	RestoreReport fromPieces(List<BackupRequest.Piece> pieces, char @Nullable [] passphrase) throws IOException {
		List<RecordRef> forgotten;
		try (Rebuild rebuild = new Rebuild(this.target, this.config); BlobFiles blobs = new BlobFiles(this.target)) {
			for (BackupRequest.Piece piece : pieces) {
				try (BackupReader reader = new BackupReader(piece.open(), piece.name(), passphrase)) {
					piece(reader, rebuild, blobs);
				}
			}
			forgotten = rebuild.dropForgotten();
			blobs.finish();
			rebuild.newStore(this.clock);
		}
		return verified(forgotten);
	}

	/** Restores from all transactions that a directory has. */
	RestoreReport fromDirectory(FileSystem source) throws IOException {
		List<RecordRef> forgotten;
		try (Rebuild rebuild = new Rebuild(this.target, this.config)) {
			LogHistory history = new LogHistory(source);
			if (history.first() > 1) {
				throw new StoreException.BadBackup(source.describe() + " does not have its log from the first "
						+ "transaction on (flin.store.archive-log), so nothing but a backup can be restored");
			}
			Playing playing = new Playing(rebuild);
			history.read(1, history.last(), playing::play);
			playing.check(source.describe());
			forgotten = rebuild.dropForgotten();
			copyBlobs(source);
			rebuild.newStore(this.clock);
		}
		return verified(forgotten);
	}

	private void copyBlobs(FileSystem source) throws IOException {
		try (BlobFiles blobs = new BlobFiles(this.target)) {
			for (String name : BlobFiles.names(source)) {
				blobs.start(name);
				blobs.bytes(source.readAll(name));
			}
		}
	}

	private void piece(BackupReader reader, Rebuild rebuild, BlobFiles blobs) throws IOException {
		Maps maps = new Maps(rebuild, reader);
		Playing playing = new Playing(rebuild);
		FileState state = null;
		BackupInfo info = reader.header().info();
		try {
			for (BackupReader.Block block = reader.next(); block != null; block = reader.next()) {
				switch (block.type()) {
					case STATE -> state = FileState.decode(block.content());
					case MAP -> maps.start(block.content());
					case ENTRIES -> maps.entries(block.content());
					case TRANSACTIONS -> playing.block(block.content());
					case FILE -> blobs.start(new String(block.content(), StandardCharsets.UTF_8));
					case BYTES -> blobs.bytes(block.content());
					case END -> {
					}
				}
				rebuild.relieve();
			}
		}
		catch (IndexOutOfBoundsException ex) {
			throw reader.damaged(String.valueOf(ex.getMessage()));
		}
		if (state != null) {
			maps.check();
			rebuild.state(state);
		}
		boolean whole = playing.stopped || rebuild.sequence() == info.lastSequence();
		if (!whole) {
			throw reader.damaged("it ends with transaction " + rebuild.sequence() + " instead of "
					+ info.lastSequence());
		}
	}

	/** Transactions one after the other, up to the moment asked for. */
	private final class Playing {

		private final Rebuild rebuild;

		private final long until;

		private boolean stopped;

		private int played;

		Playing(Rebuild rebuild) {
			this.rebuild = rebuild;
			Instant moment = Restore.this.at;
			this.until = (moment != null) ? Micros.of(moment) : Micros.OPEN;
		}

		void block(byte[] content) throws IOException {
			ByteReader records = new ByteReader(content);
			while (records.remaining() > 0) {
				long sequence = records.getLong();
				play(sequence, ByteBuffer.wrap(records.getBytes(records.getInt())));
				if (++this.played % 256 == 0) {
					this.rebuild.relieve();
				}
			}
		}

		void play(long sequence, ByteBuffer payload) {
			if (this.stopped || Rebuild.timeOf(payload) > this.until) {
				this.stopped = true;
				return;
			}
			if (sequence != this.rebuild.sequence() + 1) {
				throw new IndexOutOfBoundsException("transaction " + sequence + " stands where "
						+ (this.rebuild.sequence() + 1) + " is expected");
			}
			this.rebuild.apply(sequence, payload);
		}

		void check(String source) {
			if (this.rebuild.sequence() == 0) {
				throw new StoreException.BadBackup("There was nothing in " + source + " at " + Restore.this.at);
			}
		}

	}

	/** Entries that go into maps as they are. */
	private static final class Maps {

		private final Rebuild rebuild;

		private final BackupReader reader;

		private final Map<String, long[]> expected = new LinkedHashMap<>();

		private @Nullable OrderedMap<?> map;

		Maps(Rebuild rebuild, BackupReader reader) {
			this.rebuild = rebuild;
			this.reader = reader;
		}

		void start(byte[] content) {
			ByteReader from = new ByteReader(content);
			String name = from.getText();
			this.map = this.rebuild.maps().existing(name, KeyKind.of(from.getCount()));
			this.expected.put(name, new long[] { from.getVar(), from.getLong() });
		}

		void entries(byte[] content) {
			OrderedMap<?> present = this.map;
			if (present == null) {
				throw new IndexOutOfBoundsException("entries stand before their map");
			}
			fill(present, new ByteReader(content));
		}

		private static <K> void fill(OrderedMap<K> map, ByteReader from) {
			while (from.remaining() > 0) {
				boolean put = from.getByte() == 1;
				K key = map.kind().read(from);
				if (put) {
					map.put(key, from.getBytes(from.getCount()));
				}
				else {
					map.remove(key);
				}
			}
		}

		/** Compares the maps with what they were when the piece was made. */
		void check() {
			for (OrderedMap<?> each : this.rebuild.maps().maps()) {
				long[] wanted = this.expected.getOrDefault(each.name(), new long[2]);
				if (each.count() != wanted[0] || each.hash() != wanted[1]) {
					throw this.reader.damaged("the entries of " + each.name() + " are not those of the store");
				}
			}
		}

	}

	/** Opens what was restored and reads everything. */
	private RestoreReport verified(List<RecordRef> forgotten) throws IOException {
		Disk disk = Disk.open(this.target, this.config, this.clock, (state) -> {
		}, Long.MAX_VALUE, Vault.of(this.target, this.config.keys()));
		try {
			StoreState state = disk.state(null);
			disk.file().retain();
			VerifyReport report;
			try (StoreSnapshot snapshot = new StoreSnapshot(new Lease(disk.file(), state, disk.file().store().pin()),
					disk.systemTime())) {
				report = Verification.run(snapshot);
			}
			if (!report.damages().isEmpty()) {
				throw new StoreException.BadBackup("What was restored is not whole: " + report.damages().getFirst());
			}
			return new RestoreReport(disk.sequence(), Micros.toInstant(disk.systemTime()), report.records(),
					report.versions(), new ArrayList<>(forgotten));
		}
		finally {
			disk.close();
		}
	}

}
