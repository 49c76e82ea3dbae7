package dev.flin.autoconfigure.security;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.util.ClassUtils;

import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The default {@link FlinUserConverter}.
 */
final class AuthenticatedUser implements FlinUserConverter {

	private static final boolean OAUTH2 = ClassUtils.isPresent(
			"org.springframework.security.oauth2.core.ClaimAccessor", AuthenticatedUser.class.getClassLoader());

	@Override
	public FlinMap convert(Authentication authentication) {
		FlinList roles = new FlinList();
		authentication.getAuthorities().forEach((authority) -> {
			if (authority.getAuthority() != null) {
				roles.add(authority.getAuthority());
			}
		});
		FlinMap user = FlinMap.of("id", authentication.getName(), "name", authentication.getName(), "roles", roles);
		Map<String, Object> claims = OAUTH2 ? Claims.of(authentication.getPrincipal()) : Map.of();
		if (!claims.isEmpty()) {
			FlinMap all = map(claims);
			for (String known : new String[] { "name", "email" }) {
				if (all.get(known) instanceof String text) {
					user.put(known, text);
				}
			}
			user.put("claims", all);
		}
		return user;
	}

	private static FlinMap map(Map<?, ?> values) {
		FlinMap map = new FlinMap();
		values.forEach((key, value) -> map.put(String.valueOf(key), value(value)));
		return map;
	}

	private static @Nullable Object value(@Nullable Object value) {
		return switch (value) {
			case null -> null;
			case String text -> text;
			case Boolean bool -> bool;
			case Instant time -> time;
			case Double number -> number;
			case Float number -> number.doubleValue();
			case BigDecimal decimal -> decimal;
			case BigInteger number -> new BigDecimal(number);
			case Number number -> number.longValue();
			case Map<?, ?> map -> map(map);
			case Collection<?> list -> {
				FlinList copy = new FlinList();
				list.forEach((element) -> copy.add(value(element)));
				yield copy;
			}
			default -> value.toString();
		};
	}

	/** Apart, because the classes of OAuth 2 need not be there. */
	private static final class Claims {

		private static Map<String, Object> of(@Nullable Object principal) {
			return switch (principal) {
				case ClaimAccessor token -> token.getClaims();
				case OAuth2AuthenticatedPrincipal user -> user.getAttributes();
				case null, default -> Map.of();
			};
		}

	}

}
