package dev.flin.store.engine;

import java.util.Arrays;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;

/**
 * What left an index, and when. Together with the index as it is, it gives the records that had a value at a time:
 * those that have it still, and those of which the value left the index after that time. Some of them may have got the
 * value later, so each is looked at; none is missing.
 * <p>
 * Entries lie in slices, one after the other in time, and in a slice they are sorted by their values. So a question
 * reads one stretch of each slice since the time it is about. What left lately waits in memory, beside the root of the
 * map, until it is much or a checkpoint comes; then it is sorted and appended as a slice. So a save writes to no random
 * place for it, however long the history is. Records with valid periods are not in it.
 */
final class PastIndex {

	private static final byte[] NOTHING = new byte[0];

	/** Entries of a slice, at most, but for what leaves at one time. */
	private static final int SLICE_ENTRIES = 1 << 15;

	/** Fewer entries than this part of a slice are put into the newest one, while there is room. */
	private static final int SMALL_PART = 8;

	/** With these all entries of a slice start. */
	private static final int SLICE_BYTES = 8;

	/** Stands in the first byte of the entry that says since when nothing is missing; slices start with larger ones. */
	private static final byte SINCE = 0;

	private final OrderedMap<byte[]> map;

	/** Where the newest slice starts; its entries are not older. */
	private long slice;

	private long entries;

	private final int sliceEntries;

	PastIndex(OrderedMap<byte[]> map) {
		this(map, SLICE_ENTRIES);
	}

	PastIndex(OrderedMap<byte[]> map, int sliceEntries) {
		this.map = map;
		this.sliceEntries = sliceEntries;
		byte[] last = map.lastKey();
		if (last != null && last[0] != SINCE) {
			this.slice = ByteReader.getLong(last, 0) ^ Long.MIN_VALUE;
			this.entries = map.count() - map.root().rank(start(this.slice));
		}
	}

	OrderedMap<byte[]> map() {
		return this.map;
	}

	/** Starts anew, when from a time on everything will be noted. */
	void startAt(long micros) {
		this.map.clear();
		this.map.attach(null);
		this.slice = 0;
		this.entries = 0;
		byte[] since = new byte[9];
		since[0] = SINCE;
		ByteWriter.putLong(since, 1, micros);
		this.map.put(since, NOTHING);
	}

	/** Whether it was ever started. */
	boolean isStarted() {
		Long since = since(this.map.root());
		return since != null && since < Long.MAX_VALUE;
	}

	private static @Nullable Long since(Root<byte[]> root) {
		Root.Scan<byte[]> scan = root.scan(null, null, false);
		return (scan.next() && scan.key()[0] == SINCE) ? ByteReader.getLong(scan.key(), 1) : null;
	}

	/**
	 * Notes that something leaves the index now.
	 * @param key the key in the index: values and id
	 * @param time when it leaves
	 */
	void leave(byte[] key, long time) {
		LeftLately lately = LeftLately.of(this.map.attached()).with(key, time);
		this.map.attach(lately);
		if (lately.size() >= this.sliceEntries) {
			settle();
		}
	}

	/** Brings what left lately to the rest. */
	void settle() {
		LeftLately lately = LeftLately.of(this.map.attached());
		if (lately.size() == 0) {
			return;
		}
		boolean small = this.entries > 0 && lately.size() < this.sliceEntries / SMALL_PART
				&& this.entries + lately.size() <= this.sliceEntries;
		long first = lately.firstTime();
		boolean fresh = !small && (this.entries == 0 || first > this.slice);
		if (fresh) {
			this.slice = first;
			this.entries = 0;
		}
		byte[][] sorted = lately.entries((keys, from, to, time) -> entry(keys, from, to, time, this.slice),
				SLICE_BYTES);
		for (byte[] entry : sorted) {
			this.map.put(entry, NOTHING);
		}
		this.entries += sorted.length;
		this.map.attach(null);
	}

	/** Notes that something had left the index before, behind which other things were noted already. */
	void leftBefore(byte[] key, long time) {
		settle();
		Long found = sliceOf(this.map.root(), time);
		if (found == null) {
			leave(key, time);
			return;
		}
		boolean added = this.map.put(entry(key, 0, key.length, time, found), NOTHING) == null;
		this.entries += (added && found == this.slice) ? 1 : 0;
	}

	/** Removes what says that a key left the index after a time and not after another. */
	void remove(byte[] key, long after, long upTo) {
		if (upTo <= after) {
			return;
		}
		settle();
		Root<byte[]> root = this.map.root();
		byte[] values = Arrays.copyOf(key, key.length - 8);
		long id = KeyCodec.idOf(key);
		Long first = sliceOf(root, after);
		// the first of all slices also has what was noted as left before it started
		for (Long at = first; at != null && (at <= upTo || at.equals(first)); at = sliceAfter(root, at)) {
			byte[] low = low(at, values);
			Root.Scan<byte[]> scan = root.scan(low, null, false);
			while (scan.next() && Reader.startsWith(scan.key(), low)) {
				byte[] entry = scan.key();
				long left = timeOf(entry);
				if (idOf(entry) == id && valuesLength(entry) == values.length && left > after && left <= upTo) {
					this.map.remove(entry);
					if (at == this.slice) {
						this.entries--;
					}
				}
			}
		}
	}

