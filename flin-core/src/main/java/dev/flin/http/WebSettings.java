package dev.flin.http;

/**
 * How an application behaves towards clients.
 *
 * @param compression whether answers are compressed for clients that can read that
 */
public record WebSettings(SecurityHeaders headers, Cors cors, TrustedProxies proxies, Hosts hosts,
		boolean compression) {

	public static final WebSettings DEFAULT = new WebSettings(SecurityHeaders.DEFAULT, Cors.CLOSED, TrustedProxies.NONE,
			Hosts.ANY, true);

}
