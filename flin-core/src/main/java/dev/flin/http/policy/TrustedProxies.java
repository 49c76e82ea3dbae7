package dev.flin.http.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;

/**
 * Proxies that may say who the client is. What anybody else says in {@code Forwarded} or {@code X-Forwarded-*} does not
 * count.
 *
 * @param ranges addresses and networks of the proxies
 */
public record TrustedProxies(List<String> ranges) {

	public static final TrustedProxies NONE = new TrustedProxies(List.of());

	private static final int HOPS_MAX = 64;

	/** Segments that need no encoding and do not consist of dots. */
	private static final Pattern PREFIX = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]{1,100}){1,10}");

	/**
	 * What one proxy said.
	 *
	 * @param client the address that it got the request from, or null when that is hidden
	 */
	private record Hop(@Nullable String client, @Nullable String proto, @Nullable String host) {
	}

	public TrustedProxies {
		ranges = List.copyOf(ranges);
		for (String range : ranges) {
			if (!IpRanges.isRange(range)) {
				throw new IllegalArgumentException(
						"flin.web.trusted-proxies: '" + range
								+ "' is neither an address nor a network such as 10.0.0.0/8");
			}
		}
	}

	/** The request as the client sent it to the first trusted proxy. */
	public HttpRequest apply(HttpRequest request) {
		if (this.ranges.isEmpty() || !isTrusted(request.remoteAddress())) {
			return request;
		}
		List<Hop> hops = hops(request.headers());
		String address = request.remoteAddress();
		boolean secure = request.secure();
		String host = null;
		for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
			Hop hop = hops.get(i);
			secure = (hop.proto() != null) ? hop.proto().equalsIgnoreCase("https") : secure;
			host = (hop.host() != null) ? hop.host() : host;
			if (hop.client() == null || !IpRanges.isAddress(hop.client())) {
				break;
			}
			address = hop.client();
		}
		HttpFields headers = (host == null) ? request.headers()
				: HttpFields.builder().addAll(request.headers()).set("Host", host).build();
		return new HttpRequest(request.method(), request.path(), request.query(), headers, request.body(), address,
				secure, request.security(), prefix(request.headers()) + request.base());
	}

	/** The path that the proxy nearest to us has taken off; empty for none, and for what is no path. */
	private static String prefix(HttpFields headers) {
		List<String> prefixes = items(headers.all("X-Forwarded-Prefix"));
		String last = prefixes.isEmpty() ? "" : prefixes.getLast().replaceFirst("/$", "");
		return PREFIX.matcher(last).matches() ? last : "";
	}

	private boolean isTrusted(String address) {
		return IpRanges.contains(this.ranges, address);
	}

	/** What all proxies said, the one nearest to us last. */
	private static List<Hop> hops(HttpFields headers) {
		List<String> forwarded = items(headers.all("Forwarded"));
		if (!forwarded.isEmpty()) {
			return forwarded.stream().map(TrustedProxies::hop).toList();
		}
		List<String> clients = items(headers.all("X-Forwarded-For"));
		List<String> protos = items(headers.all("X-Forwarded-Proto"));
		List<String> hosts = items(headers.all("X-Forwarded-Host"));
		int count = Math.max(clients.size(), Math.min(1, Math.max(protos.size(), hosts.size())));
		List<Hop> hops = new ArrayList<>();
		for (int fromEnd = count - 1; fromEnd >= 0; fromEnd--) {
			String client = fromEnd(clients, fromEnd);
			hops.add(new Hop((client != null) ? withoutPort(client) : null, fromEnd(protos, fromEnd),
					fromEnd(hosts, fromEnd)));
		}
		return hops;
	}

	private static @Nullable String fromEnd(List<String> values, int index) {
		return (index < values.size()) ? bare(values.get(values.size() - 1 - index)) : null;
	}

	private static List<String> items(List<String> fields) {
		List<String> items = new ArrayList<>();
		for (String field : fields) {
			for (String item : field.split(",")) {
				if (!item.isBlank()) {
					items.add(item.strip());
				}
			}
		}
		return (items.size() <= HOPS_MAX) ? items : items.subList(items.size() - HOPS_MAX, items.size());
	}

	/** An element of {@code Forwarded}, such as {@code for=192.0.2.60;proto=https;host=shop.example}. */
	private static Hop hop(String element) {
		String client = null;
		String proto = null;
		String host = null;
		for (String pair : element.split(";")) {
			int equals = pair.indexOf('=');
			String value = (equals < 0) ? "" : bare(pair.substring(equals + 1).strip());
			switch ((equals < 0) ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
				case "for" -> client = value;
				case "proto" -> proto = value;
				case "host" -> host = value;
				default -> {
				}
			}
		}
		return new Hop((client != null) ? withoutPort(client) : null, proto, host);
	}

	private static String bare(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	private static String withoutPort(String client) {
		if (client.startsWith("[")) {
			int end = client.indexOf(']');
			return (end < 0) ? client : client.substring(1, end);
		}
		int colon = client.indexOf(':');
		return (colon >= 0 && colon == client.lastIndexOf(':')) ? client.substring(0, colon) : client;
	}

}
