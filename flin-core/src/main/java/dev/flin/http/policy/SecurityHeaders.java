package dev.flin.http.policy;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HttpFields;

/**
 * The header fields that keep browsers from doing what pages never meant, on every answer. A field that the program has
 * set itself stays; an empty setting leaves its field out.
 */
public final class SecurityHeaders {

	/** Stands for the nonce in a policy; a source with it is left out of answers without a nonce. */
	public static final String NONCE = "{nonce}";

	private static final String[] DEFAULTS = { "default-src 'self'; script-src 'self' 'nonce-{nonce}'; "
			+ "style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data: https:; "
			+ "object-src 'none'; base-uri 'self'; form-action 'self'", "'self'", "strict-origin-when-cross-origin",
			"camera=(), microphone=(), geolocation=(), payment=()", "max-age=31536000" };

	public static final SecurityHeaders DEFAULT = new SecurityHeaders(DEFAULTS[0], DEFAULTS[1], DEFAULTS[2],
			DEFAULTS[3], DEFAULTS[4]);

	private final String policy;

	private final String plainPolicy;

	private final String frameOptions;

	private final String referrerPolicy;

	private final String permissionsPolicy;

	private final String transportSecurity;

	/** All fields of an answer without a nonce. */
	private final HttpFields plain;

	private final HttpFields plainOverHttps;

	/**
	 * @param policy the content security policy, without {@code frame-ancestors}
	 * @param frameAncestors who may show pages in a frame, as sources of a policy
	 * @param transportSecurity the value of {@code Strict-Transport-Security}, sent over HTTPS only
	 * @throws IllegalArgumentException for a setting that browsers would pass over, or that could not be sent
	 */
	public SecurityHeaders(String policy, String frameAncestors, String referrerPolicy, String permissionsPolicy,
			String transportSecurity) {
		HeaderChecks.policy(policy);
		HeaderChecks.frameAncestors(frameAncestors);
		HeaderChecks.referrerPolicy(referrerPolicy.strip());
		HeaderChecks.permissionsPolicy(permissionsPolicy.strip());
		HeaderChecks.transportSecurity(transportSecurity.strip());
		String ancestors = frameAncestors.isBlank() ? "" : "frame-ancestors " + frameAncestors.strip();
		String separator = (policy.isBlank() || ancestors.isEmpty()) ? "" : "; ";
		this.policy = policy.strip().replaceAll(";\\s*$", "") + separator + ancestors;
		this.plainPolicy = this.policy.replaceAll("\\s*'nonce-\\{nonce}'", "");
		this.frameOptions = switch (frameAncestors.strip().toLowerCase(Locale.ROOT)) {
			case "'self'" -> "SAMEORIGIN";
			case "'none'" -> "DENY";
			default -> "";
		};
		this.referrerPolicy = referrerPolicy.strip();
		this.permissionsPolicy = permissionsPolicy.strip();
		this.transportSecurity = transportSecurity.strip();
		this.plain = fields(this.plainPolicy, false);
		this.plainOverHttps = fields(this.plainPolicy, true);
	}

	/** The settings that count when nobody has said otherwise, in the order of the constructor. */
	public static String[] defaults() {
		return DEFAULTS.clone();
	}

	/**
	 * Adds the fields.
	 * @param nonce what the scripts and styles of the page carry; null for an answer without any
	 */
	public void addTo(HttpFields.Builder headers, boolean secure, @Nullable String nonce) {
		if (nonce != null) {
			headers.addMissing(fields(this.policy.replace(NONCE, nonce), secure));
		}
		else {
			headers.addCommon(secure ? this.plainOverHttps : this.plain);
		}
	}

	private HttpFields fields(String contentPolicy, boolean secure) {
		HttpFields.Builder fields = HttpFields.builder();
		add(fields, "Content-Security-Policy", contentPolicy);
		add(fields, "X-Content-Type-Options", "nosniff");
		add(fields, "X-Frame-Options", this.frameOptions);
		add(fields, "Referrer-Policy", this.referrerPolicy);
		add(fields, "Permissions-Policy", this.permissionsPolicy);
		if (secure) {
			add(fields, "Strict-Transport-Security", this.transportSecurity);
		}
		return fields.build();
	}

	private static void add(HttpFields.Builder headers, String name, String value) {
		if (!value.isEmpty()) {
			headers.add(name, value);
		}
	}

}
