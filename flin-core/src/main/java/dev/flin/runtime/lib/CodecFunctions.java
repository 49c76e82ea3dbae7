package dev.flin.runtime.lib;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Text in Base64, hexadecimal digits and addresses. Text is encoded as UTF-8.
 */
public final class CodecFunctions {

	private CodecFunctions() {
	}

	@Builtin(value = "base64_encode(s: text) -> text", aliases = "btoa", doc = "Base64 with padding.",
			example = "base64_encode(\"Hello, FLIN\") // \"SGVsbG8sIEZMSU4=\"")
	public static String base64Encode(FlinContext context, String s) {
		return context.checked(Base64.getEncoder().encodeToString(s.getBytes(StandardCharsets.UTF_8)));
	}

	@Builtin(value = "base64_decode(s: text) -> text", aliases = "atob", doc = "The text in Base64.",
			example = "base64_decode(\"SGVsbG8sIEZMSU4=\") // \"Hello, FLIN\"",
			errors = "\"!!\".base64_decode // \"!!\" is not Base64")
	public static String base64Decode(String s) {
		try {
			return text(Base64.getMimeDecoder().decode(valid(s, "[A-Za-z0-9+/=\\s]*", "Base64")), "Base64");
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(Printer.quoted(s) + " is not Base64");
		}
	}

	@Builtin(value = "base64url_encode(s: text) -> text", doc = "Base64 for addresses, without padding.",
			example = "base64url_encode(\"ab?\") // \"YWI_\"")
	public static String base64UrlEncode(FlinContext context, String s) {
		return context.checked(Base64.getUrlEncoder().withoutPadding()
				.encodeToString(s.getBytes(StandardCharsets.UTF_8)));
	}

	@Builtin(value = "base64url_decode(s: text) -> text", doc = "The text in Base64 for addresses.",
			example = "base64url_decode(\"YWI_\") // \"ab?\"",
			errors = "\"!!\".base64url_decode // \"!!\" is not Base64 for addresses")
	public static String base64UrlDecode(String s) {
		try {
			return text(Base64.getUrlDecoder().decode(s), "Base64");
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(Printer.quoted(s) + " is not Base64 for addresses");
		}
	}

	@Builtin(value = "hex_encode(s: text) -> text", doc = "The bytes in hexadecimal digits.",
			example = "hex_encode(\"Hi\") // \"4869\"")
	public static String hexEncode(FlinContext context, String s) {
		return context.checked(HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_8)));
	}

	@Builtin(value = "hex_decode(s: text) -> text", doc = "The text in hexadecimal digits.",
			example = "hex_decode(\"4869\") // \"Hi\"",
			errors = "\"xyz\".hex_decode // \"xyz\" is not hexadecimal")
	public static String hexDecode(String s) {
		try {
			return text(HexFormat.of().parseHex(s), "hexadecimal");
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(Printer.quoted(s) + " is not hexadecimal");
		}
	}

	@Builtin(value = "url_encode(s: text) -> text", aliases = { "encodeURIComponent", "escape_url" },
			doc = "Fit for a part of an address.", example = "url_encode(\"a&b=c\") // \"a%26b%3Dc\"")
	public static String urlEncode(String s) {
		return URLEncoder.encode(s, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("%21", "!")
			.replace("%27", "'")
			.replace("%28", "(")
			.replace("%29", ")")
			.replace("%7E", "~");
	}

	@Builtin(value = "url_decode(s: text) -> text", aliases = { "decodeURIComponent", "decodeURI" }, doc =
			"From a part of an address.",
			example = "url_decode(\"a%26b%3Dc\") // \"a&b=c\"",
			errors = "\"%zz\".url_decode // \"%zz\" is not part of an address")
	public static String urlDecode(String s) {
		try {
			return URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(Printer.quoted(s) + " is not part of an address");
		}
	}

	@Builtin(value = "encodeURI(s: text) -> text", doc = "An address with what it must not contain encoded.",
			example = "encodeURI(\"/a b?c=d\") // \"/a%20b?c=d\"")
	public static String encodeUri(String s) {
		StringBuilder out = new StringBuilder();
		s.codePoints().forEach(c -> {
			boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ";,/?:@&=+$-_.!~*'()#%".indexOf(c) >= 0);
			out.append(plain ? Character.toString(c) : urlEncode(Character.toString(c)));
		});
		return out.toString();
	}

	static String text(byte[] bytes, String what) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new FlinError("the " + what + " is not that of a text");
		}
	}

	private static String valid(String s, String pattern, String what) {
		if (!s.matches(pattern)) {
			throw new FlinError(Printer.quoted(s) + " is not " + what);
		}
		return s;
	}

}
