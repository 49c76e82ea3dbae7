package dev.flin.runtime.lib;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Tells the addresses of the public internet from those that lead to this machine, its neighbours or the services of
 * its host, by the registries of special addresses (RFC 6890 and what came after).
 */
public final class PublicAddresses {

	/** Network and length of its prefix. */
	private record Network(byte[] address, int bits) {

		boolean contains(byte[] other) {
			for (int i = 0; i < this.bits; i++) {
				int mask = 0x80 >> (i % 8);
				if ((this.address[i / 8] & mask) != (other[i / 8] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

	private static final Network[] SPECIAL_V4 = { v4(0, 0, 0, 8), v4(10, 0, 0, 8), v4(100, 64, 0, 10),
			v4(127, 0, 0, 8), v4(169, 254, 0, 16), v4(172, 16, 0, 12), v4(192, 0, 0, 24), v4(192, 0, 2, 24),
			v4(192, 88, 99, 24), v4(192, 168, 0, 16), v4(198, 18, 0, 15), v4(198, 51, 100, 24), v4(203, 0, 113, 24),
			v4(224, 0, 0, 3),
			// Public by its number, but what Azure answers every machine on from inside.
			new Network(new byte[] { (byte) 168, 63, (byte) 129, 16 }, 32) };

	/** All that is routed lies here. */
	private static final Network GLOBAL_V6 = v6(3, 0x2000);

	/** What within it is not: protocols (Teredo among them), examples, 6to4, which holds any other address. */
	private static final Network[] SPECIAL_V6 = { v6(23, 0x2001), v6(32, 0x2001, 0x0db8), v6(16, 0x2002),
			v6(20, 0x3fff) };

	/** Addresses of version 4 behind a translator. */
	private static final Network NAT64 = v6(96, 0x0064, 0xff9b);

	private PublicAddresses() {
	}

	/** Whether an address is one of the public internet. */
	public static boolean isPublic(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (address instanceof Inet4Address) ? isPublicV4(bytes) : isPublicV6(bytes);
	}

	private static boolean isPublicV4(byte[] bytes) {
		return Arrays.stream(SPECIAL_V4).noneMatch((network) -> network.contains(bytes));
	}

	private static boolean isPublicV6(byte[] bytes) {
		if (NAT64.contains(bytes)) {
			return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
		}
		return GLOBAL_V6.contains(bytes) && Arrays.stream(SPECIAL_V6).noneMatch((network) -> network.contains(bytes));
	}

	private static Network v4(int a, int b, int c, int bits) {
		return new Network(new byte[] { (byte) a, (byte) b, (byte) c, 0 }, bits);
	}

	private static Network v6(int bits, int... groups) {
		byte[] bytes = new byte[16];
		for (int i = 0; i < groups.length; i++) {
			bytes[2 * i] = (byte) (groups[i] >> 8);
			bytes[2 * i + 1] = (byte) groups[i];
		}
		return new Network(bytes, bits);
	}

}
