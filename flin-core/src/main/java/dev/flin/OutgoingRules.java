package dev.flin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.flin.http.policy.IpRanges;
import dev.flin.port.HttpCalls.AddressRule;
import dev.flin.runtime.Outgoing;
import dev.flin.runtime.lib.PublicAddresses;

/** What programs may connect to: the public internet, and what {@code flin.http.allow} names. */
final class OutgoingRules implements Outgoing {

	private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

	private static final AddressRule ALL = (address) -> true;

	private final List<String> names = new ArrayList<>();

	private final List<String> ranges = new ArrayList<>();

	private final AddressRule known = this::isKnown;

	private final Duration timeout;

	private final int bytesMax;

	/**
	 * @param allowed names of hosts, {@code *.example} for those below one, addresses and networks
	 */
	OutgoingRules(List<String> allowed, Duration timeout, long bytesMax) {
		for (String each : allowed) {
			String entry = each.toLowerCase(Locale.ROOT);
			if (IpRanges.isRange(entry)) {
				this.ranges.add(entry);
			}
			else if (NAME.matcher(entry).matches()) {
				this.names.add(entry);
			}
			else {
				throw new IllegalArgumentException("flin.http.allow: '" + each
						+ "' is neither a host such as api.internal or *.internal, nor an address or network");
			}
		}
		if (!timeout.isPositive() || bytesMax <= 0 || bytesMax > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("flin.http.timeout and flin.http.max-body must be positive");
		}
		this.timeout = timeout;
		this.bytesMax = (int) bytesMax;
	}

	@Override
	public AddressRule rule(String host) {
		boolean named = this.names.stream()
			.anyMatch((name) -> name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name));
		return named ? ALL : this.known;
	}

	private boolean isKnown(InetAddress address) {
		String text = address.getHostAddress();
		int zone = text.indexOf('%');
		return PublicAddresses.isPublic(address)
				|| IpRanges.contains(this.ranges, (zone < 0) ? text : text.substring(0, zone));
	}

	@Override
	public Duration timeout() {
		return this.timeout;
	}

	@Override
	public int bytesMax() {
		return this.bytesMax;
	}

}
