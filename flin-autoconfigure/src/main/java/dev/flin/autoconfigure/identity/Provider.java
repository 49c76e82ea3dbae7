package dev.flin.autoconfigure.identity;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is particular about each service that people sign in by.
 *
 * @param authorize where the browser goes
 * @param token where a code becomes a token
 * @param userInfo where the profile is; null when all of it is in the id token
 * @param keySet where the keys of id tokens are; null when there are none
 * @param issuer who signs id tokens; {@code {tid}} stands for the tenant that the token names
 * @param scope what is asked for, in the provider's own way to separate it
 * @param pkce whether it knows PKCE
 * @param login how the application says who it is
 * @param parameters what else the browser takes along
 */
record Provider(String authorize, String token, @Nullable String userInfo, @Nullable String keySet,
		@Nullable String issuer, String scope, boolean pkce, Login login, Map<String, String> parameters) {

	/** How the application says who it is. */
	enum Login {

		/** In the form, as most take it. */
		FORM,

		/** In the header; X refuses the form. */
		BASIC,

		/** With a token that its key signs, as Apple demands. */
		SIGNED

	}

	/** Stands for the tenant that a token names. */
	static final String TENANT_OF_TOKEN = "{tid}";

	/** Stands for the tenant that the application is registered for. */
	static final String TENANT = "{tenant}";

	static final Map<String, Provider> ALL = Map.of("google",
			new Provider("https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token", null,
					"https://www.googleapis.com/oauth2/v3/certs", "https://accounts.google.com",
					"openid email profile", true, Login.FORM, Map.of()),
			"github",
			new Provider("https://github.com/login/oauth/authorize", "https://github.com/login/oauth/access_token",
					"https://api.github.com/user", null, null, "read:user user:email", true, Login.FORM, Map.of()),
			"discord",
			new Provider("https://discord.com/oauth2/authorize", "https://discord.com/api/oauth2/token",
					"https://discord.com/api/users/@me", null, null, "identify email", true, Login.FORM, Map.of()),
			"apple",
			new Provider("https://appleid.apple.com/auth/authorize", "https://appleid.apple.com/auth/token", null,
					"https://appleid.apple.com/auth/keys", "https://appleid.apple.com", "name email", false,
					Login.SIGNED, Map.of("response_mode", "form_post")),
			"linkedin",
			new Provider("https://www.linkedin.com/oauth/v2/authorization",
					"https://www.linkedin.com/oauth/v2/accessToken", "https://api.linkedin.com/v2/userinfo", null, null,
					"openid profile email", false, Login.FORM, Map.of()),
			"facebook",
			new Provider("https://www.facebook.com/v23.0/dialog/oauth",
					"https://graph.facebook.com/v23.0/oauth/access_token",
					"https://graph.facebook.com/v23.0/me?fields=id,name,email,picture", null, null,
					"email,public_profile", false, Login.FORM, Map.of()),
			"microsoft",
			new Provider("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
					"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token", null,
					"https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys",
					"https://login.microsoftonline.com/{tid}/v2.0", "openid email profile", true, Login.FORM, Map.of()),
			"twitter",
			new Provider("https://x.com/i/oauth2/authorize", "https://api.x.com/2/oauth2/token",
					"https://api.x.com/2/users/me?user.fields=profile_image_url", null, null,
					"users.read tweet.read", true, Login.BASIC, Map.of()));

}
