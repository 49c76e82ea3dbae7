package dev.flin.http.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Addresses and networks such as {@code 10.0.0.0/8}.
 */
public final class IpRanges {

	private static final int IPV6_BYTES = 16;

	private static final int IPV6_NETWORK_BYTES = 8;

	private IpRanges() {
	}

	/** Whether an address lies in one of the ranges. A range that cannot be read contains nothing. */
	public static boolean contains(List<String> ranges, String address) {
		byte[] bytes = parse(address);
		return bytes != null && ranges.stream().anyMatch((range) -> contains(range.strip(), bytes));
	}

	/** Whether a text is a literal address. */
	static boolean isAddress(String text) {
		return parse(text) != null;
	}

	/** Whether a text is an address or a network. */
	public static boolean isRange(String text) {
		int slash = text.indexOf('/');
		byte[] network = parse((slash < 0) ? text.strip() : text.substring(0, slash).strip());
		if (network == null) {
			return false;
		}
		String length = (slash < 0) ? "0" : text.substring(slash + 1).strip();
		return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= network.length * 8;
	}

	/**
	 * What stands for one client: an address of IPv4, or the network of one of IPv6, because everybody has as many of
	 * these as they like.
	 */
	public static String client(String address) {
		byte[] bytes = (address.indexOf(':') >= 0) ? parse(address) : null;
		return (bytes != null && bytes.length == IPV6_BYTES)
				? HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES) + "::" : address;
	}

	private static boolean contains(String range, byte[] address) {
		int slash = range.indexOf('/');
		byte[] network = parse((slash < 0) ? range : range.substring(0, slash));
		if (network == null || network.length != address.length) {
			return false;
		}
		int bits = network.length * 8;
		if (slash >= 0) {
			String length = range.substring(slash + 1);
			if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
				return false;
			}
			bits = Integer.parseInt(length);
		}
		for (int i = 0; i < bits; i++) {
			int mask = 0x80 >> (i % 8);
			if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
				return false;
			}
		}
		return true;
	}

	/** Only literal addresses: a name is never looked up. */
	private static byte @Nullable [] parse(String address) {
		boolean literal = address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || (address.indexOf(':') >= 0
				&& address.chars().allMatch((c) -> c == ':' || c == '.' || Character.digit(c, 16) >= 0));
		if (!literal) {
			return null;
		}
		try {
			return InetAddress.getByName(address).getAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
