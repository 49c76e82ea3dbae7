package dev.flin.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Requests and answers.
 */
public class FlinWebProperties {

	/**
	 * Largest body of a request.
	 */
	private DataSize maxBody = DataSize.ofMegabytes(2);

	/**
	 * Largest body of a request with uploads.
	 */
	private DataSize maxUpload = DataSize.ofMegabytes(20);

	/**
	 * Where the requests of guard rate_limit are counted: in the memory of each server, or in a table of the
	 * application's database (flin_rate_limit), which all its servers share.
	 */
	private RateLimitStore rateLimits = RateLimitStore.MEMORY;

	/**
	 * Names that the application may be spoken to under, such as shop.example or *.shop.example. Other names get 400.
	 * Empty for any name.
	 */
	private List<String> allowedHosts = new ArrayList<>();

	/**
	 * What absolute links start with, such as https://shop.example. By default the name that the client has sent.
	 */
	private @Nullable String baseUrl;

	/**
	 * Addresses and networks of the proxies whose Forwarded and X-Forwarded-* header fields count.
	 */
	private List<String> trustedProxies = new ArrayList<>();

	/**
	 * Directory that save_file keeps files in. By default one beside the records.
	 */
	private @Nullable String filesDirectory;

	/**
	 * Whether answers are compressed for clients that can read that.
	 */
	private boolean compression = true;

	@NestedConfigurationProperty
	private final Headers headers = new Headers();

	@NestedConfigurationProperty
	private final Cors cors = new Cors();

	@NestedConfigurationProperty
	private final Events events = new Events();

	@NestedConfigurationProperty
	private final Socket socket = new Socket();

	@NestedConfigurationProperty
	private final OpenApi openapi = new OpenApi();

	public DataSize getMaxBody() {
		return this.maxBody;
	}

	public void setMaxBody(DataSize maxBody) {
		this.maxBody = maxBody;
	}

	public DataSize getMaxUpload() {
		return this.maxUpload;
	}

	public void setMaxUpload(DataSize maxUpload) {
		this.maxUpload = maxUpload;
	}

	public RateLimitStore getRateLimits() {
		return this.rateLimits;
	}

	public void setRateLimits(RateLimitStore rateLimits) {
		this.rateLimits = rateLimits;
	}

	public List<String> getAllowedHosts() {
		return this.allowedHosts;
	}

	public void setAllowedHosts(List<String> allowedHosts) {
		this.allowedHosts = allowedHosts;
	}

	public @Nullable String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(@Nullable String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public List<String> getTrustedProxies() {
		return this.trustedProxies;
	}

	public void setTrustedProxies(List<String> trustedProxies) {
		this.trustedProxies = trustedProxies;
	}

	public @Nullable String getFilesDirectory() {
		return this.filesDirectory;
	}

	public void setFilesDirectory(@Nullable String filesDirectory) {
		this.filesDirectory = filesDirectory;
	}

	public boolean isCompression() {
		return this.compression;
	}

	public void setCompression(boolean compression) {
		this.compression = compression;
	}

	public Headers getHeaders() {
		return this.headers;
	}

	public Cors getCors() {
		return this.cors;
	}

	public Events getEvents() {
		return this.events;
	}

	public Socket getSocket() {
		return this.socket;
	}

	public OpenApi getOpenapi() {
		return this.openapi;
	}

	/**
	 * Where requests are counted.
	 */
	public enum RateLimitStore {

		/** Each server counts for itself. */
		MEMORY,

		/** All servers count in one database. */
		JDBC

	}

	/**
	 * Header fields that protect visitors. An empty value leaves a field out.
	 */
	public static class Headers {

		/**
		 * Content security policy; 'nonce-{nonce}' stands for the scripts and styles of FLIN's files.
		 */
		private @Nullable String contentSecurityPolicy;

		/**
		 * Who may show pages in a frame.
		 */
		private String frameAncestors = "'self'";

		/**
		 * What browsers tell other servers about where a visitor comes from.
		 */
		private String referrerPolicy = "strict-origin-when-cross-origin";

		/**
		 * What pages may use of the device.
		 */
		private String permissionsPolicy = "camera=(), microphone=(), geolocation=(), payment=()";

		/**
		 * How long browsers insist on HTTPS; sent over HTTPS only.
		 */
		private String strictTransportSecurity = "max-age=31536000";

		public @Nullable String getContentSecurityPolicy() {
			return this.contentSecurityPolicy;
		}

		public void setContentSecurityPolicy(@Nullable String contentSecurityPolicy) {
			this.contentSecurityPolicy = contentSecurityPolicy;
		}

		public String getFrameAncestors() {
			return this.frameAncestors;
		}

		public void setFrameAncestors(String frameAncestors) {
			this.frameAncestors = frameAncestors;
		}

		public String getReferrerPolicy() {
			return this.referrerPolicy;
		}

		public void setReferrerPolicy(String referrerPolicy) {
			this.referrerPolicy = referrerPolicy;
		}

		public String getPermissionsPolicy() {
			return this.permissionsPolicy;
		}

		public void setPermissionsPolicy(String permissionsPolicy) {
			this.permissionsPolicy = permissionsPolicy;
		}

		public String getStrictTransportSecurity() {
			return this.strictTransportSecurity;
		}

		public void setStrictTransportSecurity(String strictTransportSecurity) {
			this.strictTransportSecurity = strictTransportSecurity;
		}

	}

	/**
	 * Other origins. Closed by default.
	 */
	public static class Cors {

		/**
		 * Origins that may read answers, such as https://shop.example or https://*.example; * for all.
		 */
		private List<String> allowedOrigins = new ArrayList<>();

		/**
		 * Methods that other origins may use; those of the path by default.
		 */
		private List<String> allowedMethods = new ArrayList<>();

		/**
		 * Header fields that other origins may send.
		 */
		private List<String> allowedHeaders = new ArrayList<>();

		/**
		 * Header fields of answers that other origins may read.
		 */
		private List<String> exposedHeaders = new ArrayList<>();

		/**
		 * Whether cookies may come along.
		 */
		private boolean allowCredentials;

		/**
		 * How long browsers may remember what is allowed.
		 */
		private Duration maxAge = Duration.ofMinutes(30);

		public List<String> getAllowedOrigins() {
			return this.allowedOrigins;
		}

		public void setAllowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
		}

		public List<String> getAllowedMethods() {
			return this.allowedMethods;
		}

		public void setAllowedMethods(List<String> allowedMethods) {
			this.allowedMethods = allowedMethods;
		}

		public List<String> getAllowedHeaders() {
			return this.allowedHeaders;
		}

		public void setAllowedHeaders(List<String> allowedHeaders) {
			this.allowedHeaders = allowedHeaders;
		}

		public List<String> getExposedHeaders() {
			return this.exposedHeaders;
		}

		public void setExposedHeaders(List<String> exposedHeaders) {
			this.exposedHeaders = exposedHeaders;
		}

		public boolean isAllowCredentials() {
			return this.allowCredentials;
		}

		public void setAllowCredentials(boolean allowCredentials) {
			this.allowCredentials = allowCredentials;
		}

		public Duration getMaxAge() {
			return this.maxAge;
		}

		public void setMaxAge(Duration maxAge) {
			this.maxAge = maxAge;
		}

	}

