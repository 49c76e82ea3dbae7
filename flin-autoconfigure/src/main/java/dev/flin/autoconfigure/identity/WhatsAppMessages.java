package dev.flin.autoconfigure.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.flin.port.CodeMessages;
import dev.flin.port.HttpCalls;
import dev.flin.port.HttpCalls.Field;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/** Codes by the Cloud API of WhatsApp, in a template of the category authentication with a button that copies. */
final class WhatsAppMessages implements CodeMessages {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int BYTES_MAX = 64 * 1024;

	/** What the API says of numbers that are none, do not use WhatsApp or may not be written to. */
	private static final Set<Long> UNREACHABLE = Set.of(131_021L, 131_026L, 131_030L, 131_045L, 133_010L);

	private final HttpCalls calls;

	private final FlinWhatsAppProperties properties;

	WhatsAppMessages(HttpCalls calls, FlinWhatsAppProperties properties) {
		this.calls = calls;
		this.properties = properties;
	}

	@Override
	public boolean send(String number, String code) throws Failed, InterruptedException {
		if (this.properties.getPhoneNumberId().isEmpty() || this.properties.getAccessToken().isEmpty()) {
			throw new Failed("flin.whatsapp.phone-number-id and flin.whatsapp.access-token are not configured", null);
		}
		URI address = URI.create(this.properties.getServer() + "/" + this.properties.getPhoneNumberId() + "/messages");
		byte[] body = JsonWriter.write(message(number, code)).getBytes(StandardCharsets.UTF_8);
		List<Field> fields = List.of(new Field("Authorization", "Bearer " + this.properties.getAccessToken()),
				new Field("Content-Type", "application/json"));
		HttpCalls.Answer answer;
		try {
			// The address is that of the configuration, so every one that it leads to is meant.
			answer = this.calls
				.send(new HttpCalls.Call("POST", address, fields, body, TIMEOUT, BYTES_MAX, (any) -> true));
		}
		catch (HttpCalls.Failed ex) {
			throw new Failed("WhatsApp cannot be reached", ex);
		}
		if (answer.status() / 100 == 2) {
			return true;
		}
		long error = error(answer.body());
		if (UNREACHABLE.contains(error)) {
			return false;
		}
		throw new Failed("WhatsApp answered " + answer.status() + ", error " + error, null);
	}

	private FlinMap message(String number, String code) {
		FlinMap template = FlinMap.of("name", this.properties.getTemplate(), "language",
				FlinMap.of("code", this.properties.getLanguage()), "components",
				FlinList.of(FlinMap.of("type", "body", "parameters", parameters(code)), FlinMap.of("type", "button",
						"sub_type", "url", "index", "0", "parameters", parameters(code))));
		return FlinMap.of("messaging_product", "whatsapp", "recipient_type", "individual", "to", number, "type",
				"template", "template", template);
	}

	private static FlinList parameters(String code) {
		return FlinList.of(FlinMap.of("type", "text", "text", code));
	}

	private static long error(byte[] body) {
		try {
			return (JsonParser.parse(new String(body, StandardCharsets.UTF_8)) instanceof FlinMap answer
					&& answer.get("error") instanceof FlinMap error && error.get("code") instanceof Long code) ? code
							: 0;
		}
		catch (FlinError noJson) {
			return 0;
		}
	}

}
