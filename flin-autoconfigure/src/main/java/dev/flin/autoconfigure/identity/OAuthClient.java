package dev.flin.autoconfigure.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.flin.port.SignInProviders.Refused;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/** Talks to providers: short answers in JSON, soon, from nowhere else. */
final class OAuthClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int BYTES_MAX = 256 * 1024;

	private static final String MAC = "HmacSHA256";

	private @Nullable HttpClient made;

	/** Made when it is needed first: it reads all certificates. */
	private synchronized HttpClient client() {
		HttpClient client = this.made;
		if (client == null) {
			client = HttpClient.newBuilder()
				.connectTimeout(TIMEOUT)
				.followRedirects(HttpClient.Redirect.NEVER)
				.build();
			this.made = client;
		}
		return client;
	}

	/** GitHub answers with a form unless it is asked for JSON, and Discord refuses clients without a name. */
	static HttpRequest.Builder request(String address) {
		return HttpRequest.newBuilder(URI.create(address))
			.timeout(TIMEOUT)
			.header("Accept", "application/json")
			.header("User-Agent", "FLIN");
	}

	FlinMap json(HttpRequest request) throws Refused {
		if (value(request) instanceof FlinMap map) {
			return map;
		}
		throw new Refused(request.uri().getHost() + " sent no JSON object", null);
	}

	@Nullable Object value(HttpRequest request) throws Refused {
		return value(request, false);
	}

	/** Null where the application may not have it, or it is not there. */
	@Nullable Object valueOrNone(HttpRequest request) throws Refused {
		return value(request, true);
	}

	private @Nullable Object value(HttpRequest request, boolean optional) throws Refused {
		try {
			HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				String text = new String(body.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
				int status = response.statusCode();
				if (optional && (status == 403 || status == 404)) {
					return null;
				}
				if (status != 200) {
					throw new Refused(request.uri().getHost() + " answered " + status, null);
				}
				return JsonParser.parse(text);
			}
		}
		catch (IOException | FlinError ex) {
			throw new Refused(request.uri().getHost() + " cannot be asked", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Refused("interrupted", ex);
		}
	}

	static String hmac(String text, String key) throws Refused {
		try {
			Mac mac = Mac.getInstance(MAC);
			mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
			return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new Refused("a client-secret is missing", ex);
		}
	}

}
