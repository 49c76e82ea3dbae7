package dev.flin.store.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.store.ScrubReport;
import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.mv.MapStore;
import dev.flin.store.mv.OrderedMap;

/**
 * Reads everything again and again, a little at a time. A map is read in one state from its first to its last entry, so
 * that their hash can be compared; the next map is read in whatever the store is then. While a map is being read the
 * store file keeps what is replaced in it, so that takes a limited number of steps, however large it is.
 */
final class Scrubber {

	private static final int DAMAGES_MAX = 100;

	/** Each step reads at least this part of the map, whatever was asked for. */
	private static final int STEPS_MAX = 300;

	private final FileSystem files;

	private final Set<String> damages = new LinkedHashSet<>();

	private List<String> lastDamages = List.of();

	/** The name of the last map that was read to its end, empty at the start of a pass. */
	private String done = "";

	private @Nullable Place place;

	private long passes;

	private @Nullable Instant lastPass;

	private long entries;

	private long bytes;

	/**
	 * Where a map is being read.
	 *
	 * @param snapshot the state
	 * @param verification checks its entries
	 * @param reading how far it is
	 */
	private record Place(StoreSnapshot snapshot, Verification verification, MapReading<?> reading) {
	}

	Scrubber(FileSystem files) {
		this.files = files;
	}

	/**
	 * Reads on.
	 * @param present gives the present state
	 * @param file the present store file
	 * @param bytesMax stop after so many
	 * @return how far it is
	 */
	synchronized ScrubReport step(Supplier<StoreSnapshot> present, MapStore file, long bytesMax, Instant now) {
		Place held = this.place;
		if (held != null && held.snapshot().tables().store() != file) {
			// the file was replaced, and checked as a whole while it was copied
			leave(held);
		}
		long left = bytesMax;
		while (left > 0) {
			Place current = (this.place != null) ? this.place : next(present);
			if (current == null) {
				finish(now);
				break;
			}
			left -= read(current, left);
		}
		return report();
	}

	/** The start of the next map, null when there is none. */
	private @Nullable Place next(Supplier<StoreSnapshot> present) {
		StoreSnapshot snapshot = present.get();
		Verification verification = Verification.inParts(snapshot);
		for (OrderedMap<?> map : verification.maps()) {
			if (map.name().compareTo(this.done) > 0) {
				Place next = new Place(snapshot, verification, verification.reading(map));
				this.place = next;
				return next;
			}
		}
		snapshot.close();
		return null;
	}

	/** Reads a part of a map and tells how many bytes that were. */
	private long read(Place current, long bytesMax) {
		MapReading<?> reading = current.reading();
		long bytesBefore = reading.bytes();
		long entriesBefore = reading.entries();
		boolean atEnd = true;
		try {
			atEnd = reading.read(bytesMax, reading.size() / STEPS_MAX);
		}
		catch (StoreException.Damaged ex) {
			// a whole page is damaged: what is behind it in this map waits until it is mended
			damage(String.valueOf(ex.getMessage()));
		}
		current.verification().damages().forEach(this::damage);
		long read = reading.bytes() - bytesBefore;
		this.bytes += read;
		this.entries += reading.entries() - entriesBefore;
		if (atEnd) {
			this.done = reading.name();
			leave(current);
		}
		return read;
	}

	private void leave(Place current) {
		this.place = null;
		current.snapshot().close();
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
		this.done = "";
	}

	synchronized ScrubReport report() {
		List<String> all = new ArrayList<>(this.lastDamages);
		this.damages.stream().filter((damage) -> !all.contains(damage)).forEach(all::add);
		return new ScrubReport(this.passes, this.lastPass, this.entries, this.bytes, all);
	}

}
