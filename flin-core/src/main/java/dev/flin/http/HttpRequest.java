package dev.flin.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A request as the host received it.
 *
 * @param method the method in upper case
 * @param path the path as sent, percent-encoded, without the query
 * @param query the query as sent, without the question mark; empty for none
 * @param headers the header fields
 * @param body the body, not read yet
 * @param remoteAddress the address of the client, after trusted proxies
 * @param secure whether the client speaks HTTPS
 * @param security what the host's own security knows
 * @param base the path that the host has the whole application under, such as {@code /shop}; empty for none
 */
public record HttpRequest(String method, String path, String query, HttpFields headers, RequestBody body,
		String remoteAddress, boolean secure, HostSecurity security, String base) {

	public HttpRequest {
		method = method.toUpperCase(Locale.ROOT);
	}

	/** A request to a host that has the application under its root. */
	public HttpRequest(String method, String path, String query, HttpFields headers, RequestBody body,
			String remoteAddress, boolean secure, HostSecurity security) {
		this(method, path, query, headers, body, remoteAddress, secure, security, "");
	}

	/** A request to a host without security of its own. */
	public HttpRequest(String method, String path, String query, HttpFields headers, RequestBody body,
			String remoteAddress, boolean secure) {
		this(method, path, query, headers, body, remoteAddress, secure, HostSecurity.NONE);
	}

	/** The address of an own path for the client: below the base, unless it is there already. */
	public String outside(String path) {
		boolean own = path.startsWith("/") && !path.startsWith("//");
		boolean there = path.equals(this.base) || path.startsWith(this.base + "/");
		return (own && !this.base.isEmpty() && !there) ? this.base + path : path;
	}

	/** A request without body from this machine. */
	public static HttpRequest of(String method, String target) {
		return of(method, target, HttpFields.EMPTY, "");
	}

	/** A request with a text body from this machine. */
	public static HttpRequest of(String method, String target, HttpFields headers, String body) {
		return of(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	public static HttpRequest of(String method, String target, HttpFields headers, byte[] body) {
		int mark = target.indexOf('?');
		String path = (mark < 0) ? target : target.substring(0, mark);
		String query = (mark < 0) ? "" : target.substring(mark + 1);
		RequestBody content = (body.length == 0) ? RequestBody.NONE : RequestBody.of(body);
		return new HttpRequest(method, path, query, headers, content, "127.0.0.1", false);
	}

}
