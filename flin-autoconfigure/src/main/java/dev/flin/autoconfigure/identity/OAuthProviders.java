package dev.flin.autoconfigure.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import org.jspecify.annotations.Nullable;

import dev.flin.autoconfigure.identity.FlinSignInProperties.Registration;
import dev.flin.port.SignInProviders;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * Signs people in by the eight services that FLIN knows, with what is particular about each.
 */
final class OAuthProviders implements SignInProviders {

	private static final long APPLE_SECRET_SECONDS = 300;

	private static final long CLOCK_SKEW_SECONDS = 60;

	private final Map<String, Registration> registrations;

	private final OAuthClient client = new OAuthClient();

	private final NimbusForeignTokens tokens;

	OAuthProviders(Map<String, Registration> registrations) {
		registrations.forEach((name, registration) -> {
			if (!Provider.ALL.containsKey(name) || registration.getClientId().isEmpty()) {
				throw new IllegalArgumentException("flin.oauth.providers." + name
						+ (Provider.ALL.containsKey(name) ? " needs a client-id" : " is not known"));
			}
			MicrosoftTenants.check(name, registration.getTenant());
			if (Provider.ALL.get(name).login() == Provider.Login.SIGNED) {
				checkApple(registration);
			}
		});
		this.registrations = new LinkedHashMap<>(registrations);
		Map<String, String> keys = new LinkedHashMap<>();
		registrations.forEach((name, registration) -> {
			String set = provider(name).keySet();
			if (set != null) {
				keys.put(set, at(registration, set));
			}
		});
		this.tokens = new NimbusForeignTokens(keys);
	}

	/** What is missing would otherwise show when somebody signs in. */
	private static void checkApple(Registration registration) {
		String apple = "flin.oauth.providers.apple.";
		if (registration.getTeamId() == null || registration.getKeyId() == null) {
			throw new IllegalArgumentException(apple + ((registration.getTeamId() == null) ? "team-id" : "key-id")
					+ " is missing: Apple wants a secret that is signed with a key of the team");
		}
		try {
			PemKeys.curveKey(registration.getClientSecret());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(apple + "client-secret is no private key for ES256 in PEM format", ex);
		}
	}

	private static Provider provider(String name) {
		Provider provider = Provider.ALL.get(name);
		if (provider == null) {
			throw new IllegalArgumentException("There is no provider " + name);
		}
		return provider;
	}

	@Override
	public List<String> configured() {
		return List.copyOf(this.registrations.keySet());
	}

	@Override
	public String address(String name, Attempt attempt) throws Refused {
		Provider provider = provider(name);
		Registration registration = registration(name);
		Map<String, String> query = new LinkedHashMap<>();
		query.put("response_type", "code");
		query.put("client_id", registration.getClientId());
		query.put("redirect_uri", attempt.redirect());
		query.put("scope", provider.scope());
		query.put("state", attempt.state());
		if (provider.issuer() != null) {
			query.put("nonce", attempt.nonce());
		}
		if (provider.pkce()) {
			query.put("code_challenge", challenge(attempt.verifier()));
			query.put("code_challenge_method", "S256");
		}
		query.putAll(provider.parameters());
		return at(registration, provider.authorize()) + "?" + form(query);
	}

	@Override
	public Map<String, @Nullable Object> profile(String name, String code, @Nullable String user, Attempt attempt,
			Instant now) throws Refused {
		Provider provider = provider(name);
		Registration registration = registration(name);
		FlinMap answer = this.client.json(tokenRequest(provider, registration, code, attempt, now));
		if (answer.get("error") != null || !(answer.get("access_token") instanceof String access)) {
			throw new Refused(name + " gave no token: " + answer.get("error"), null);
		}
		FlinMap claims = (provider.issuer() != null)
				? claims(name, provider, registration, answer.get("id_token"), attempt, now)
				: userInfo(name, provider, registration, access);
		return Profiles.of(name, claims, (user != null) ? map(user) : new FlinMap());
	}

