package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.KeyCodec;
import dev.flin.store.mv.Root;
import dev.flin.store.query.Access;

/**
 * Stretches of an entity's indexes in the state that a view reads.
 */
final class Stretches {

	/** Looking up one key costs about as much as reading so many one after the other. */
	private static final int LOOKUP_COST = 8;

	private final Reader reader;

	private final EntityTable table;

	Stretches(Reader reader, EntityTable table) {
		this.reader = reader;
		this.table = table;
	}

	private Root<byte[]> root(Access.Range range) {
		return this.reader.state().root(this.table.indexes().get(range.index().number()).map());
	}

	/** The keys of a stretch. */
	Iterator<byte[]> entries(Access.Range range) {
		return range.reverse() ? new ReverseKeys(root(range), range) : new RangeKeys(root(range), range);
	}

	/** How many keys a stretch has, without reading them. */
	long size(Access.Range range) {
		Root<byte[]> root = root(range);
		byte[] high = range.high();
		return ((high == null) ? root.size() : root.rank(high)) - root.rank(range.low());
	}

	/** The ids in a stretch, sorted. */
	static long[] ids(Iterator<byte[]> entries) {
		long[] ids = new long[64];
		int count = 0;
		while (entries.hasNext()) {
			if (count == ids.length) {
				ids = Arrays.copyOf(ids, count * 2);
			}
			ids[count++] = KeyCodec.idOf(entries.next());
		}
		long[] sorted = Arrays.copyOf(ids, count);
		Arrays.sort(sorted);
		return sorted;
	}

	/** The ids in all of several stretches, each of one value, sorted. */
	long[] common(List<Access.Range> parts) {
		List<Access.Range> bySize = new ArrayList<>(parts);
		bySize.sort(Comparator.comparingLong(this::size));
		long[] common = ids(entries(bySize.getFirst()));
		for (Access.Range part : bySize.subList(1, bySize.size())) {
			common = (size(part) > (long) LOOKUP_COST * common.length) ? lookUp(common, part)
					: merge(common, ids(entries(part)));
		}
		return common;
	}

	private long[] lookUp(long[] ids, Access.Range part) {
		Root<byte[]> root = root(part);
		byte[] key = Arrays.copyOf(part.low(), part.low().length + 8);
		int count = 0;
		long[] found = new long[ids.length];
		for (long id : ids) {
			KeyCodec.putId(key, id);
			if (root.get(key) != null) {
				found[count++] = id;
			}
		}
		return Arrays.copyOf(found, count);
	}

	private static long[] merge(long[] a, long[] b) {
		long[] both = new long[Math.min(a.length, b.length)];
		int count = 0;
		int j = 0;
		for (long id : a) {
			while (j < b.length && b[j] < id) {
				j++;
			}
			if (j < b.length && b[j] == id) {
				both[count++] = id;
			}
		}
		return Arrays.copyOf(both, count);
	}

	static boolean isWithin(Access.Range range, byte[] key) {
		byte[] high = range.high();
		return Arrays.compareUnsigned(key, range.low()) >= 0 && (high == null || Arrays.compareUnsigned(key, high) < 0);
	}

	/** The keys of a stretch from small to large. */
	private static final class RangeKeys implements Iterator<byte[]> {

		private final Root.Scan<byte[]> scan;

		private final Access.Range range;

		private byte @Nullable [] next;

		RangeKeys(Root<byte[]> root, Access.Range range) {
			this.range = range;
			byte[] high = range.high();
			this.scan = range.reverse() ? root.scan(high, null, true) : root.scan(range.low(), null, false);
			advance();
		}

		private void advance() {
			this.next = null;
			byte[] high = this.range.high();
			while (this.scan.next()) {
				byte[] key = this.scan.key();
				boolean behind = high != null && Arrays.compareUnsigned(key, high) >= 0;
				if (behind && !this.range.reverse()) {
					return;
				}
				if (!behind) {
					boolean before = this.range.reverse() && Arrays.compareUnsigned(key, this.range.low()) < 0;
					this.next = before ? null : key;
					return;
				}
			}
		}

		@Override
		public boolean hasNext() {
			return this.next != null;
		}

		@Override
		public byte[] next() {
			byte[] key = this.next;
			if (key == null) {
				throw new NoSuchElementException();
			}
			advance();
			return key;
		}

	}

	/** The keys of a stretch from large to small values, and among equal values from small to large ids. */
	private static final class ReverseKeys implements Iterator<byte[]> {

		private final RangeKeys source;

		private byte @Nullable [] ahead;

		private Iterator<byte[]> group = Collections.emptyIterator();

		ReverseKeys(Root<byte[]> root, Access.Range range) {
			this.source = new RangeKeys(root, range);
		}

		@Override
		public boolean hasNext() {
			return this.group.hasNext() || this.ahead != null || this.source.hasNext();
		}

		@Override
		public byte[] next() {
			if (!this.group.hasNext()) {
				this.group = readGroup().iterator();
			}
			return this.group.next();
		}

		private List<byte[]> readGroup() {
			List<byte[]> keys = new ArrayList<>();
			byte[] first = (this.ahead != null) ? this.ahead : this.source.next();
			this.ahead = null;
			keys.add(first);
			while (this.source.hasNext()) {
				byte[] key = this.source.next();
				if (!Arrays.equals(key, 0, key.length - 8, first, 0, first.length - 8)) {
					this.ahead = key;
					break;
				}
				keys.add(key);
			}
			Collections.reverse(keys);
			return keys;
		}

	}

}
