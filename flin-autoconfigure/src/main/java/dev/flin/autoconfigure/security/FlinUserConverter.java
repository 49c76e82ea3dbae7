package dev.flin.autoconfigure.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Makes the user that FLIN code sees as {@code request.user} out of what Spring Security has authenticated. A bean of
 * this type replaces the default, which gives a map with {@code id}, {@code name}, {@code roles} and, for tokens and
 * OpenID Connect, {@code email} and {@code claims}. A record of an entity makes {@code owner} compare with that record.
 */
@FunctionalInterface
public interface FlinUserConverter {

	/**
	 * The user, or null when FLIN shall treat the request as nobody's. Called on the thread of the request, which may
	 * wait.
	 */
	@Nullable Object convert(Authentication authentication);

}
