package dev.flin.http.live;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.flin.http.HttpRequest;
import dev.flin.http.policy.Cors;
import dev.flin.http.policy.Hosts;

/**
 * How WebSockets behave.
 *
 * @param maxMessageBytes the largest message, over all its frames
 * @param queue how many messages may wait for a slow client before it is closed
 * @param ratePerSecond how many messages a client may send in a second, and at once
 * @param ping how long after the last one the server asks whether the client is there
 * @param idle how long a client may be silent, answers to pings included
 * @param connectionsMax how many may be open at once
 * @param origins other origins whose pages may open one, such as {@code https://shop.example}
 */
public record SocketSettings(int maxMessageBytes, int queue, int ratePerSecond, Duration ping, Duration idle,
		int connectionsMax, List<String> origins) {

	public static final SocketSettings DEFAULT = new SocketSettings(64 * 1024, 256, 100, Duration.ofSeconds(30),
			Duration.ofSeconds(90), 10_000, List.of());

	public SocketSettings {
		origins = origins.stream().map((origin) -> origin.toLowerCase(Locale.ROOT)).toList();
		for (String origin : origins) {
			if (!Cors.isOrigin(origin)) {
				throw new IllegalArgumentException("flin.web.socket.allowed-origins: '" + origin
						+ "' is not an origin such as https://shop.example");
			}
		}
	}

	/**
	 * Whether a page of the request's origin may open a socket. Browsers send cookies along whatever page asks, and
	 * say which; other clients say nothing.
	 */
	public boolean accepts(HttpRequest request, Hosts hosts, Cors cors) {
		List<String> sent = request.headers().all("Origin");
		if (sent.isEmpty()) {
			return true;
		}
		String origin = sent.getFirst().toLowerCase(Locale.ROOT);
		return sent.size() == 1 && (isOwn(origin, hosts.base(request).toLowerCase(Locale.ROOT))
				|| this.origins.contains(origin) || (cors.credentials() && cors.allows(origin)));
	}

	/** The same host and port; a proxy that ends HTTPS may not have said so. */
	private static boolean isOwn(String origin, String base) {
		return origin.equals(base) || (base.startsWith("http://") && origin.equals("https://" + base.substring(7)));
	}

}
