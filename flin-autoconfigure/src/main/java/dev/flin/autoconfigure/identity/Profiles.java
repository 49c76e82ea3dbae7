package dev.flin.autoconfigure.identity;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.port.SignInProviders.Refused;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/** What each provider calls what everybody has: one shape out of eight. */
final class Profiles {

	private Profiles() {
	}

	static Map<String, @Nullable Object> of(String provider, FlinMap info, FlinMap firstTime) throws Refused {
		Object id = info.get(switch (provider) {
			case "google", "apple", "microsoft", "linkedin" -> "sub";
			default -> "id";
		});
		if (id == null || String.valueOf(id).isEmpty()) {
			throw new Refused(provider + " did not say who it is", null);
		}
		Map<String, @Nullable Object> profile = new LinkedHashMap<>();
		profile.put("provider", provider);
		profile.put("id", String.valueOf(id));
		profile.put("name", name(provider, info, firstTime));
		FlinMap mail = mail(provider, info);
		profile.put("email", mail.get("email"));
		profile.put("email_verified", mail.get("email") != null && isTrue(mail.get("verified")));
		profile.put("picture", picture(provider, info));
		return profile;
	}

	private static @Nullable Object name(String provider, FlinMap info, FlinMap firstTime) {
		return switch (provider) {
			case "github" -> (info.get("name") != null) ? info.get("name") : info.get("login");
			case "discord" -> (info.get("global_name") != null) ? info.get("global_name") : info.get("username");
			case "apple" -> appleName(firstTime);
			default -> info.get("name");
		};
	}

	/** Apple tells names once, in the form that the browser brings, and never in the token. */
	private static @Nullable String appleName(FlinMap firstTime) {
		if (!(firstTime.get("name") instanceof FlinMap name)) {
			return null;
		}
		String first = (name.get("firstName") instanceof String text) ? text : "";
		String last = (name.get("lastName") instanceof String text) ? text : "";
		String whole = (first + " " + last).strip();
		return whole.isEmpty() ? null : whole;
	}

	private static FlinMap mail(String provider, FlinMap info) {
		FlinMap mail = new FlinMap();
		switch (provider) {
			case "github" -> {
				if (info.get("emails") instanceof FlinList all) {
					all.forEach((each) -> {
						if (each instanceof FlinMap one && isTrue(one.get("primary")) && isTrue(one.get("verified"))) {
							mail.putAll(one);
						}
					});
				}
			}
			case "discord" -> {
				mail.put("email", info.get("email"));
				mail.put("verified", info.get("verified"));
			}
			// A tenant may write any address into the accounts of its users.
			case "microsoft" -> {
				mail.put("email", info.get("email"));
				mail.put("verified", info.get("xms_edov"));
			}
			case "facebook" -> mail.put("email", info.get("email"));
			default -> {
				mail.put("email", info.get("email"));
				mail.put("verified", info.get("email_verified"));
			}
		}
		return mail;
	}

	private static @Nullable Object picture(String provider, FlinMap info) {
		return switch (provider) {
			case "github" -> info.get("avatar_url");
			case "discord" -> (info.get("avatar") == null) ? null
					: "https://cdn.discordapp.com/avatars/" + info.get("id") + "/" + info.get("avatar") + ".png";
			case "facebook" -> (info.get("picture") instanceof FlinMap outer
					&& outer.get("data") instanceof FlinMap data)
					? data.get("url") : null;
			case "twitter" -> info.get("profile_image_url");
			default -> info.get("picture");
		};
	}

	/** Apple writes truth as a text at times, Microsoft as a number or the text of one. */
	private static boolean isTrue(@Nullable Object value) {
		return Boolean.TRUE.equals(value) || "true".equals(value) || Long.valueOf(1).equals(value)
				|| "1".equals(value);
	}

}
