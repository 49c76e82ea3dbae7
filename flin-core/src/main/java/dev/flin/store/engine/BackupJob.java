package dev.flin.store.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.BackupInfo;
import dev.flin.store.BackupRequest;
import dev.flin.store.StoreException;
import dev.flin.store.backup.BackupHeader;
import dev.flin.store.backup.BackupReader;
import dev.flin.store.backup.BackupWriter;
import dev.flin.store.backup.BlockType;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;

/**
 * Writes one piece of a backup.
 */
final class BackupJob {

	/** A block is written when its content has this size. */
	private static final int BLOCK_BYTES = 512 << 10;

	private final BackupMoment moment;

	private final FileSystem files;

	private final BackupRequest request;

	BackupJob(BackupMoment moment, FileSystem files, BackupRequest request) {
		this.moment = moment;
		this.files = files;
		this.request = request;
	}

	BackupInfo write(OutputStream out) throws IOException {
		List<BackupRequest.Piece> since = this.request.since();
		if (since.isEmpty()) {
			return full(out);
		}
		BackupInfo parent = header(since.getLast());
		if (parent.lastSequence() > this.moment.state().sequence()) {
			throw new StoreException.BadBackup(("%s ends with transaction %d, but the store has only %d: it is not a "
					+ "backup of this store").formatted(since.getLast().name(), parent.lastSequence(),
							this.moment.state().sequence()));
		}
		LogHistory history = new LogHistory(this.files);
		long parentLast = parent.lastSequence();
		if (history.first() > Math.max(parentLast, 1)) {
			return changes(out, parent);
		}
		long time = (parentLast == 0) ? 0 : history.timeOf(parentLast);
		if (time != Micros.of(parent.lastTime())) {
			throw new StoreException.BadBackup(("Transaction %d of the store is not the one that %s ends with: it is a "
					+ "backup of another store, or of what this one was before a restore. Make a full backup")
				.formatted(parentLast, since.getLast().name()));
		}
		return log(out, parent);
	}

	private BackupInfo header(BackupRequest.Piece piece) throws IOException {
		try (InputStream in = piece.open(); BackupReader reader = new BackupReader(in, piece.name(), null)) {
			return reader.header().info();
		}
	}

	private BackupInfo info(BackupInfo.Kind kind, @Nullable BackupInfo parent) {
		byte[] name = new byte[16];
		this.request.random().nextBytes(name);
		long last = this.moment.state().sequence();
		long first = (parent != null) ? parent.lastSequence() + 1 : last;
		long to = Math.max(this.moment.clock(), this.moment.state().systemTime());
		return new BackupInfo(HexFormat.of().formatHex(name), (parent != null) ? parent.id() : null, kind,
				this.request.passphrase() != null, first, last, Micros.toInstant(this.moment.state().systemTime()),
				(parent != null) ? parent.to() : Micros.toInstant(to), Micros.toInstant(to));
	}

	private BackupWriter start(OutputStream out, BackupInfo info) throws IOException {
		return new BackupWriter(out, BackupHeader.of(info, this.request.random()), this.request.passphrase());
	}

	private BackupInfo full(OutputStream out) throws IOException {
		BackupInfo info = info(BackupInfo.Kind.FULL, null);
		BackupWriter writer = start(out, info);
		writer.put(BlockType.STATE, this.moment.state().encode());
		for (BackupMoment.Expected expected : this.moment.maps()) {
			map(writer, expected, expected.map());
		}
		BlobFiles.write(this.files, writer);
		writer.end();
		return info;
	}

	private void startMap(BackupWriter writer, BackupMoment.Expected expected) throws IOException {
		ByteWriter name = new ByteWriter(64);
		name.putText(expected.map().name());
		name.putVar(expected.map().kind().tag());
		name.putVar(expected.count());
		name.putLong(expected.hash());
		writer.put(BlockType.MAP, name.toBytes());
	}

	private <K> void map(BackupWriter writer, BackupMoment.Expected expected, OrderedMap<K> map) throws IOException {
		startMap(writer, expected);
		RowCheck check = new RowCheck(map.name());
		Root.Scan<K> scan = this.moment.lease().state().root(map).scan(null, null, false);
		ByteWriter entries = new ByteWriter(BLOCK_BYTES + 4096);
		long count = 0;
		long hash = 0;
		while (scan.next()) {
			K key = scan.key();
			byte[] value = scan.value();
			check.check(key, value);
			count++;
			hash += map.kind().entryHash(key, value);
			put(entries, map, key, value);
			if (entries.size() >= BLOCK_BYTES) {
				writer.put(BlockType.ENTRIES, entries.toBytes());
				entries.clear();
			}
		}
		if (entries.size() > 0) {
			writer.put(BlockType.ENTRIES, entries.toBytes());
		}
		if (count != expected.count() || hash != expected.hash()) {
			throw new StoreException.Damaged("The store is damaged: the entries of " + map.name()
					+ " are not those that were written. There is no backup");
		}
	}

