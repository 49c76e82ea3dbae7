package dev.flin.store.mv;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;

import org.h2.mvstore.DataUtils;

/**
 * Decides about a page in blocks of which parts are not as they were written. Pages of our maps with entries may be
 * read all the same, for their keys and values have checksums of their own; those above them and those of MVStore's own
 * maps have none.
 * <pre>
 * page  length 4, check 2, <i>var</i> number, <i>var</i> map, <i>var</i> keys, type 1 (0: entries), …
 * </pre>
 */
final class DamagedPage {

	/** MVStore's own maps have the first two numbers. */
	private static final int OWN_MAPS_MAX = 1;

	/** What MVStore reads of a page whose length it does not know. */
	private static final int LENGTH_READ_BYTES = 128;

	private DamagedPage() {
	}

	/**
	 * Whether nothing wrong can come from reading it.
	 * @param bytes from the page's start on
	 * @param damaged which parts of the blocks that the bytes lie in, from the start of the first
	 * @param position where the page starts in the file
	 * @param chunk the number of its chunk
	 * @param offset where it starts in the chunk
	 * @return false when it is not to be read
	 */
	static boolean isHarmless(ByteBuffer bytes, BitSet damaged, long position, int chunk, int offset) {
		try {
			int length = bytes.getInt();
			if (length > bytes.capacity() && bytes.capacity() == LENGTH_READ_BYTES) {
				// the whole page is read and judged next
				return true;
			}
			if (length <= 0 || length > bytes.capacity()) {
				return false;
			}
			int from = (int) (position % CheckedFile.BLOCK_BYTES);
			int firstDamaged = damaged.nextSetBit(from / CheckedFile.PART_BYTES);
			if (firstDamaged < 0 || firstDamaged > (from + length - 1) / CheckedFile.PART_BYTES) {
				return true;
			}
			int check = DataUtils.getCheckValue(chunk) ^ DataUtils.getCheckValue(offset)
					^ DataUtils.getCheckValue(length);
			if (bytes.getShort() != (short) check) {
				return false;
			}
			DataUtils.readVarInt(bytes);
			int map = DataUtils.readVarInt(bytes);
			DataUtils.readVarInt(bytes);
			return map > OWN_MAPS_MAX && bytes.get() == DataUtils.PAGE_TYPE_LEAF;
		}
		catch (BufferUnderflowException ex) {
			return false;
		}
	}

}
