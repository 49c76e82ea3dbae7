package dev.flin.http;

/**
 * How an application behaves towards clients.
 *
 * @param compression whether answers are compressed for clients that can read that
 * @param sockets how WebSockets behave
 * @param base the path that the host has the whole application under, such as {@code /shop}; empty for none
 */
public record WebSettings(SecurityHeaders headers, Cors cors, TrustedProxies proxies, Hosts hosts,
		boolean compression, SocketSettings sockets, String base) {

	public static final WebSettings DEFAULT = new WebSettings(SecurityHeaders.DEFAULT, Cors.CLOSED, TrustedProxies.NONE,
			Hosts.ANY, true, SocketSettings.DEFAULT, "");

}
