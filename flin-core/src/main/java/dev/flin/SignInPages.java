package dev.flin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.port.SignInProviders;
import dev.flin.value.FlinBugException;

/**
 * The ready pages {@code /auth/P} of providers that the application is registered with. They are files of FLIN like
 * those of the application, which come first.
 */
final class SignInPages {

	private static final String FOLDER = "app/auth/";

	/** The function of a program that says who somebody is here. */
	private static final Pattern HOOK = Pattern.compile("\\bfn\\s+sign_in_with\\s*\\(");

	private static final String OWN_USER = "sign_in_with(who)";

	/** Whoever signs in is known by what the provider says; ids of two providers never meet. */
	private static final String FOREIGN_USER = "{ id: who.provider ++ \":\" ++ who.id, name: who.name, "
			+ "email: who.email, email_verified: who.email_verified, picture: who.picture, provider: who.provider }";

	/** Comes back with a form instead of a link. */
	private static final String APPLE = "apple";

	private SignInPages() {
	}

	/** The sources of an application with the pages that it does not have itself. */
	static Map<String, String> with(@Nullable SignInProviders providers, Map<String, String> sources) {
		List<String> names = (providers != null) ? providers.configured() : List.of();
		if (names.isEmpty()) {
			return sources;
		}
		boolean hook = sources.values().stream().anyMatch((text) -> HOOK.matcher(text).find());
		Map<String, String> all = new LinkedHashMap<>(sources);
		for (String name : names) {
			if (!answers(sources, name)) {
				all.put(FOLDER + name + "/index.flin", page("begin", name, hook));
				all.put(FOLDER + name + "/callback.flin",
						page("callback", name, hook) + (name.equals(APPLE) ? "\n" + page("post", name, hook) : ""));
			}
		}
		return all;
	}

	/** Whether the application has files of its own for a provider, or for any. */
	private static boolean answers(Map<String, String> sources, String provider) {
		Pattern route = Pattern.compile("\\broute\\s+[A-Z]+\\s+\"?/auth/(\\[|\\{|" + provider + "\\b)");
		return sources.entrySet()
			.stream()
			.anyMatch((file) -> file.getKey().startsWith(FOLDER + provider + "/")
					|| file.getKey().equals(FOLDER + provider + ".flin") || file.getKey().startsWith(FOLDER + "[")
					|| route.matcher(file.getValue()).find());
	}

	private static String page(String kind, String provider, boolean hook) {
		String name = "sign-in/" + kind + ".txt";
		try (InputStream source = SignInPages.class.getResourceAsStream(name)) {
			if (source == null) {
				throw new FlinBugException(name + " is missing");
			}
			return new String(source.readAllBytes(), StandardCharsets.UTF_8).replace("PROVIDER", provider)
				.replace("USER_FIELD", provider.equals(APPLE) ? ", query.user" : "")
				.replace("USER", hook ? OWN_USER : FOREIGN_USER);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
