package dev.flin.store.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.ScrubReport;
import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;

/**
 * Reads everything again and again, a little at a time. It remembers the key it came to and goes on behind it in
 * whatever the store is then.
 */
final class Scrubber {

	private static final int DAMAGES_MAX = 100;

	private final FileSystem files;

	private final Set<String> damages = new LinkedHashSet<>();

	private List<String> lastDamages = List.of();

	/** The map that is being read, by its place among all maps in order of their names. */
	private int place;

	private @Nullable Object lastKey;

	private long passes;

	private @Nullable Instant lastPass;

	private long entries;

	private long bytes;

	Scrubber(FileSystem files) {
		this.files = files;
	}

	/**
	 * Reads on.
	 * @param snapshot the present state
	 * @param bytesMax stop after so many
	 * @return how far it is
	 */
	synchronized ScrubReport step(StoreSnapshot snapshot, long bytesMax, Instant now) {
		List<BackupMoment.Expected> maps = BackupMoment
			.expected(List.copyOf(snapshot.tables().store().maps()).stream().filter(snapshot.state()::has).toList());
		Verification verification = new Verification(snapshot);
		long until = this.bytes + bytesMax;
		while (this.bytes < until) {
			if (this.place >= maps.size()) {
				finish(now);
				break;
			}
			if (read(snapshot, verification, maps.get(this.place).map(), until)) {
				this.place++;
				this.lastKey = null;
			}
		}
		verification.damages().forEach(this::damage);
		return report();
	}

	private void damage(String what) {
		if (this.damages.size() < DAMAGES_MAX) {
			this.damages.add(what);
		}
	}

	private void finish(Instant now) {
		try {
			new LogArchive(this.files).verify().forEach(this::damage);
		}
		catch (IOException ex) {
			damage("The log archive cannot be read: " + ex.getMessage());
		}
		this.passes++;
		this.lastPass = now;
		this.lastDamages = List.copyOf(this.damages);
		this.damages.clear();
		this.place = 0;
	}

	/** Reads a part of a map and tells whether its end was reached. */
	@SuppressWarnings("unchecked")
	private <K> boolean read(StoreSnapshot snapshot, Verification verification, OrderedMap<K> map, long until) {
		try {
			K last = (K) this.lastKey;
			Root.Scan<K> scan = snapshot.state().root(map).scan(last, null, false);
			while (scan.next()) {
				K key = scan.key();
				if (last != null && map.kind().compare(key, last) == 0) {
					continue;
				}
				check(verification, snapshot, map.name(), key, scan.value());
				ByteWriter size = new ByteWriter(32);
				map.kind().write(size, key);
				this.bytes += size.size() + scan.value().length;
				this.entries++;
				this.lastKey = key;
				if (this.bytes >= until) {
					return false;
				}
			}
		}
		catch (StoreException.Damaged ex) {
			// a whole page is damaged: what is behind it in this map waits until it is mended
			damage(String.valueOf(ex.getMessage()));
		}
		return true;
	}

	private static void check(Verification verification, StoreSnapshot snapshot, String map, Object key,
			byte[] value) {
		if (map.equals("blobs") && key instanceof byte[] id) {
			verification.blob(id, value);
		}
		if (!map.matches("[rv]\\d+")) {
			return;
		}
		EntityTable table = snapshot.tables().find(Integer.parseInt(map.substring(1)));
		if (table != null && key instanceof Long id) {
			verification.record(table, id, value);
		}
		else if (table != null && key instanceof VersionKey version) {
			verification.version(table, version, value);
		}
	}

	synchronized ScrubReport report() {
		List<String> all = new ArrayList<>(this.lastDamages);
		this.damages.stream().filter((damage) -> !all.contains(damage)).forEach(all::add);
		return new ScrubReport(this.passes, this.lastPass, this.entries, this.bytes, all);
	}

}