	/**
	 * Streams of server-sent events.
	 */
	public static class Events {

		/**
		 * How many streams may be open at once.
		 */
		private int maxConnections = 10_000;

		/**
		 * How many of them one client may have.
		 */
		private int maxPerClient = 200;

		public int getMaxConnections() {
			return this.maxConnections;
		}

		public void setMaxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
		}

		public int getMaxPerClient() {
			return this.maxPerClient;
		}

		public void setMaxPerClient(int maxPerClient) {
			this.maxPerClient = maxPerClient;
		}

	}

	/**
	 * WebSockets.
	 */
	public static class Socket {

		/**
		 * Largest message of a client or to one.
		 */
		private DataSize maxMessage = DataSize.ofKilobytes(64);

		/**
		 * How many messages may wait for a slow client before it is closed.
		 */
		private int queue = 256;

		/**
		 * How many messages a client may send in a second.
		 */
		private int rate = 100;

		/**
		 * How long a client may be silent before it is asked whether it is there.
		 */
		private Duration ping = Duration.ofSeconds(30);

		/**
		 * How long a client may be silent, answers to pings included, before it is closed.
		 */
		private Duration idleTimeout = Duration.ofSeconds(90);

		/**
		 * How many WebSockets may be open at once.
		 */
		private int maxConnections = 10_000;

		/**
		 * Other origins whose pages may open a WebSocket, such as https://shop.example.
		 */
		private List<String> allowedOrigins = new ArrayList<>();

		public DataSize getMaxMessage() {
			return this.maxMessage;
		}

		public void setMaxMessage(DataSize maxMessage) {
			this.maxMessage = maxMessage;
		}

		public int getQueue() {
			return this.queue;
		}

		public void setQueue(int queue) {
			this.queue = queue;
		}

		public int getRate() {
			return this.rate;
		}

		public void setRate(int rate) {
			this.rate = rate;
		}

		public Duration getPing() {
			return this.ping;
		}

		public void setPing(Duration ping) {
			this.ping = ping;
		}

		public Duration getIdleTimeout() {
			return this.idleTimeout;
		}

		public void setIdleTimeout(Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
		}

		public int getMaxConnections() {
			return this.maxConnections;
		}

		public void setMaxConnections(int maxConnections) {
			this.maxConnections = maxConnections;
		}

		public List<String> getAllowedOrigins() {
			return this.allowedOrigins;
		}

		public void setAllowedOrigins(List<String> allowedOrigins) {
			this.allowedOrigins = allowedOrigins;
		}

	}

	/**
	 * The description of the routes as OpenAPI.
	 */
	public static class OpenApi {

		/**
		 * Whether /_flin/openapi.json describes the routes. By default only during development.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Name of the application in its description.
		 */
		private String title = "FLIN application";

		/**
		 * Version of the application in its description.
		 */
		private String version = "1";

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public String getTitle() {
			return this.title;
		}

		public void setTitle(String title) {
			this.title = title;
		}

		public String getVersion() {
			return this.version;
		}

		public void setVersion(String version) {
			this.version = version;
		}

	}

}