	private HttpRequest tokenRequest(Provider provider, Registration registration, String code, Attempt attempt,
			Instant now) throws Refused {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", "authorization_code");
		form.put("code", code);
		form.put("redirect_uri", attempt.redirect());
		form.put("client_id", registration.getClientId());
		if (provider.pkce()) {
			form.put("code_verifier", attempt.verifier());
		}
		HttpRequest.Builder request = OAuthClient.request(at(registration, provider.token()));
		switch (provider.login()) {
			case FORM -> form.put("client_secret", registration.getClientSecret());
			case SIGNED -> form.put("client_secret", appleSecret(registration, now));
			case BASIC -> request.header("Authorization", "Basic " + Base64.getEncoder()
				.encodeToString((encoded(registration.getClientId()) + ":" + encoded(registration.getClientSecret()))
					.getBytes(StandardCharsets.UTF_8)));
		}
		return request.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form(form)))
			.build();
	}

	/** What an id token says, once it is sure that it was made for this very sign-in. */
	private FlinMap claims(String name, Provider provider, Registration registration, @Nullable Object token,
			Attempt attempt, Instant now) throws Refused {
		String payload = null;
		try {
			payload = (token instanceof String text && provider.keySet() != null)
					? this.tokens.verify(text, provider.keySet()) : null;
		}
		catch (IllegalStateException ex) {
			throw new Refused(String.valueOf(ex.getMessage()), ex);
		}
		if (payload == null) {
			throw new Refused("the id token of " + name + " is not signed by it", null);
		}
		FlinMap claims = map(payload);
		Object end = claims.get("exp");
		boolean good = isIssuer(name, provider, registration, claims) && registration.getClientId()
				.equals(claims.get("aud"))
				&& attempt.nonce().equals(claims.get("nonce"))
				&& end instanceof Long seconds && now.getEpochSecond() < seconds + CLOCK_SKEW_SECONDS
				&& claims.get("sub") instanceof String;
		if (!good) {
			throw new Refused("the id token of " + name + " is not for this sign-in", null);
		}
		return claims;
	}

	private static boolean isIssuer(String name, Provider provider, Registration registration, FlinMap claims) {
		String tenant = String.valueOf(claims.get("tid"));
		Object named = claims.get("iss");
		if (String.valueOf(provider.issuer()).replace(Provider.TENANT_OF_TOKEN, tenant).equals(named)) {
			return !name.equals("microsoft") || MicrosoftTenants.allows(registration.getTenant(), tenant);
		}
		return switch (name) {
			// Google leaves the scheme out at times.
			case "google" -> "accounts.google.com".equals(named);
			// Apple announces the one name and signs with the other, and has changed what it announces.
			case "apple" -> "https://account.apple.com".equals(named);
			default -> false;
		};
	}

	private FlinMap userInfo(String name, Provider provider, Registration registration, String access)
			throws Refused {
		String place = at(registration, String.valueOf(provider.userInfo()));
		if (name.equals("facebook")) {
			place += "&appsecret_proof=" + OAuthClient.hmac(access, registration.getClientSecret());
		}
		FlinMap info = this.client.json(OAuthClient.request(place).header("Authorization", "Bearer " + access).build());
		if (name.equals("github")) {
			// The address in the profile is what somebody typed there; those that were confirmed are in a list, which
			// a GitHub App that may not read it is refused.
			info.put("emails",
					this.client.valueOrNone(OAuthClient.request(at(registration, "https://api.github.com/user/emails"))
						.header("Authorization", "Bearer " + access)
						.build()));
		}
		return (name.equals("twitter") && info.get("data") instanceof FlinMap data) ? data : info;
	}

	/** Apple takes a token in place of a secret, signed with the key of the team. */
	private static String appleSecret(Registration registration, Instant now) throws Refused {
		try {
			FlinMap claims = FlinMap.of("iss", registration.getTeamId(), "iat", now.getEpochSecond(), "exp",
					now.getEpochSecond() + APPLE_SECRET_SECONDS, "aud", "https://appleid.apple.com");
			claims.put("sub", registration.getClientId());
			JWSObject token = new JWSObject(
					new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(registration.getKeyId()).build(),
					new Payload(JsonWriter.write(claims)));
			token.sign(new ECDSASigner(PemKeys.curveKey(registration.getClientSecret()), Curve.P_256));
			return token.serialize();
		}
		catch (JOSEException | IllegalArgumentException ex) {
			throw new Refused("flin.oauth.providers.apple.client-secret is no private key for ES256", ex);
		}
	}

	private Registration registration(String name) throws Refused {
		Registration registration = this.registrations.get(name);
		if (registration == null) {
			throw new Refused("flin.oauth.providers." + name + " is not configured", null);
		}
		return registration;
	}

	/** An address of a provider, or of what stands for it. */
	private static String at(Registration registration, String template) {
		String address = template.replace(Provider.TENANT, registration.getTenant());
		String server = registration.getServer();
		if (server == null) {
			return address;
		}
		URI uri = URI.create(address);
		return server + uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
	}

	private static FlinMap map(String json) throws Refused {
		try {
			if (JsonParser.parse(json) instanceof FlinMap map) {
				return map;
			}
		}
		catch (FlinError ex) {
			throw new Refused("a provider sent no JSON", ex);
		}
		throw new Refused("a provider sent no JSON object", null);
	}

	private static String challenge(String verifier) throws Refused {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new Refused("every JDK has SHA-256", ex);
		}
	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((each) -> each.getKey() + "=" + encoded(each.getValue()))
			.collect(Collectors.joining("&"));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
