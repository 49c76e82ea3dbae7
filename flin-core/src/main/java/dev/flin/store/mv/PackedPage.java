package dev.flin.store.mv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.h2.compress.CompressLZF;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;

/**
 * Values of a page in packs. What is added to a page later makes a pack of its own, until it is as much as one that is
 * there: then both become one. So a value is packed a few times, however often its page is written.
 */
final class PackedPage {

	/** Stands where a page without packs has its first length, which is never 0 in maps that are packed. */
	static final int PACKED = 0;

	/** Follows where there are several packs, or one that is not smaller for it. */
	private static final int SEVERAL = 0;

	private static final int PACKS_MAX = 8;

	private static final int PAGE_BYTES_MAX = 1 << 30;

	private PackedPage() {
	}

	/**
	 * Writes values; they are replaced by what they became, which says the same.
	 * @param values at least two bytes arrays, none empty, or values of packs
	 */
	static void write(CompressLZF packer, WriteBuffer buffer, Object[] values, int count) {
		List<Pack> packs = wholePacks(values, count);
		mergeSmall(packs, values, count);
		packRest(packer, packs, values, count);
		int start = buffer.position();
		boolean several = packs.size() > 1 || packs.getFirst().stored() == 0;
		buffer.putVarInt(PACKED);
		buffer.putVarInt(several ? SEVERAL : packs.getFirst().stored());
		if (several) {
			buffer.putVarInt(packs.size());
			packs.forEach((pack) -> buffer.putVarInt(pack.stored()));
		}
		for (int i = 0; i < count; i++) {
			if (several) {
				buffer.put((byte) packs.indexOf(((PackedValue) values[i]).pack()));
			}
			buffer.putVarInt(ValueType.length(values[i]));
		}
		Blocks.seal(buffer, start);
		packs.forEach((pack) -> pack.write(buffer));
	}

	/** The packs of which all values are here. */
	private static List<Pack> wholePacks(Object[] values, int count) {
		List<Pack> packs = new ArrayList<>(PACKS_MAX);
		int[] found = new int[count];
		int at = 0;
		for (int i = 0; i < count; i++) {
			if (values[i] instanceof PackedValue value) {
				if (packs.isEmpty() || packs.get(at) != value.pack()) {
					at = packs.indexOf(value.pack());
				}
				if (at < 0) {
					at = packs.size();
					packs.add(value.pack());
				}
				found[at]++;
			}
		}
		for (int i = packs.size() - 1; i >= 0; i--) {
			if (found[i] < packs.get(i).count()) {
				packs.remove(i);
			}
		}
		return packs;
	}

	/** Takes out the packs that are to be packed again, together with what is in none of them. */
	private static void mergeSmall(List<Pack> packs, Object[] values, int count) {
		long loose = 0;
		for (int i = 0; i < count; i++) {
			loose += isIn(packs, values[i]) ? 0 : ValueType.length(values[i]);
		}
		while (loose > 0 && !packs.isEmpty()) {
			int smallest = 0;
			for (int i = 1; i < packs.size(); i++) {
				smallest = (packs.get(i).plainLength() < packs.get(smallest).plainLength()) ? i : smallest;
			}
			if (packs.get(smallest).plainLength() > loose && packs.size() < PACKS_MAX) {
				return;
			}
			loose += packs.remove(smallest).plainLength();
		}
	}

	private static boolean isIn(List<Pack> packs, Object value) {
		return value instanceof PackedValue packed && packs.contains(packed.pack());
	}

	/** Packs what is in none of the packs so far. */
	private static void packRest(CompressLZF packer, List<Pack> packs, Object[] values, int count) {
		int[] places = new int[count];
		int found = 0;
		for (int i = 0; i < count; i++) {
			if (!isIn(packs, values[i])) {
				places[found++] = i;
			}
		}
		if (found == 0) {
			return;
		}
		byte[][] rest = new byte[found][];
		for (int i = 0; i < found; i++) {
			rest[i] = ValueType.bytes(values[places[i]]);
		}
		Pack pack = Pack.of(packer, rest);
		for (int i = 0; i < found; i++) {
			values[places[i]] = new PackedValue(pack, i);
		}
		packs.add(pack);
	}

	/**
	 * Reads what stands behind {@link #PACKED}.
	 * @param start where that stands
	 */
	static void read(ByteBuffer buffer, int start, Object[] values, int count) {
		int packed = DataUtils.readVarInt(buffer);
		int packs = (packed == SEVERAL) ? DataUtils.readVarInt(buffer) : 1;
		if (packs < 1 || packs > PACKS_MAX * 2) {
			throw new IndexOutOfBoundsException(packs + " packs");
		}
		int[] stored = new int[packs];
		stored[0] = packed;
		for (int i = 0; i < packs && packed == SEVERAL; i++) {
			stored[i] = DataUtils.readVarInt(buffer);
		}
		int[] packOf = new int[count];
		int[] lengths = new int[count];
		int[] numbers = new int[packs];
		for (int i = 0; i < count; i++) {
			packOf[i] = (packed == SEVERAL) ? buffer.get() : 0;
			lengths[i] = DataUtils.readVarInt(buffer);
			numbers[packOf[i]]++;
		}
		Blocks.check(buffer, start, "lengths");
		int[][] offsets = new int[packs][];
		for (int i = 0; i < packs; i++) {
			offsets[i] = new int[numbers[i] + 1];
		}
		int[] next = new int[packs];
		for (int i = 0; i < count; i++) {
			int[] own = offsets[packOf[i]];
			int at = next[packOf[i]]++;
			own[at + 1] = own[at] + lengths[i];
			if (lengths[i] < 0 || own[at + 1] < 0 || own[at + 1] > PAGE_BYTES_MAX) {
				throw new IndexOutOfBoundsException("A page of more than " + PAGE_BYTES_MAX + " bytes");
			}
		}
		Pack[] read = new Pack[packs];
		for (int i = 0; i < packs; i++) {
			read[i] = Pack.read(buffer, stored[i], offsets[i]);
		}
		Arrays.fill(next, 0);
		for (int i = 0; i < count; i++) {
			values[i] = new PackedValue(read[packOf[i]], next[packOf[i]]++);
		}
	}

}
