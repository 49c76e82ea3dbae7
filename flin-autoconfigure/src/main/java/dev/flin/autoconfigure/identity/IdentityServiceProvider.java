package dev.flin.autoconfigure.identity;

import java.util.Map;

import org.springframework.util.ClassUtils;

import dev.flin.FlinEngine;
import dev.flin.ServiceProvider;
import dev.flin.port.CodeMessages;
import dev.flin.port.ForeignTokens;
import dev.flin.port.HttpCalls;
import dev.flin.port.OneTimeCodes;
import dev.flin.port.PasswordHasher;
import dev.flin.port.QrCodes;
import dev.flin.port.SignInProviders;
import dev.flin.port.TokenSigner;

/**
 * The services of this package for engines outside of an application, such as those of tests: without configuration.
 */
public final class IdentityServiceProvider implements ServiceProvider {

	@Override
	public void provide(FlinEngine.Builder engine) {
		if (isPresent("org.springframework.security.crypto.argon2.Argon2PasswordEncoder")
				&& isPresent("org.bouncycastle.crypto.generators.Argon2BytesGenerator")) {
			engine.service(PasswordHasher.class, Passwords.make());
		}
		if (isPresent("com.nimbusds.jose.JWSObject")) {
			engine.service(TokenSigner.class, Tokens.make());
			engine.service(ForeignTokens.class, Tokens.foreign());
			engine.service(SignInProviders.class, Tokens.signIn());
		}
		if (isPresent("com.eatthepath.otp.TimeBasedOneTimePasswordGenerator")) {
			engine.service(OneTimeCodes.class, Codes.make());
		}
		if (isPresent("reactor.netty.http.client.HttpClient")) {
			engine.service(CodeMessages.class, Messages.make());
		}
		if (isPresent("com.google.zxing.qrcode.QRCodeWriter")) {
			engine.service(QrCodes.class, Pictures.make());
		}
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, IdentityServiceProvider.class.getClassLoader());
	}

	/** Apart, because the classes need not be there; so are the others. */
	private static final class Passwords {

		static PasswordHasher make() {
			return new SpringPasswordHasher();
		}

	}

	private static final class Tokens {

		static TokenSigner make() {
			return new NimbusTokenSigner(Map.of(), null, null, FlinTokenProperties.LIFETIME_DEFAULT);
		}

		static SignInProviders signIn() {
			return new OAuthProviders(Map.of());
		}

		static ForeignTokens foreign() {
			return new NimbusForeignTokens(Map.of());
		}

	}

	private static final class Codes {

		static OneTimeCodes make() {
			return new AuthenticatorCodes();
		}

	}

	/** Without a configuration nothing is sent, so nothing is connected to. */
	private static final class Messages {

		static CodeMessages make() {
			return new WhatsAppMessages((call) -> {
				throw new HttpCalls.Failed(HttpCalls.Reason.UNREACHABLE, null);
			}, new FlinWhatsAppProperties());
		}

	}

	private static final class Pictures {

		static QrCodes make() {
			return new ZxingQrCodes();
		}

	}

}
