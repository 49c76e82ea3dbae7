package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.Test;

class OneTimeCodeTests {

	/** The secret of RFC 6238's examples, in Base32. */
	private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

	private static final byte[] BYTES = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final AuthenticatorCodes codes = new AuthenticatorCodes();

	@Test
	void codesAreThoseOfTheStandard() {
		assertThat(this.codes.code(BYTES, Instant.ofEpochSecond(59))).isEqualTo("287082");
		assertThat(this.codes.code(BYTES, Instant.ofEpochSecond(1111111109))).isEqualTo("081804");
		assertThat(this.codes.code(BYTES, Instant.ofEpochSecond(20000000000L))).isEqualTo("353130");
	}

	@Test
	void aCodeIsGoodForThreeStepsAndOnce() {
		try (Script script = Script.of(check(-60))) {
			assertThat(script.run()).isEqualTo("false");
			assertThat(script.run(check(60))).isEqualTo("false");
			assertThat(script.run(check(-30))).isEqualTo("true");
			assertThat(script.run(check(-30))).as("replay").isEqualTo("false");
			assertThat(script.run(check(0))).isEqualTo("true");
			assertThat(script.run(check(-30))).as("older than one that was used").isEqualTo("false");
			assertThat(script.run(check(30))).isEqualTo("true");
			assertThat(script.later(Duration.ofSeconds(30)).run(check(30))).as("used ahead of its time")
				.isEqualTo("false");
		}
	}

	@Test
	void whatIsNoCodeIsRefused() {
		assertThat(Script.output("""
				s = "%s"
				print(verify_totp(s, ""), verify_totp(s, "000000000"), verify_totp(s, none), verify_totp(s, "abcdef"))
				print(generate_totp_secret().len, generate_totp_secret() == generate_totp_secret())
				print(verify_totp("not base 32!", "123456"))
				""".formatted(SECRET))).isEqualTo("false false false false\n32 false\n"
				+ "error: a secret of an authenticator app is Base32, such as generate_totp_secret() makes");
	}

	@Test
	void theSecretIsShownAsAPicture() {
		assertThat(Script.output("""
				url = totp_qr_url(generate_totp_secret(), "ada@example.com", "Ada & Co")
				print(url.starts_with("data:image/png;base64,iVBOR"), url.len > 300)
				""")).isEqualTo("true true");
	}

	@Test
	void anAppReadsTheSecretFromThePicture() throws IOException, ReaderException {
		String picture = Script.output("print(totp_qr_url(\"" + SECRET
				+ "\", \"ada+shop@example.com\", \"Café & Söhne: 100 %\"))");
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(
				Base64.getDecoder().decode(picture.substring(picture.indexOf(',') + 1))));
		int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
		String read = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(
				new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)))).getText();
		URI address = URI.create(read);
		assertThat(address.getScheme()).isEqualTo("otpauth");
		assertThat(address.getHost()).isEqualTo("totp");
		assertThat(address.getPath()).contains("Café & Söhne").endsWith(":ada+shop@example.com");
		assertThat(address.getRawQuery()).contains("secret=" + SECRET).contains("issuer=Caf%C3%A9%20%26%20S%C3%B6hne");
	}

	@Test
	void aSentCodeIsGoodOnceAndCannotBeGuessed() {
		assertThat(Script.output("""
				code = otp_generate("+225 01")
				print(code.len, otp_verify("+225 02", code), otp_verify("+225 01", code), otp_verify("+225 01", code))
				next = otp_generate("a")
				for i in 1..5 { otp_verify("a", "wrong") }
				print(otp_verify("a", next))
				old = otp_generate("b", 10)
				fresh = otp_generate("b", 10)
				print(otp_verify("b", old), otp_verify("b", fresh))
				""")).isEqualTo("6 false true false\nfalse\nfalse true");
	}

	@Test
	void aSentCodeExpires() {
		try (Script script = Script.of("print(otp_generate(\"a\"))")) {
			String code = script.run();
			assertThat(script.later(Duration.ofMinutes(5)).run("print(otp_verify(\"a\", \"" + code + "\"))"))
				.isEqualTo("false");
		}
	}

	@Test
	void backupCodesAreDifferentAndReadable() {
		assertThat(Script.output("""
				codes = generate_backup_codes()
				print(codes.len, codes.unique.len, codes.all((c) => c.test_regex(/^[2-9a-hj-km-np-z]{5}-[2-9a-hj-km-np-z]{5}$/)))
				""")).isEqualTo("10 10 true");
	}

	private String check(int seconds) {
		return "print(verify_totp(\"" + SECRET + "\", \"" + this.codes.code(BYTES, START.plusSeconds(seconds)) + "\"))";
	}

}
