package dev.flin.http.route;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.http.Digests;
import dev.flin.http.HttpFields;
import dev.flin.http.RateLimits;
import dev.flin.http.Reply;
import dev.flin.http.policy.IpRanges;
import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Decides whether the guards of a route let a request pass.
 */
final class Guards {

	/** The fields of a record that may name its owner, in the order in which they are looked at. */
	private static final List<String> OWNER_FIELDS = List.of("owner", "user", "author");

	/**
	 * Whoever is this passes every {@code owner}; authorities are written in capitals, values of enums begin with one.
	 */
	private static final String ADMIN = "admin";

	/** What a limit is for when only the number of requests is said. */
	private static final long SECONDS = 60;

	private static final int KEY_CHARS_MAX = 128;

	private static final String ROLE_PREFIX = "ROLE_";

	private final RateLimits limits;

	private final DispatcherPorts.ApiKeys apiKeys;

	private final Csrf csrf;

	private final InstantSource clock;

	private final Links links;

	Guards(RateLimits limits, DispatcherPorts.ApiKeys apiKeys, Csrf csrf, InstantSource clock, Links links) {
		this.links = links;
		this.limits = limits;
		this.apiKeys = apiKeys;
		this.csrf = csrf;
		this.clock = clock;
	}

	/** The answer of the first guard that refuses, or null when all let the request pass. */
	@Nullable Reply check(RouteSpec route, FlinContext context, Exchange exchange) {
		if (!route.guards().isEmpty()) {
			exchange.guarded();
		}
		for (GuardSpec guard : route.guards()) {
			Reply refusal = check(guard, context, exchange);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	private @Nullable Reply check(GuardSpec guard, FlinContext context, Exchange exchange) {
		return switch (guard) {
			case GuardSpec.Any any -> any(any, context, exchange);
			case GuardSpec.Not not -> (check(not.rule(), context, exchange) != null) ? null : forbidden();
			case GuardSpec.Own own -> own(own, context, exchange);
			case GuardSpec.Rule rule -> rule(rule, context, exchange);
		};
	}

	private @Nullable Reply any(GuardSpec.Any any, FlinContext context, Exchange exchange) {
		Reply last = forbidden();
		for (GuardSpec rule : any.rules()) {
			Reply refusal = check(rule, context, exchange);
			if (refusal == null) {
				return null;
			}
			last = refusal;
		}
		return last;
	}

	private static @Nullable Reply own(GuardSpec.Own own, FlinContext context, Exchange exchange) {
		Object result = own.code().handle(context, exchange);
		if (result instanceof Reply reply) {
			return reply;
		}
		return Boolean.FALSE.equals(result) ? forbidden() : null;
	}

	private @Nullable Reply rule(GuardSpec.Rule rule, FlinContext context, Exchange exchange) {
		@Nullable Object[] arguments = rule.arguments().evaluate(context, exchange);
		return switch (rule.name()) {
			case "auth" -> (exchange.user() != null) ? null : unauthorized();
			case "role" -> (exchange.user() == null) ? unauthorized()
					: hasRole(exchange.user(), List.of(texts(arguments))) ? null : forbidden();
			case "owner" -> owner(exchange, (arguments.length > 0) ? arguments[0] : null);
			case "csrf" -> this.csrf.passes(exchange, true) ? null : Reply.error(403, Csrf.REFUSED);
			case "api_key" -> apiKey(context, exchange);
			case "ip_whitelist" ->
				IpRanges.contains(List.of(texts(arguments)), exchange.raw().remoteAddress()) ? null : forbidden();
			case "signed" -> this.links.isGood(exchange.raw(), this.clock.instant()) ? null : forbidden();
			case "method" -> List.of(texts(arguments)).contains(exchange.raw().method()) ? null
					: Reply.error(405, "Method not allowed")
						.withHeaders(HttpFields.of("Allow", String.join(", ", texts(arguments))));
			case "time" -> OpeningHours.isOpen(arguments, this.clock.instant(), context.zone()) ? null : forbidden();
			case "rate_limit" -> rateLimit(rule, arguments, exchange);
			default -> throw new FlinBugException("unknown guard " + rule.name());
		};
	}

	private @Nullable Reply apiKey(FlinContext context, Exchange exchange) {
		String key = exchange.header("X-API-Key");
		EntityInstance known = (key != null) ? this.apiKeys.find(context, key) : null;
		if (known == null) {
			return Reply.error(401, "An API key is needed")
				.withHeaders(HttpFields.of(Responses.WWW_AUTHENTICATE, "ApiKey header=\"X-API-Key\""));
		}
		exchange.apiKey(known);
		return null;
	}

	private static @Nullable Reply owner(Exchange exchange, @Nullable Object of) {
		Object user = exchange.user();
		if (user == null) {
			return unauthorized();
		}
		if (rolesOf(user).stream().anyMatch((role) -> bare(role).toLowerCase(Locale.ROOT).equals(ADMIN))) {
			return null;
		}
		return (of != null && isOwner(user, of)) ? null : forbidden();
	}

	private static boolean isOwner(Object user, Object of) {
		Object userId = (user instanceof EntityInstance entity) ? (Object) entity.id()
				: (user instanceof FlinMap map) ? map.get("id") : user;
		if (of instanceof EntityInstance owned) {
			if (owned.equals(user)) {
				return true;
			}
			for (String field : OWNER_FIELDS) {
				int slot = owned.shape().slotOf(field);
				if (slot >= 0) {
					Object owner = owned.get(slot);
					return owner != null && (owner.equals(user) || sameId(userId, owner));
				}
			}
			return false;
		}
		return sameId(userId, of);
	}

	/** Ids of paths are texts: {@code owner(params.id)}. */
	private static boolean sameId(@Nullable Object id, Object other) {
		return id != null && id.toString().equals(other.toString());
	}

	private static boolean hasRole(@Nullable Object user, List<String> wanted) {
		return rolesOf(user).stream()
			.anyMatch((role) -> wanted.stream().anyMatch((name) -> bare(name).equals(bare(role))));
	}

	private static List<String> rolesOf(@Nullable Object user) {
		return Stream.of("role", "roles")
			.map((name) -> member(user, name))
			.flatMap((value) -> (value instanceof FlinList list) ? list.stream() : Stream.ofNullable(value))
			.filter(Objects::nonNull)
			.map(Guards::text)
			.toList();
	}

	private static @Nullable Object member(@Nullable Object user, String name) {
		if (user instanceof EntityInstance entity) {
			int slot = entity.shape().slotOf(name);
			return (slot >= 0) ? entity.get(slot) : null;
		}
		return (user instanceof FlinMap map) ? map.get(name) : null;
	}

	private static String bare(String role) {
		return role.startsWith(ROLE_PREFIX) ? role.substring(ROLE_PREFIX.length()) : role;
	}

	private static String text(@Nullable Object value) {
		return (value instanceof EnumValue constant) ? constant.variant() : String.valueOf(value);
	}

	private static String[] texts(@Nullable Object[] arguments) {
		if (arguments.length == 1 && arguments[0] instanceof FlinList list) {
			return list.stream().map(Guards::text).toArray(String[]::new);
		}
		String[] texts = new String[arguments.length];
		for (int i = 0; i < texts.length; i++) {
			texts[i] = text(arguments[i]);
		}
		return texts;
	}

	/** {@code rate_limit(n, seconds, by)}: a key of its own for each guard line. */
	private @Nullable Reply rateLimit(GuardSpec.Rule rule, @Nullable Object[] arguments, Exchange exchange) {
		long count = whole(arguments, 0, 1);
		long seconds = whole(arguments, 1, SECONDS);
		String key = rateKey((arguments.length > 2) ? arguments[2] : "ip", exchange);
		Instant now = this.clock.instant();
		RateLimits.Outcome outcome = this.limits.take(rule.line() + " " + shortened(key), count, seconds, now);
		exchange.addHeader("X-RateLimit-Limit", Long.toString(count));
		exchange.addHeader("X-RateLimit-Remaining", Long.toString(outcome.remaining()));
		exchange.addHeader("X-RateLimit-Reset", Long.toString(outcome.resetAt().getEpochSecond()));
		if (outcome.allowed()) {
			return null;
		}
		return Reply.error(429, "Too many requests")
			.withHeaders(HttpFields.of("Retry-After", Long.toString(Math.max(1, outcome.retryAfterSeconds()))));
	}

	/** A whole number, or the seconds of a duration. */
	private static long whole(@Nullable Object[] arguments, int place, long other) {
		return switch ((arguments.length > place) ? arguments[place] : null) {
			case null -> other;
			case Number number -> number.longValue();
			case Duration duration -> Math.max(1, duration.toSeconds());
			default -> throw new FlinError("guard rate_limit takes numbers, not " + arguments[place]);
		};
	}

	/** What visitors send may be long, and the table is bounded by the number of its keys. */
	private static String shortened(String key) {
		return (key.length() <= KEY_CHARS_MAX) ? key
				: HexFormat.of().formatHex(Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
	}

	private static String rateKey(@Nullable Object by, Exchange exchange) {
		if ("ip".equals(by)) {
			return IpRanges.client(exchange.raw().remoteAddress());
		}
		if ("user".equals(by)) {
			Object user = exchange.user();
			return switch (user) {
				case null -> IpRanges.client(exchange.raw().remoteAddress());
				case EntityInstance entity -> entity.shape().name() + "#" + entity.id();
				case FlinMap map when map.get("id") != null -> "#" + map.get("id");
				default -> user.toString();
			};
		}
		return String.valueOf((by instanceof FlinFunction function) ? function.call0() : by);
	}

	private static Reply unauthorized() {
		return Reply.error(401, "Authentication required");
	}

	private static Reply forbidden() {
		return Reply.error(403, "Forbidden");
	}

}
