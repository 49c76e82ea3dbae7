package dev.flin.http;

/**
 * How an application behaves towards clients.
 *
 * @param compression whether answers are compressed for clients that can read that
 * @param sockets how WebSockets behave
 */
public record WebSettings(SecurityHeaders headers, Cors cors, TrustedProxies proxies, Hosts hosts,
		boolean compression, SocketSettings sockets) {

	public static final WebSettings DEFAULT = new WebSettings(SecurityHeaders.DEFAULT, Cors.CLOSED, TrustedProxies.NONE,
			Hosts.ANY, true, SocketSettings.DEFAULT);

}
