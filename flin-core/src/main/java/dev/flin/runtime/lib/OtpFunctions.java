package dev.flin.runtime.lib;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.port.CodeMessages;
import dev.flin.port.OneTimeCodes;
import dev.flin.port.QrCodes;
import dev.flin.runtime.ApplicationSecret;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.Fakes;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.OneTimeUses;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Second factors: codes of authenticator apps, codes that are sent, codes on paper.
 */
public final class OtpFunctions {

	private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	/** Without letters and digits that look alike. */
	private static final String READABLE = "23456789abcdefghjkmnpqrstuvwxyz";

	private static final int SECRET_BYTES = 20;

	private static final int STEP_SECONDS = 30;

	private static final int QR_PIXELS = 320;

	private static final int ATTEMPTS_MAX = 5;

	private static final Duration CODE_LIFETIME = Duration.ofMinutes(5);

	private static final int BACKUP_CODES_MAX = 100;

	private static final long CODE_DIGITS = 6;

	private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{6,14}");

	/** What the button of WhatsApp's templates copies. */
	private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,15}");

	private static final String DIGEST = "digest";

	private static final String LEFT = "left";

	private OtpFunctions() {
	}

	@Builtin(value = "generate_totp_secret() -> text", serverOnly = true, service = OneTimeCodes.class,
			doc = "A new secret for an authenticator app, in Base32. Store it encrypted, one for each user.",
			example = "generate_totp_secret().len // 32")
	public static String generateTotpSecret(FlinContext context) {
		return base32(CryptoFunctions.randomBytes(context, SECRET_BYTES));
	}

	@Builtin(value = "totp_qr_url(secret: text, account: text, issuer: text) -> text", serverOnly = true,
			service = QrCodes.class,
			doc = "A QR code (`data:` address of a PNG picture) that an authenticator app reads the secret from: "
					+ "`<img src={totp_qr_url(secret, user.email, \"Shop\")}/>`.",
			example = "totp_qr_url(generate_totp_secret(), \"ada\", \"Shop\").slice(0, 15) // \"data:image/png;\"")
	public static String totpQrUrl(FlinContext context, String secret, String account, String issuer) {
		decode(secret);
		String label = CodecFunctions.urlEncode(issuer) + ":" + CodecFunctions.urlEncode(account);
		String address = "otpauth://totp/" + label + "?secret=" + secret.replace("=", "") + "&issuer="
				+ CodecFunctions.urlEncode(issuer);
		try {
			byte[] png = context.require(QrCodes.class, "'totp_qr_url'").png(address, QR_PIXELS);
			return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(String.valueOf(ex.getMessage()));
		}
	}

	@Builtin(value = "verify_totp(secret: text, code: any) -> bool", serverOnly = true, service = OneTimeCodes.class,
			doc = "Whether a code is the one that an authenticator app shows now, or showed or will show 30 seconds "
					+ "around. A code that was accepted, and those before it, are refused from then on.",
			example = "verify_totp(generate_totp_secret(), \"no code\") // false")
	public static boolean verifyTotp(FlinContext context, String secret, @Nullable Object code) {
		byte[] key = decode(secret);
		byte[] given = digits(code, 6).getBytes(StandardCharsets.UTF_8);
		OneTimeCodes codes = context.require(OneTimeCodes.class, "'verify_totp'");
		Instant now = context.now();
		long found = -1;
		for (int window = -1; window <= 1; window++) {
			Instant when = now.plusSeconds(window * (long) STEP_SECONDS);
			if (MessageDigest.isEqual(codes.code(key, when).getBytes(StandardCharsets.UTF_8), given)) {
				found = Math.floorDiv(when.getEpochSecond(), STEP_SECONDS);
			}
		}
		return found >= 0 && uses(context).advance("totp " + CryptoFunctions.sha256(base32(key)), found,
				now.plusSeconds(3L * STEP_SECONDS), now);
	}

	@Builtin(value = "generate_backup_codes(count: int = 10) -> [text]", serverOnly = true,
			doc = "Codes for the day when the telephone is lost, such as `k7m2p-x9d4q`. Show them once and store only "
					+ "their hashes.",
			example = "generate_backup_codes(8).len // 8",
			errors = "generate_backup_codes(0) // generate_backup_codes makes 1 to 100 codes, not 0")
	public static FlinList generateBackupCodes(FlinContext context, long count) {
		if (count < 1 || count > BACKUP_CODES_MAX) {
			throw new FlinError("generate_backup_codes makes 1 to " + BACKUP_CODES_MAX + " codes, not " + count);
		}
		FlinList codes = new FlinList();
		for (int i = 0; i < count; i++) {
			String letters = letters(context, READABLE, 10);
			codes.add(letters.substring(0, 5) + "-" + letters.substring(5));
		}
		return codes;
	}

	@Builtin(value = "otp_generate(key: text, digits: int = 6, lifetime: duration? = none) -> text", serverOnly = true,
			doc = "A code to be sent to somebody, good once and for 5 minutes when nothing else is said. The key says "
					+ "what it is for, such as a telephone number; a new code replaces the one before.",
			example = "otp_verify(\"ada\", otp_generate(\"ada\")) // true",
			errors = "otp_generate(\"ada\", 2) // otp_generate makes 4 to 10 digits, not 2")
	public static String otpGenerate(FlinContext context, String key, long digits, @Nullable Duration lifetime) {
		if (digits < 4 || digits > 10) {
			throw new FlinError("otp_generate makes 4 to 10 digits, not " + digits);
		}
		Duration time = (lifetime != null) ? lifetime : CODE_LIFETIME;
		if (!time.isPositive()) {
			throw new FlinError("the time must be positive");
		}
		String code = letters(context, "0123456789", (int) digits);
		Instant now = context.now();
		uses(context).put("otp " + key, FlinMap.of(DIGEST, digest(context, key, code), LEFT, (long) ATTEMPTS_MAX),
				now.plus(time), now);
		return code;
	}

	@Builtin(value = "otp_verify(key: text, code: any) -> bool", serverOnly = true,
			doc = "Whether a code is the one that `otp_generate` made for the key. It is used up by that, and after 5 "
					+ "wrong codes too.",
			example = "otp_verify(\"ada\", \"no code\") // false")
	public static boolean otpVerify(FlinContext context, String key, @Nullable Object code) {
		String digest = digest(context, key, digits(code, 0));
		return uses(context).take("otp " + key, context.now(), (known) -> {
			FlinMap sent = (FlinMap) known;
			boolean right = CryptoFunctions.constantTimeEquals(String.valueOf(sent.get(DIGEST)), digest);
			long left = (sent.get(LEFT) instanceof Long attempts) ? attempts - 1 : 0;
			return new OneTimeUses.Taken(right,
					(right || left <= 0) ? null : FlinMap.of(DIGEST, sent.get(DIGEST), LEFT, left));
		});
	}

	@Builtin(value = "whatsapp_send_otp(phone: text, code: text? = none, lifetime: duration? = none) -> bool",
			serverOnly = true, service = CodeMessages.class,
			doc = "Sends a code to a telephone by WhatsApp: one of `otp_generate` for this number, which `otp_verify` "
					+ "accepts once, or a code of the program. `false` when the number cannot be reached.",
			errors = "whatsapp_send_otp(\"0700\") // \"0700\" is not a number with its country, such as "
					+ "+2250700112233")
	public static boolean whatsappSendOtp(FlinContext context, String phone, @Nullable String code,
			@Nullable Duration lifetime) {
		String number = phone.replaceAll("[\\s().-]", "");
		if (!NUMBER.matcher(number).matches()) {
			throw new FlinError(Printer.quoted(phone) + " is not a number with its country, such as +2250700112233");
		}
		if (code != null && !CODE.matcher(code).matches()) {
			throw new FlinError("a code of WhatsApp has 1 to 15 letters and digits");
		}
		String sent = (code != null) ? code : otpGenerate(context, phone, CODE_DIGITS, lifetime);
		FlinFunction fake = Fakes.of(context, "whatsapp_send_otp");
		if (fake != null) {
			return !Boolean.FALSE.equals(Fakes.call(fake, phone, sent));
		}
		CodeMessages messages = context.require(CodeMessages.class, "'whatsapp_send_otp'");
		try {
			return Outside.waitFor(context, CodeMessages.Failed.class, () -> messages.send(number.substring(1), sent));
		}
		catch (CodeMessages.Failed ex) {
			throw new FlinError(FlinError.ERROR, "the code cannot be sent: " + ex.getMessage(), ex);
		}
	}

	/** A keyed digest: six digits would be guessed from any other. */
	private static String digest(FlinContext context, String key, String code) {
		byte[] secret = context.require(ApplicationSecret.class, "a code").derive("code");
		return CryptoFunctions.hmac(key + "\n" + code, HexFormat.of().formatHex(secret), "sha256");
	}

	/** A code as people type it: with blanks, and as a number without its first zeros. */
	private static String digits(@Nullable Object code, int length) {
		String text = String.valueOf(code).replaceAll("[\\s-]", "");
		return (code instanceof Long && text.length() < length) ? "0".repeat(length - text.length()) + text : text;
	}

	private static String letters(FlinContext context, String alphabet, int count) {
		StringBuilder text = new StringBuilder();
		int fair = 256 - 256 % alphabet.length();
		while (text.length() < count) {
			for (byte b : CryptoFunctions.randomBytes(context, count)) {
				int value = b & 0xFF;
				if (value < fair && text.length() < count) {
					text.append(alphabet.charAt(value % alphabet.length()));
				}
			}
		}
		return text.toString();
	}

	private static String base32(byte[] bytes) {
		StringBuilder text = new StringBuilder();
		int buffer = 0;
		int bits = 0;
		for (byte b : bytes) {
			buffer = ((buffer << 8) | (b & 0xFF)) & 0xFFFF;
			bits += 8;
			while (bits >= 5) {
				bits -= 5;
				text.append(BASE32.charAt((buffer >> bits) & 31));
			}
		}
		if (bits > 0) {
			text.append(BASE32.charAt((buffer << (5 - bits)) & 31));
		}
		return text.toString();
	}

	/** The bytes of a secret in Base32; at least 10, because fewer can be guessed. */
	private static byte[] decode(String secret) {
		String text = secret.replaceAll("[\\s=-]", "").toUpperCase(Locale.ROOT);
		byte[] bytes = new byte[text.length() * 5 / 8];
		int buffer = 0;
		int bits = 0;
		int at = 0;
		for (int i = 0; i < text.length(); i++) {
			int value = BASE32.indexOf(text.charAt(i));
			if (value < 0) {
				throw new FlinError("a secret of an authenticator app is Base32, such as generate_totp_secret() makes");
			}
			buffer = ((buffer << 5) | value) & 0xFFFF;
			bits += 5;
			if (bits >= 8) {
				bits -= 8;
				bytes[at++] = (byte) (buffer >> bits);
			}
		}
		if (bytes.length < 10) {
			throw new FlinError("a secret of an authenticator app has at least 16 characters");
		}
		return bytes;
	}

	private static OneTimeUses uses(FlinContext context) {
		return context.require(OneTimeUses.class, "a code");
	}

}
