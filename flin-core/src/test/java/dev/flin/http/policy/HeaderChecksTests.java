package dev.flin.http.policy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderChecksTests {

	private static SecurityHeaders headers(String policy, String ancestors, String referrer, String permissions,
			String transport) {
		return new SecurityHeaders(policy, ancestors, referrer, permissions, transport);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"defualt-src 'self' | 'defualt-src' is no directive such as default-src or script-src",
			"script-src self | self is the name of a host unless it stands in quotation marks: 'self'",
			"img-src none | none is the name of a host unless it stands in quotation marks: 'none'",
			"script-src 'slef' | 'slef' is no source such as 'self', 'none' or https://shop.example",
			"script-src 'nonce-{nonce} | 'nonce-{nonce} has a quotation mark too few",
			"script-src 'nonce-abc' | 'nonce-abc' is the same for everybody; write 'nonce-{nonce}'",
			"script-src 'none' https://a.example | beside 'none' there may be no other source",
			"default-src 'self', img-src * | parts of a policy are separated by ';', not by ','",
			"img-src *; IMG-SRC 'none' | img-src stands there twice; browsers take the first alone",
			"frame-ancestors 'none' | frame-ancestors is a property of its own, flin.web.headers.frame-ancestors",
			"default-src \u00e9 | only visible characters of ASCII can be sent" })
	void aPolicyThatBrowsersWouldPassOverIsRefused(String policy, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> headers(policy, "", "", "", ""))
			.withMessage("flin.web.headers.content-security-policy: " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "self", "'self'; script-src *", "'self', 'none'", "'none' 'self'", "\r\nX: y" })
	void ancestorsAreSources(String ancestors) {
		assertThatIllegalArgumentException().isThrownBy(() -> headers("", ancestors, "", "", ""))
			.withMessageStartingWith("flin.web.headers.frame-ancestors: ");
	}

	@Test
	void theOtherFieldsHaveTheirOwnForms() {
		assertThatIllegalArgumentException().isThrownBy(() -> headers("", "", "none", "", ""))
			.withMessageStartingWith("flin.web.headers.referrer-policy: 'none'");
		for (String permissions : new String[] { "camera", "camera=()x", "camera=(self)\r\nX: y", "camera=none" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> headers("", "", "", permissions, ""))
				.withMessageStartingWith("flin.web.headers.permissions-policy: ");
		}
		for (String transport : new String[] { "yes", "max-age", "includeSubDomains", "max-age=1, preload" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> headers("", "", "", "", transport))
				.withMessageStartingWith("flin.web.headers.strict-transport-security: ");
		}
	}

	@Test
	void whatBrowsersKnowIsTaken() {
		String[] defaults = SecurityHeaders.defaults();
		assertThatCode(() -> headers(defaults[0], defaults[1], defaults[2], defaults[3], defaults[4]))
			.doesNotThrowAnyException();
		assertThatCode(() -> headers(
				"Default-Src 'self' https://*.shop.example:* data: wss:; script-src 'strict-dynamic' "
						+ "'nonce-{nonce}' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; sandbox allow-forms; "
						+ "upgrade-insecure-requests; report-to main;",
				"https://a.example 'self'", "no-referrer, same-origin",
				"camera=(), geolocation=(self \"https://maps.example\"), fullscreen=*, payment=self",
				"max-age=63072000; includeSubDomains; preload"))
			.doesNotThrowAnyException();
		assertThatCode(() -> headers("", "", "", "", "")).doesNotThrowAnyException();
	}

}