	static <K> void put(ByteWriter entries, OrderedMap<K> map, K key, byte[] value) {
		entries.putByte(1);
		map.kind().write(entries, key);
		entries.putVar(value.length);
		entries.putBytes(value);
	}

	private BackupInfo log(OutputStream out, BackupInfo parent) throws IOException {
		BackupInfo info = info(BackupInfo.Kind.LOG, parent);
		BackupWriter writer = start(out, info);
		ByteWriter records = new ByteWriter(BLOCK_BYTES + 4096);
		IOException[] failure = { null };
		if (info.firstSequence() <= info.lastSequence()) {
			new LogHistory(this.files).read(info.firstSequence(), info.lastSequence(), (sequence, payload) -> {
				records.putLong(sequence);
				records.putInt(payload.remaining());
				byte[] bytes = new byte[payload.remaining()];
				payload.get(bytes);
				records.putBytes(bytes);
				if (records.size() >= BLOCK_BYTES && failure[0] == null) {
					try {
						writer.put(BlockType.TRANSACTIONS, records.toBytes());
					}
					catch (IOException ex) {
						failure[0] = ex;
					}
					records.clear();
				}
			});
		}
		if (failure[0] != null) {
			throw failure[0];
		}
		if (records.size() > 0) {
			writer.put(BlockType.TRANSACTIONS, records.toBytes());
		}
		BlobFiles.write(this.files, writer);
		writer.end();
		return info;
	}

	/** What differs from the pieces before, found by comparing all entries. */
	private BackupInfo changes(OutputStream out, BackupInfo parent) throws IOException {
		BackupInfo info = info(BackupInfo.Kind.CHANGES, parent);
		try (BackupChain chain = new BackupChain(this.request.since(), this.request.passphrase())) {
			BackupWriter writer = start(out, info);
			writer.put(BlockType.STATE, this.moment.state().encode());
			for (BackupMoment.Expected expected : this.moment.maps()) {
				difference(writer, expected, expected.map(), chain);
			}
			BlobFiles.write(this.files, writer);
			writer.end();
		}
		return info;
	}

	private <K> void difference(BackupWriter writer, BackupMoment.Expected expected, OrderedMap<K> map,
			BackupChain chain) throws IOException {
		startMap(writer, expected);
		RowCheck check = new RowCheck(map.name());
		BackupChain.Entries<K> before = chain.map(map.name(), map.kind());
		Root.Scan<K> scan = this.moment.lease().state().root(map).scan(null, null, false);
		ByteWriter entries = new ByteWriter(BLOCK_BYTES + 4096);
		boolean more = scan.next();
		while (more || before.key() != null) {
			K old = before.key();
			int order = !more ? -1 : (old == null) ? 1 : map.kind().compare(old, scan.key());
			if (order < 0 && old != null) {
				entries.putByte(0);
				map.kind().write(entries, old);
			}
			else {
				check.check(scan.key(), scan.value());
				if (order > 0 || !java.util.Arrays.equals(before.value(), scan.value())) {
					put(entries, map, scan.key(), scan.value());
				}
			}
			if (order <= 0) {
				before.advance();
			}
			if (order >= 0) {
				more = scan.next();
			}
			if (entries.size() >= BLOCK_BYTES) {
				writer.put(BlockType.ENTRIES, entries.toBytes());
				entries.clear();
			}
		}
		if (entries.size() > 0) {
			writer.put(BlockType.ENTRIES, entries.toBytes());
		}
	}

	/** Names a damaged row before it gets into a backup. */
	private static final class RowCheck {

		private final int entity;

		RowCheck(String map) {
			this.entity = map.matches("[rv]\\d+") ? Integer.parseInt(map.substring(1)) : 0;
		}

		void check(@Nullable Object key, byte[] value) {
			if (this.entity == 0) {
				return;
			}
			long id = (key instanceof VersionKey version) ? version.id() : (key instanceof Long number) ? number : 0;
			if (!RowCodec.isIntact(value, this.entity, id)) {
				throw new StoreException.Damaged(("Record %d of entity %d is damaged: there is no backup of it. See "
						+ "flin db verify").formatted(id, this.entity));
			}
		}

	}

}