	/** The slice that has what left after a time: the last that started before, or the first of all. */
	private static @Nullable Long sliceOf(Root<byte[]> root, long time) {
		Root.Scan<byte[]> scan = root.scan(start(Math.min(time, Long.MAX_VALUE - 1) + 1), null, true);
		while (scan.next()) {
			if (scan.key()[0] != SINCE && sliceIn(scan.key()) <= time) {
				return sliceIn(scan.key());
			}
			if (scan.key()[0] == SINCE) {
				break;
			}
		}
		return sliceAfter(root, time);
	}

	private static @Nullable Long sliceAfter(Root<byte[]> root, long slice) {
		Root.Scan<byte[]> scan = root.scan(start(Math.min(slice, Long.MAX_VALUE - 1) + 1), null, false);
		return scan.next() ? (Long) sliceIn(scan.key()) : null;
	}

	/** Whether nothing that left the index after a time is missing. */
	static boolean covers(Root<byte[]> root, long time) {
		Long since = since(root);
		return since != null && since <= time;
	}

	/**
	 * How many entries a question about a time reads, at most.
	 * @param low the first key of the index that is asked for
	 * @param high the first that is no longer, null for its end
	 * @param enough where counting may end
	 */
	static long count(Root<byte[]> root, long time, byte[] low, byte @Nullable [] high, long enough) {
		long count = 0;
		Long at = sliceOf(root, time);
		while (at != null && count < enough) {
			count += 1 + root.rank(high(at, high)) - root.rank(low(at, low));
			at = sliceAfter(root, at);
		}
		return count + LeftLately.of(root.attached()).count(time, low, high);
	}

	/** The ids of a stretch that left the index after a time, in no order. */
	static void ids(Root<byte[]> root, long time, byte[] low, byte @Nullable [] high, LongConsumer found) {
		Long at = sliceOf(root, time);
		while (at != null) {
			byte[] end = high(at, high);
			Root.Scan<byte[]> scan = root.scan(low(at, low), null, false);
			while (scan.next() && Arrays.compareUnsigned(scan.key(), end) < 0) {
				if (timeOf(scan.key()) > time) {
					found.accept(idOf(scan.key()));
				}
			}
			at = sliceAfter(root, at);
		}
		LeftLately.of(root.attached()).ids(time, low, high, found);
	}

	private static byte[] start(long slice) {
		byte[] start = new byte[8];
		ByteWriter.putLong(start, 0, slice ^ Long.MIN_VALUE);
		return start;
	}

	private static byte[] low(long slice, byte[] low) {
		byte[] key = Arrays.copyOf(start(slice), 8 + low.length);
		System.arraycopy(low, 0, key, 8, low.length);
		return key;
	}

	private static byte[] high(long slice, byte @Nullable [] high) {
		return (high == null) ? start(slice + 1) : low(slice, high);
	}

	/** Slice, values, then id and time since the slice's start in as few bytes as they need, and how many these are. */
	private static byte[] entry(byte[] keys, int from, int to, long time, long slice) {
		int values = to - from - 8;
		long id = ByteReader.getLong(keys, to - 8);
		long after = time - slice;
		int idBytes = bytes(id);
		int timeBytes = bytes(after);
		byte[] entry = new byte[8 + values + idBytes + timeBytes + 1];
		ByteWriter.putLong(entry, 0, slice ^ Long.MIN_VALUE);
		System.arraycopy(keys, from, entry, 8, values);
		putTail(entry, 8 + values, id, idBytes);
		putTail(entry, 8 + values + idBytes, after, timeBytes);
		entry[entry.length - 1] = (byte) (idBytes << 4 | timeBytes);
		return entry;
	}

	private static int bytes(long value) {
		return (71 - Long.numberOfLeadingZeros(value)) / 8;
	}

	private static void putTail(byte[] entry, int at, long value, int bytes) {
		for (int i = 0; i < bytes; i++) {
			entry[at + i] = (byte) (value >>> 8 * (bytes - 1 - i));
		}
	}

	private static long tail(byte[] entry, int at, int bytes) {
		long value = 0;
		for (int i = 0; i < bytes; i++) {
			value = value << 8 | (entry[at + i] & 0xFF);
		}
		return value;
	}

	private static int idBytes(byte[] entry) {
		return (entry[entry.length - 1] & 0xFF) >> 4;
	}

	private static int timeBytes(byte[] entry) {
		return entry[entry.length - 1] & 0xF;
	}

	private static int valuesLength(byte[] entry) {
		return entry.length - 9 - idBytes(entry) - timeBytes(entry);
	}

	/** Whether an entry is none but says since when nothing is missing. */
	static boolean isMark(byte[] entry) {
		return entry[0] == SINCE;
	}

	private static long sliceIn(byte[] entry) {
		return ByteReader.getLong(entry, 0) ^ Long.MIN_VALUE;
	}

	static long idOf(byte[] entry) {
		return tail(entry, 8 + valuesLength(entry), idBytes(entry));
	}

	static long timeOf(byte[] entry) {
		return sliceIn(entry) + tail(entry, 8 + valuesLength(entry) + idBytes(entry), timeBytes(entry));
	}

	/** The key that left the index. */
	static byte[] keyOf(byte[] entry) {
		byte[] key = Arrays.copyOfRange(entry, 8, 16 + valuesLength(entry));
		KeyCodec.putId(key, idOf(entry));
		return key;
	}

}
