package dev.flin.http.route;

import dev.flin.http.live.SocketSettings;
import dev.flin.http.live.StreamPlaces;
import dev.flin.http.policy.Cors;
import dev.flin.http.policy.Hosts;
import dev.flin.http.policy.SecurityHeaders;
import dev.flin.http.policy.TrustedProxies;

/**
 * How an application behaves towards clients.
 *
 * @param compression whether answers are compressed for clients that can read that
 * @param sockets how WebSockets behave
 * @param streams how many streams of events there may be
 * @param base the path that the host has the whole application under, such as {@code /shop}; empty for none
 */
public record WebSettings(SecurityHeaders headers, Cors cors, TrustedProxies proxies, Hosts hosts,
		boolean compression, SocketSettings sockets, StreamPlaces.Limits streams, String base) {

	public static final WebSettings DEFAULT = new WebSettings(SecurityHeaders.DEFAULT, Cors.CLOSED, TrustedProxies.NONE,
			Hosts.ANY, true, SocketSettings.DEFAULT, StreamPlaces.Limits.DEFAULT, "");

}
