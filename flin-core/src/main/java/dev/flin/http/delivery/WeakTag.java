package dev.flin.http.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A validator for an answer: 128 bits that say whether it is the same as before. It is not made to withstand somebody
 * who looks for two answers with one validator, because nobody makes answers but the application.
 */
final class WeakTag {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long PRIME_1 = 0x9E3779B185EBCA87L;

	private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;

	private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();

	/** Digits of five bits in a half. */
	private static final int HALF_DIGITS = 13;

	private WeakTag() {
	}

	static String of(byte[] bytes, int length, String type) {
		long a = length * PRIME_1;
		long b = type.hashCode() * PRIME_2;
		int at = 0;
		for (; at + Long.BYTES <= length; at += Long.BYTES) {
			long word = (long) LONGS.get(bytes, at);
			a = Long.rotateLeft(a ^ (word * PRIME_2), 31) * PRIME_1;
			b = Long.rotateLeft(b + word, 27) * PRIME_2 + PRIME_1;
		}
		for (; at < length; at++) {
			a = Long.rotateLeft(a ^ (bytes[at] * PRIME_2), 11) * PRIME_1;
			b = Long.rotateLeft(b + bytes[at], 27) * PRIME_2 + PRIME_1;
		}
		char[] text = new char[HALF_DIGITS * 2];
		write(mix(a ^ Long.rotateLeft(b, 17)), text, 0);
		write(mix(b + a), text, HALF_DIGITS);
		return new String(text);
	}

	private static long mix(long value) {
		long mixed = (value ^ (value >>> 33)) * PRIME_2;
		mixed = (mixed ^ (mixed >>> 29)) * PRIME_1;
		return mixed ^ (mixed >>> 32);
	}

	private static void write(long value, char[] text, int from) {
		long left = value;
		for (int i = 0; i < HALF_DIGITS; i++) {
			text[from + i] = DIGITS[(int) (left & 31)];
			left >>>= 5;
		}
	}

}
