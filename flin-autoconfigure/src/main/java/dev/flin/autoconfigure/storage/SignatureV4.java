package dev.flin.autoconfigure.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as version 4 of the signatures of AWS has it.
 */
final class SignatureV4 {

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final String HMAC = "HmacSHA256";

	private static final String ALGORITHM = "AWS4-HMAC-SHA256";

	private final String accessKey;

	private final String secretKey;

	private final String region;

	private final String service;

	SignatureV4(String accessKey, String secretKey, String region, String service) {
		this.accessKey = accessKey;
		this.secretKey = secretKey;
		this.region = region;
		this.service = service;
	}

	/**
	 * The header fields of a signed request, without the host.
	 * @param path percent-encoded
	 * @param contentHash SHA-256 of the body in hexadecimal
	 */
	Map<String, String> sign(String method, String host, String path, String contentHash, Instant now) {
		String moment = MOMENT.format(now);
		SortedMap<String, String> headers = new TreeMap<>();
		headers.put("host", host);
		headers.put("x-amz-content-sha256", contentHash);
		headers.put("x-amz-date", moment);
		StringBuilder fields = new StringBuilder();
		headers.forEach((name, value) -> fields.append(name).append(':').append(value).append('\n'));
		String names = String.join(";", headers.keySet());
		String canonical = String.join("\n", method, path, "", fields, names, contentHash);
		String signature = signature(canonical, moment);
		headers.remove("host");
		headers.put("Authorization", ALGORITHM + " Credential=" + credential(moment) + ", SignedHeaders=" + names
				+ ", Signature=" + signature);
		return headers;
	}

	/**
	 * The query of an address that gives a file out until its time is over.
	 * @param path percent-encoded
	 * @param parameters what else the query says
	 * @param lifetime 7 days at most
	 */
	String address(String host, String path, Map<String, String> parameters, Duration lifetime, Instant now) {
		String moment = MOMENT.format(now);
		SortedMap<String, String> query = new TreeMap<>(parameters);
		query.put("X-Amz-Algorithm", ALGORITHM);
		query.put("X-Amz-Credential", credential(moment));
		query.put("X-Amz-Date", moment);
		query.put("X-Amz-Expires", Long.toString(lifetime.toSeconds()));
		query.put("X-Amz-SignedHeaders", "host");
		String text = query.entrySet()
			.stream()
			.map((entry) -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
			.collect(Collectors.joining("&"));
		String canonical = String.join("\n", "GET", path, text, "host:" + host + "\n", "host", "UNSIGNED-PAYLOAD");
		return text + "&X-Amz-Signature=" + signature(canonical, moment);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
	}

	private String credential(String moment) {
		return this.accessKey + "/" + scope(moment);
	}

	private String scope(String moment) {
		return String.join("/", moment.substring(0, 8), this.region, this.service, "aws4_request");
	}

	private String signature(String canonical, String moment) {
		String toSign = String.join("\n", ALGORITHM, moment, scope(moment),
				sha256(canonical.getBytes(StandardCharsets.UTF_8)));
		byte[] key = hmac(("AWS4" + this.secretKey).getBytes(StandardCharsets.UTF_8), moment.substring(0, 8));
		for (String part : new String[] { this.region, this.service, "aws4_request" }) {
			key = hmac(key, part);
		}
		return HexFormat.of().formatHex(hmac(key, toSign));
	}

	static String sha256(byte[] bytes) {
		return HexFormat.of().formatHex(digest().digest(bytes));
	}

	static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-256 is missing", ex);
		}
	}

	private static byte[] hmac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(key, HMAC));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HMAC-SHA256 is missing", ex);
		}
	}

}
