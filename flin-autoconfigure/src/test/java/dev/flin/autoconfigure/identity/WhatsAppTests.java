package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.port.CodeMessages;
import dev.flin.port.HttpCalls;

class WhatsAppTests {

	private final List<HttpCalls.Call> sent = new ArrayList<>();

	private int status = 200;

	private String answer = "{\"messages\":[{\"id\":\"wamid.1\"}]}";

	@Test
	void aCodeIsSentAndGoodOnce() {
		try (Script script = script("print(whatsapp_send_otp(\"+225 07-00 (11) 22.33\"))")) {
			assertThat(script.run()).isEqualTo("true");
			HttpCalls.Call call = this.sent.get(0);
			assertThat(call.method() + " " + call.address())
				.isEqualTo("POST https://graph.facebook.com/v23.0/1234/messages");
			assertThat(call.fields()).contains(new HttpCalls.Field("Authorization", "Bearer secret-token"));
			String body = new String(call.body(), StandardCharsets.UTF_8);
			assertThat(body).contains("\"to\":\"2250700112233\"").contains("\"name\":\"otp\"");
			Matcher code = Pattern.compile("\"text\":\"(\\d{6})\"").matcher(body);
			assertThat(code.find()).isTrue();
			String verify = "print(otp_verify(\"+225 07-00 (11) 22.33\", \"" + code.group(1) + "\"))";
			assertThat(script.run(verify)).isEqualTo("true");
			assertThat(script.run(verify)).isEqualTo("false");
		}
	}

	@Test
	void aCodeOfTheProgramIsSentAsItIs() {
		try (Script script = script("print(whatsapp_send_otp(\"+2250700112233\", \"AB12\"))")) {
			assertThat(script.run()).isEqualTo("true");
			assertThat(new String(this.sent.get(0).body(), StandardCharsets.UTF_8)).contains("\"text\":\"AB12\"");
			assertThat(script.run("whatsapp_send_otp(\"+2250700112233\", \"a b\")"))
				.isEqualTo("error: a code of WhatsApp has 1 to 15 letters and digits");
		}
	}

	@Test
	void aNumberThatCannotBeReachedIsNoError() {
		this.status = 400;
		this.answer = "{\"error\":{\"code\":131026,\"message\":\"Message undeliverable\"}}";
		try (Script script = script("print(whatsapp_send_otp(\"+2250700112233\"))")) {
			assertThat(script.run()).isEqualTo("false");
		}
	}

	@Test
	void mistakesOfTheApplicationAreErrorsThatTellNoSecret() {
		try (Script script = script("whatsapp_send_otp(\"+2250700112233\")")) {
			this.status = 401;
			this.answer = "{\"error\":{\"code\":190,\"message\":\"Invalid OAuth access token secret-token\"}}";
			assertThat(script.run())
				.isEqualTo("error: the code cannot be sent: WhatsApp answered 401, error 190");
			this.status = 500;
			this.answer = "<html>";
			assertThat(script.run()).isEqualTo("error: the code cannot be sent: WhatsApp answered 500, error 0");
			for (String number : List.of("0700112233", "+0700112233", "+225", "+22507001122334455", "+225x", "")) {
				assertThat(script.run("whatsapp_send_otp(\"" + number + "\")")).contains("is not a number");
			}
		}
		assertThat(Script.output("whatsapp_send_otp(\"+2250700112233\")")).isEqualTo("error: the code cannot be sent: "
				+ "flin.whatsapp.phone-number-id and flin.whatsapp.access-token are not configured");
	}

	private Script script(String code) {
		FlinWhatsAppProperties properties = new FlinWhatsAppProperties();
		properties.setPhoneNumberId("1234");
		properties.setAccessToken("secret-token");
		return new Script(code, FlinEngine.builder()
			.servicesOfClassPath()
			.service(CodeMessages.class, new WhatsAppMessages((call) -> {
				this.sent.add(call);
				return new HttpCalls.Answer(this.status, List.of(), this.answer.getBytes(StandardCharsets.UTF_8));
			}, properties)));
	}

}
