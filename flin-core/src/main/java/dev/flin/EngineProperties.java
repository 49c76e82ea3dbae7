package dev.flin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.http.body.RequestLimits;
import dev.flin.http.live.SocketSettings;
import dev.flin.http.live.StreamPlaces;
import dev.flin.http.policy.Cors;
import dev.flin.http.policy.Hosts;
import dev.flin.http.policy.SecurityHeaders;
import dev.flin.http.policy.TrustedProxies;
import dev.flin.http.route.OpenApi;
import dev.flin.http.route.WebSettings;
import dev.flin.runtime.Limits;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreKeys;

/**
 * The {@code flin.*} properties that the engine itself reads, with their units.
 */
final class EngineProperties {

	private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)?");

	private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

	private static final Duration SESSION_IDLE_DEFAULT = Duration.ofDays(30);

	private static final String FIELD_KEYS = "flin.store.encryption.keys.";

	private static final String FIELD_KEYS_IN_ENVIRONMENT = "FLIN_STORE_ENCRYPTION_KEYS_";

	private static final Duration RETENTION_INTERVAL_DEFAULT = Duration.ofHours(1);

	/** Bytes in a second. */
	private static final Duration ERASE_INTERVAL_DEFAULT = Duration.ofMinutes(1);

	private static final long SCRUB_RATE_DEFAULT = 1 << 20;

	private static final Duration SCRUB_PAUSE_DEFAULT = Duration.ofDays(1);

	private static final Duration CORS_AGE_DEFAULT = Duration.ofMinutes(30);

	/** Bytes. */
	private static final long MESSAGE_MAX = 1L << 30;

	private static final Duration HTTP_TIMEOUT_DEFAULT = Duration.ofSeconds(10);

	/** Bytes. */
	private static final long HTTP_BODY_DEFAULT = 10 << 20;

	private final Map<String, String> values;

	EngineProperties(Map<String, String> values) {
		this.values = Map.copyOf(values);
	}

	@Nullable String text(String key) {
		return this.values.get(key);
	}

	/** Whether diagnostics and other inner things may be shown to visitors. */
	boolean isDevelopment() {
		return !"false".equalsIgnoreCase(this.values.get("flin.development"));
	}

	/** The language of visitors of whom nothing else is known. */
	String locale() {
		String locale = this.values.get("flin.i18n.locale");
		String tag = (locale == null || locale.isBlank()) ? "en" : locale.strip().replace('_', '-');
		if (!isKnown(tag)) {
			throw new IllegalArgumentException("flin.i18n.locale: '" + locale + "' is no language such as fr or pt-BR");
		}
		return tag;
	}

	/** Whether language and country of a tag exist. The JDK has no names for many languages of three letters. */
	private static boolean isKnown(String tag) {
		try {
			Locale locale = new Locale.Builder().setLanguageTag(tag).build();
			String language = locale.getLanguage();
			return (language.length() == 3
					|| language.length() == 2 && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language))
					&& (locale.getCountry().isEmpty()
							|| !locale.getDisplayCountry(Locale.ENGLISH).equals(locale.getCountry()));
		}
		catch (IllformedLocaleException ex) {
			return false;
		}
	}

	ZoneId zone() {
		String zone = this.values.get("flin.time-zone");
		try {
			return (zone != null) ? ZoneId.of(zone) : ZoneOffset.UTC;
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("flin.time-zone: " + zone + " is not a time zone", ex);
		}
	}

	/** The keys that a command is given as Spring Boot takes them from the environment. */
	static EngineProperties ofEnvironment(Map<String, String> environment) {
		Map<String, String> values = new TreeMap<>();
		environment.forEach((name, value) -> {
			String upper = name.toUpperCase(Locale.ROOT);
			String property = switch (upper) {
				case "FLIN_STORE_ENCRYPTIONKEY" -> "flin.store.encryption-key";
				case "FLIN_STORE_ENCRYPTIONKEYFILE" -> "flin.store.encryption-key-file";
				case "FLIN_STORE_ENCRYPTION_KEYID" -> "flin.store.encryption.key-id";
				default -> !upper.startsWith(FIELD_KEYS_IN_ENVIRONMENT) ? ""
						: FIELD_KEYS + upper.substring(FIELD_KEYS_IN_ENVIRONMENT.length()).toLowerCase(Locale.ROOT);
			};
			if (!property.isEmpty()) {
				values.put(property, value);
			}
		});
		return new EngineProperties(values);
	}

	Map<String, String> values() {
		return this.values;
	}

	/** The keys that records are encrypted with. */
	StoreKeys storeKeys(RandomGenerator random) {
		StoreKeys keys = StoreKeys.with(random);
		String storeKey = storeKey();
		if (storeKey != null) {
			keys = keys.withStoreKey(storeKey);
		}
		Map<String, String> fieldKeys = new TreeMap<>();
		this.values.forEach((property, key) -> {
			if (property.startsWith(FIELD_KEYS)) {
				fieldKeys.put(property.substring(FIELD_KEYS.length()), key);
			}
		});
		String current = this.values.get("flin.store.encryption.key-id");
		if (current == null && fieldKeys.size() > 1) {
			throw new IllegalArgumentException(
					"flin.store.encryption.key-id must say which of flin.store.encryption.keys encrypts new values");
		}
		if (current == null && !fieldKeys.isEmpty()) {
			current = fieldKeys.keySet().iterator().next();
		}
		return (current == null) ? keys : keys.withFieldKeys(fieldKeys, current);
	}

	private @Nullable String storeKey() {
		String key = this.values.get("flin.store.encryption-key");
		String file = this.values.get("flin.store.encryption-key-file");
		if (key != null && file != null) {
			throw new IllegalArgumentException(
					"flin.store.encryption-key and flin.store.encryption-key-file exclude each other");
		}
		if (file == null) {
			return key;
		}
		try {
			String content = Files.readString(Path.of(file)).strip();
			if (content.isEmpty()) {
				throw new IllegalArgumentException("flin.store.encryption-key-file: " + file + " is empty");
			}
			return content;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("flin.store.encryption-key-file: " + file + " cannot be read", ex);
		}
	}

	Duration sessionIdle() {
		return time("flin.session.idle", SESSION_IDLE_DEFAULT);
	}

	/** Where pages send visitors who must sign in; null for nowhere. */
	@Nullable String loginPath() {
		String path = this.values.get("flin.security.login-path");
		if (path == null || path.isBlank()) {
			return null;
		}
		if (!path.matches("/([^/\\\\].*)?")) {
			throw new IllegalArgumentException("flin.security.login-path: '" + path + "' is not a path such as /login");
		}
		return path;
	}

	RequestLimits requestLimits() {
		RequestLimits defaults = RequestLimits.DEFAULT;
		return new RequestLimits(size("flin.web.max-body", defaults.maxBodyBytes()),
				size("flin.web.max-upload", defaults.maxUploadBytes()), defaults.maxParts());
	}

	WebSettings webSettings() {
		String cors = "flin.web.cors.";
		Cors origins = new Cors(list(cors + "allowed-origins"), list(cors + "allowed-methods"),
				list(cors + "allowed-headers"), list(cors + "exposed-headers"),
				isSet(cors + "allow-credentials", false), duration(cors + "max-age", CORS_AGE_DEFAULT).toSeconds());
		return new WebSettings(securityHeaders(), origins, new TrustedProxies(list("flin.web.trusted-proxies")),
				new Hosts(list("flin.web.allowed-hosts"), text("flin.web.base-url")),
				isSet("flin.web.compression", true), sockets(), streams(), basePath());
	}

	/** The path that the host has the application under: a slash before it and none behind; empty for none. */
	String basePath() {
		String path = this.values.getOrDefault("flin.web.base-path", "").strip().replaceAll("^/+|/+$", "");
		return path.isEmpty() ? "" : "/" + path;
	}

	/** What describes the routes; null when nobody shall see that, as in production unless it is said. */
	@Nullable OpenApi openApi() {
		return !isSet("flin.web.openapi.enabled", isDevelopment()) ? null
				: new OpenApi(this.values.getOrDefault("flin.web.openapi.title", "FLIN application"),
						this.values.getOrDefault("flin.web.openapi.version", "1"),
						this.values.getOrDefault("flin.web.base-url", "/"));
	}

	private StreamPlaces.Limits streams() {
		StreamPlaces.Limits defaults = StreamPlaces.Limits.DEFAULT;
		return new StreamPlaces.Limits((int) count("flin.web.events.max-connections", defaults.connectionsMax()),
				(int) count("flin.web.events.max-per-client", defaults.perClientMax()));
	}

	private SocketSettings sockets() {
		SocketSettings defaults = SocketSettings.DEFAULT;
		String prefix = "flin.web.socket.";
		return new SocketSettings(messageBytes(prefix + "max-message", defaults.maxMessageBytes()),
				(int) count(prefix + "queue", defaults.queue()), (int) count(prefix + "rate", defaults.ratePerSecond()),
				time(prefix + "ping", defaults.ping()), time(prefix + "idle-timeout", defaults.idle()),
				(int) count(prefix + "max-connections", defaults.connectionsMax()),
				list(prefix + "allowed-origins"));
	}

	private int messageBytes(String key, int byDefault) {
		long bytes = size(key, byDefault);
		if (bytes < 1 || bytes > MESSAGE_MAX) {
			throw new IllegalArgumentException(key + ": a message has at least 1B and at most 1GB");
		}
		return (int) bytes;
	}

	private SecurityHeaders securityHeaders() {
		String prefix = "flin.web.headers.";
		String[] defaults = SecurityHeaders.defaults();
		return new SecurityHeaders(this.values.getOrDefault(prefix + "content-security-policy", defaults[0]),
				this.values.getOrDefault(prefix + "frame-ancestors", defaults[1]),
				this.values.getOrDefault(prefix + "referrer-policy", defaults[2]),
				this.values.getOrDefault(prefix + "permissions-policy", defaults[3]),
				this.values.getOrDefault(prefix + "strict-transport-security", defaults[4]));
	}

	/** A list with commas between its parts. */
	private List<String> list(String key) {
		String value = this.values.getOrDefault(key, "");
		return Stream.of(value.split(",")).map(String::strip).filter((part) -> !part.isEmpty()).toList();
	}

	private boolean isSet(String key, boolean byDefault) {
		String value = this.values.get(key);
		return (value == null) ? byDefault : Boolean.parseBoolean(value.strip());
	}

	/** What programs may ask of other servers. */
	OutgoingRules outgoing() {
		return new OutgoingRules(list("flin.http.allow"), duration("flin.http.timeout", HTTP_TIMEOUT_DEFAULT),
				size("flin.http.max-body", HTTP_BODY_DEFAULT));
	}

	Limits runLimits() {
		Limits defaults = Limits.DEFAULT;
		return new Limits((int) count("flin.limits.call-depth", defaults.callDepth()),
				time("flin.limits.time", Duration.ofMillis(defaults.timeMillis())).toMillis(),
				(int) count("flin.limits.collection-size", defaults.collectionSize()),
				size("flin.limits.output", defaults.outputBytes()));
	}

	/** A store's configuration with what the properties say about its log. */
	StoreConfig log(StoreConfig config) {
		return config.withForceInterval(duration("flin.store.force-interval", config.forceInterval()))
			.withArchiveLog("true".equalsIgnoreCase(this.values.get("flin.store.archive-log")));
	}

	/** What is done in the background for a store. */
	Upkeep.Settings upkeep(StoreConfig config) {
		boolean scrub = !"false".equalsIgnoreCase(this.values.get("flin.store.scrub.enabled"));
		return new Upkeep.Settings(
				(config.durability() == StoreConfig.Durability.INTERVAL) ? config.forceInterval() : null,
				duration("flin.store.erase-interval", ERASE_INTERVAL_DEFAULT),
				time("flin.store.retention-interval", RETENTION_INTERVAL_DEFAULT),
				scrub ? size("flin.store.scrub.rate", SCRUB_RATE_DEFAULT) : 0,
				duration("flin.store.scrub.pause", SCRUB_PAUSE_DEFAULT));
	}

	/** A duration as Spring reads it: {@code 30s}, {@code 500ms}, milliseconds, or ISO 8601 such as {@code PT30S}. */
	private Duration duration(String key, Duration byDefault) {
		String value = this.values.get(key);
		try {
			Duration duration = (value != null) ? duration(value.strip()) : byDefault;
			if (duration.isNegative()) {
				throw new IllegalArgumentException(key + ": '" + value + "' is less than no time at all");
			}
			return duration;
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(key + ": '" + value + "' is not a duration such as 30s or PT30S", ex);
		}
	}

	/** A duration in which something has to happen. */
	private Duration time(String key, Duration byDefault) {
		Duration duration = duration(key, byDefault);
		if (duration.isZero()) {
			throw new IllegalArgumentException(key + ": '" + this.values.get(key) + "' is no time at all");
		}
		return duration;
	}

	private static Duration duration(String value) {
		Matcher matcher = SIMPLE_DURATION.matcher(value);
		if (!matcher.matches()) {
			return Duration.parse(value);
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch ((matcher.group(2) != null) ? matcher.group(2) : "ms") {
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			case "d" -> Duration.ofDays(amount);
			default -> Duration.ofMillis(amount);
		};
	}

	private long count(String key, long byDefault) {
		String value = this.values.get(key);
		if (value == null) {
			return byDefault;
		}
		long count;
		try {
			count = Long.parseLong(value.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(key + ": '" + value + "' is not a number", ex);
		}
		if (count < 1 || count > Integer.MAX_VALUE) {
			throw new IllegalArgumentException(
					key + ": '" + value + "' is not a number from 1 to " + Integer.MAX_VALUE);
		}
		return count;
	}

	/** A size such as {@code 100B}, {@code 2MB} or a plain number of bytes. */
	private long size(String key, long byDefault) {
		String value = this.values.get(key);
		if (value == null) {
			return byDefault;
		}
		Matcher matcher = SIZE.matcher(value.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(key + ": '" + value + "' is not a size such as 2MB");
		}
		String unit = (matcher.group(2) != null) ? matcher.group(2).toUpperCase(Locale.ROOT) : "B";
		int shift = switch (unit) {
			case "KB" -> 10;
			case "MB" -> 20;
			case "GB" -> 30;
			default -> 0;
		};
		return Long.parseLong(matcher.group(1)) << shift;
	}

}
