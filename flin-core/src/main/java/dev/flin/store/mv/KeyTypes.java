package dev.flin.store.mv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Key types. Each writes a page's keys as one block, as differences from key to key, with a checksum.
 */
final class KeyTypes {

	private KeyTypes() {
	}

	private abstract static class Sealed<K> extends BasicDataType<K> {

		abstract void writeBlock(WriteBuffer buffer, K[] keys, int count);

		abstract void readBlock(ByteBuffer buffer, K[] keys, int count);

		/** Counted by each key: that costs less than MVStore's estimates. */
		@Override
		public final boolean isMemoryEstimationAllowed() {
			return false;
		}

		@Override
		public final void write(WriteBuffer buffer, Object storage, int count) {
			int start = buffer.position();
			writeBlock(buffer, cast(storage), count);
			Blocks.seal(buffer, start);
		}

		@Override
		public final void read(ByteBuffer buffer, Object storage, int count) {
			int start = buffer.position();
			try {
				readBlock(buffer, cast(storage), count);
				Blocks.check(buffer, start, "keys");
			}
			catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException
					| NegativeArraySizeException ex) {
				throw Blocks.unreadable("keys", ex);
			}
		}

		@Override
		public final void write(WriteBuffer buffer, K key) {
			K[] one = createStorage(1);
			one[0] = key;
			write(buffer, one, 1);
		}

		@Override
		public final K read(ByteBuffer buffer) {
			K[] one = createStorage(1);
			read(buffer, one, 1);
			return one[0];
		}

	}

	static final class Ids extends Sealed<Long> {

		@Override
		public int compare(Long a, Long b) {
			return Long.compare(a, b);
		}

		@Override
		public int getMemory(Long key) {
			return 24;
		}

		@Override
		public Long[] createStorage(int size) {
			return new Long[size];
		}

		@Override
		void writeBlock(WriteBuffer buffer, Long[] keys, int count) {
			long last = 0;
			for (int i = 0; i < count; i++) {
				buffer.putVarLong(keys[i] - last);
				last = keys[i];
			}
		}

		@Override
		void readBlock(ByteBuffer buffer, Long[] keys, int count) {
			long last = 0;
			for (int i = 0; i < count; i++) {
				last += DataUtils.readVarLong(buffer);
				keys[i] = last;
			}
		}

	}

	static final class Versions extends Sealed<VersionKey> {

		@Override
		public int compare(VersionKey a, VersionKey b) {
			return a.compareTo(b);
		}

		@Override
		public int getMemory(VersionKey key) {
			return 40;
		}

		@Override
		public VersionKey[] createStorage(int size) {
			return new VersionKey[size];
		}

		@Override
		void writeBlock(WriteBuffer buffer, VersionKey[] keys, int count) {
			VersionKey last = new VersionKey(0, 0, 0);
			for (int i = 0; i < count; i++) {
				VersionKey key = keys[i];
				long step = key.id() - last.id();
				buffer.putVarLong(step);
				buffer.putVarLong((step == 0) ? key.from() - last.from() : zigzag(key.from()));
				buffer.putVarLong((step == 0) ? key.number() - last.number() : key.number());
				last = key;
			}
		}

		private static long zigzag(long value) {
			return (value << 1) ^ (value >> 63);
		}

		@Override
		void readBlock(ByteBuffer buffer, VersionKey[] keys, int count) {
			VersionKey last = new VersionKey(0, 0, 0);
			for (int i = 0; i < count; i++) {
				long step = DataUtils.readVarLong(buffer);
				long from = DataUtils.readVarLong(buffer);
				long number = DataUtils.readVarLong(buffer);
				if (step == 0) {
					last = new VersionKey(last.id(), last.from() + from, last.number() + number);
				}
				else {
					last = new VersionKey(last.id() + step, (from >>> 1) ^ -(from & 1), number);
				}
				keys[i] = last;
			}
		}

	}

	static final class Bytes extends Sealed<byte[]> {

		private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
				ByteOrder.BIG_ENDIAN);

		/** Eight bytes at a time: keys are short and compared more often than anything else is done with them. */
		@Override
		public int compare(byte[] a, byte[] b) {
			int shared = Math.min(a.length, b.length);
			int at = 0;
			for (; at + 8 <= shared; at += 8) {
				long ofA = (long) LONG.get(a, at);
				long ofB = (long) LONG.get(b, at);
				if (ofA != ofB) {
					return Long.compareUnsigned(ofA, ofB);
				}
			}
			return Arrays.compareUnsigned(a, at, a.length, b, at, b.length);
		}

		@Override
		public int getMemory(byte[] key) {
			return 24 + key.length;
		}

		@Override
		public byte[][] createStorage(int size) {
			return new byte[size][];
		}

		@Override
		void writeBlock(WriteBuffer buffer, byte[][] keys, int count) {
			byte[] last = new byte[0];
			for (int i = 0; i < count; i++) {
				byte[] key = keys[i];
				int shared = Arrays.mismatch(last, key);
				shared = (shared < 0) ? key.length : shared;
				buffer.putVarInt(shared);
				buffer.putVarInt(key.length - shared);
				buffer.put(key, shared, key.length - shared);
				last = key;
			}
		}

		@Override
		void readBlock(ByteBuffer buffer, byte[][] keys, int count) {
			byte[] last = new byte[0];
			for (int i = 0; i < count; i++) {
				int shared = DataUtils.readVarInt(buffer);
				int rest = DataUtils.readVarInt(buffer);
				if (shared < 0 || shared > last.length || rest < 0 || rest > buffer.remaining()) {
					throw new IndexOutOfBoundsException("A key of " + shared + " + " + rest + " bytes");
				}
				byte[] key = Arrays.copyOf(last, shared + rest);
				buffer.get(key, shared, rest);
				keys[i] = key;
				last = key;
			}
		}

	}

}
