package dev.flin.http.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds mistakes in the settings of {@link SecurityHeaders}. Browsers pass over what they do not know in these fields,
 * so a slip of the pen would leave visitors unprotected, and nobody would see it.
 */
final class HeaderChecks {

	private static final String PREFIX = "flin.web.headers.";

	static final String POLICY = PREFIX + "content-security-policy";

	static final String ANCESTORS = PREFIX + "frame-ancestors";

	/** Directives whose values are places that something may come from. */
	private static final Set<String> SOURCES = Set.of("default-src", "script-src", "script-src-elem", "script-src-attr",
			"style-src", "style-src-elem", "style-src-attr", "img-src", "font-src", "connect-src", "media-src",
			"object-src", "frame-src", "child-src", "worker-src", "manifest-src", "prefetch-src", "fenced-frame-src",
			"base-uri", "form-action");

	private static final Set<String> OTHERS = Set.of("sandbox", "report-uri", "report-to", "trusted-types",
			"require-trusted-types-for", "upgrade-insecure-requests", "block-all-mixed-content", "plugin-types");

	private static final Set<String> KEYWORDS = Set.of("self", "none", "unsafe-inline", "unsafe-eval", "unsafe-hashes",
			"strict-dynamic", "report-sample", "wasm-unsafe-eval", "inline-speculation-rules",
			"unsafe-allow-redirects");

	private static final Pattern DIGEST = Pattern.compile("sha(256|384|512)-[A-Za-z0-9+/_-]+={0,2}");

	private static final Set<String> REFERRERS = Set.of("no-referrer", "no-referrer-when-downgrade", "same-origin",
			"origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url");

	/** Such as {@code camera=()}, {@code fullscreen=*} or {@code geolocation=(self "https://maps.example")}. */
	private static final Pattern PERMISSION = Pattern
		.compile("[a-z][a-z0-9-]*=(\\*|self|\\((\\*|(self|src|\"[^\"\\s]+\")(\\s+(self|src|\"[^\"\\s]+\"))*)?\\))");

	private static final Pattern TRANSPORT = Pattern
		.compile("max-age=\\d{1,10}(\\s*;\\s*(includeSubDomains|preload))*", Pattern.CASE_INSENSITIVE);

	private HeaderChecks() {
	}

	static void policy(String policy) {
		visible(POLICY, policy);
		if (policy.indexOf(',') >= 0) {
			throw wrong(POLICY, "parts of a policy are separated by ';', not by ','");
		}
		Set<String> seen = new HashSet<>();
		for (String part : policy.split(";")) {
			List<String> words = words(part);
			if (words.isEmpty()) {
				continue;
			}
			String directive = words.getFirst().toLowerCase(Locale.ROOT);
			if (directive.equals("frame-ancestors")) {
				throw wrong(POLICY, "frame-ancestors is a property of its own, " + ANCESTORS);
			}
			if (!SOURCES.contains(directive) && !OTHERS.contains(directive)) {
				throw wrong(POLICY, "'" + words.getFirst() + "' is no directive such as default-src or script-src");
			}
			if (!seen.add(directive)) {
				throw wrong(POLICY, directive + " stands there twice; browsers take the first alone");
			}
			if (SOURCES.contains(directive)) {
				sources(POLICY, words.subList(1, words.size()));
			}
		}
	}

	static void frameAncestors(String sources) {
		visible(ANCESTORS, sources);
		if (sources.indexOf(';') >= 0 || sources.indexOf(',') >= 0) {
			throw wrong(ANCESTORS, "these are sources such as 'self' https://shop.example, with blanks between them");
		}
		sources(ANCESTORS, words(sources));
	}

	static void referrerPolicy(String policy) {
		if (!policy.isEmpty()) {
			for (String word : policy.split(",", -1)) {
				if (!REFERRERS.contains(word.strip().toLowerCase(Locale.ROOT))) {
					throw wrong(PREFIX + "referrer-policy", "'" + word.strip()
							+ "' is no policy such as no-referrer or strict-origin-when-cross-origin");
				}
			}
		}
	}

	static void permissionsPolicy(String policy) {
		if (!policy.isEmpty()) {
			for (String part : policy.split(",", -1)) {
				if (!PERMISSION.matcher(part.strip()).matches()) {
					throw wrong(PREFIX + "permissions-policy", "'" + part.strip()
							+ "' is not written as camera=() or geolocation=(self \"https://maps.example\")");
				}
			}
		}
	}

	static void transportSecurity(String value) {
		if (!value.isEmpty() && !TRANSPORT.matcher(value).matches()) {
			throw wrong(PREFIX + "strict-transport-security",
					"'" + value + "' is not written as max-age=31536000; includeSubDomains");
		}
	}

	private static void sources(String property, List<String> sources) {
		for (String source : sources) {
			boolean quoted = source.length() > 2 && source.startsWith("'") && source.endsWith("'");
			if (!quoted && source.indexOf('\'') >= 0) {
				throw wrong(property, source + " has a quotation mark too few");
			}
			String bare = quoted ? source.substring(1, source.length() - 1) : source;
			String lower = bare.toLowerCase(Locale.ROOT);
			boolean known = KEYWORDS.contains(lower) || lower.startsWith("nonce-") || DIGEST.matcher(bare).matches();
			if (!quoted && known) {
				throw wrong(property, bare + " is the name of a host unless it stands in quotation marks: '" + bare
						+ "'");
			}
			if (quoted && !known) {
				throw wrong(property, source + " is no source such as 'self', 'none' or https://shop.example");
			}
			if (lower.startsWith("nonce-") && !bare.equals("nonce-" + SecurityHeaders.NONCE)) {
				throw wrong(property,
						source + " is the same for everybody; write 'nonce-" + SecurityHeaders.NONCE + "'");
			}
			if (lower.equals("none") && sources.size() > 1) {
				throw wrong(property, "beside 'none' there may be no other source");
			}
		}
	}

	private static void visible(String property, String value) {
		if (!value.chars().allMatch((c) -> c >= ' ' && c < 127)) {
			throw wrong(property, "only visible characters of ASCII can be sent");
		}
	}

	private static List<String> words(String text) {
		String stripped = text.strip();
		return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
	}

	private static IllegalArgumentException wrong(String property, String what) {
		return new IllegalArgumentException(property + ": " + what);
	}

}
