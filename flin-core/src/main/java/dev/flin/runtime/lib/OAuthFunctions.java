package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.port.SignInProviders;
import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;

/**
 * Sign-ins by other services for programs that write the pages around them themselves.
 */
public final class OAuthFunctions {

	private OAuthFunctions() {
	}

	@Builtin(value = "auth_google_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by Google: `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_google_callback`. The base is the address of this application; the browser comes back to "
					+ "`/auth/google/callback`.",
			errors = "auth_google_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authGoogleLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "google", base);
	}

	@Builtin(value = "auth_google_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from Google: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, as "
					+ "far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_google_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authGoogleCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "google", code, state, saved, null);
	}

	@Builtin(value = "auth_github_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by GitHub: `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_github_callback`. The base is the address of this application; the browser comes back to "
					+ "`/auth/github/callback`.",
			errors = "auth_github_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authGithubLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "github", base);
	}

	@Builtin(value = "auth_github_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from GitHub: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, as "
					+ "far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_github_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authGithubCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "github", code, state, saved, null);
	}

	@Builtin(value = "auth_discord_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by Discord: `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_discord_callback`. The base is the address of this application; the browser comes back to "
					+ "`/auth/discord/callback`.",
			errors = "auth_discord_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authDiscordLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "discord", base);
	}

	@Builtin(value = "auth_discord_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from Discord: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, as "
					+ "far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_discord_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authDiscordCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "discord", code, state, saved, null);
	}

	@Builtin(value = "auth_apple_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by Apple: `url` is where the browser goes next, `saved` what the session keeps for "
					+ "`auth_apple_callback`. The base is the address of this application; the browser comes back to "
					+ "`/auth/apple/callback`.",
			errors = "auth_apple_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authAppleLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "apple", base);
	}

	@Builtin(value = "auth_apple_callback(code: any, state: any, saved: any, user: text? = none) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from Apple: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, as far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_apple_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authAppleCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved, @Nullable String user) {
		return OAuthFlow.finish(context, "apple", code, state, saved, user);
	}

	@Builtin(value = "auth_linkedin_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by LinkedIn: `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_linkedin_callback`. The base is the address of this application; the browser comes "
							+ "back to "
					+ "`/auth/linkedin/callback`.",
			errors = "auth_linkedin_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authLinkedinLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "linkedin", base);
	}

	@Builtin(value = "auth_linkedin_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from LinkedIn: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, as "
					+ "far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_linkedin_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authLinkedinCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "linkedin", code, state, saved, null);
	}

	@Builtin(value = "auth_facebook_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by Facebook: `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_facebook_callback`. The base is the address of this application; the browser comes "
							+ "back to "
					+ "`/auth/facebook/callback`.",
			errors = "auth_facebook_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authFacebookLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "facebook", base);
	}

	@Builtin(value = "auth_facebook_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from Facebook: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, as "
					+ "far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_facebook_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authFacebookCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "facebook", code, state, saved, null);
	}

	@Builtin(value = "auth_microsoft_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by Microsoft: `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_microsoft_callback`. The base is the address of this application; the browser comes "
							+ "back to "
					+ "`/auth/microsoft/callback`.",
			errors = "auth_microsoft_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authMicrosoftLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "microsoft", base);
	}

	@Builtin(value = "auth_microsoft_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from Microsoft: `provider`, `id`, `name`, `email`, `email_verified`, `picture`, "
					+ "as far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_microsoft_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authMicrosoftCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "microsoft", code, state, saved, null);
	}

	@Builtin(value = "auth_twitter_login(base: text) -> map", serverOnly = true, service = SignInProviders.class,
			doc = "Begins a sign-in by X (Twitter): `url` is where the browser goes next, `saved` what the session "
					+ "keeps for "
					+ "`auth_twitter_callback`. The base is the address of this application; the browser comes back to "
					+ "`/auth/twitter/callback`.",
			errors = "auth_twitter_login(\"shop\") // "
					+ "a sign-in needs the address of this application, such as https://shop.example")
	public static Object authTwitterLogin(FlinContext context, String base) {
		return OAuthFlow.start(context, "twitter", base);
	}

	@Builtin(value = "auth_twitter_callback(code: any, state: any, saved: any) -> any",
			serverOnly = true, service = SignInProviders.class,
			doc = "Who came back from X (Twitter): `provider`, `id`, `name`, `email`, `email_verified`, `picture`, "
					+ "as far as "
					+ "they are known; none when it is not who went, or came back twice or after 10 minutes.",
			example = "auth_twitter_callback(\"code\", \"state\", none) // none")
	public static @Nullable Object authTwitterCallback(FlinContext context, @Nullable Object code,
			@Nullable Object state, @Nullable Object saved) {
		return OAuthFlow.finish(context, "twitter", code, state, saved, null);
	}

}
