package dev.flin.http.body;

/**
 * How much a request may bring.
 *
 * @param maxBodyBytes the largest body
 * @param maxUploadBytes the largest multipart body
 * @param maxParts the most parts of a multipart body
 */
public record RequestLimits(long maxBodyBytes, long maxUploadBytes, int maxParts) {

	public static final RequestLimits DEFAULT = new RequestLimits(2L * 1024 * 1024, 20L * 1024 * 1024, 1000);

}
