package dev.flin.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Properties of FLIN.
 */
@ConfigurationProperties("flin")
public class FlinProperties {

	/**
	 * Where the files are: a class path location or a directory.
	 */
	private String root = "classpath:/flin/";

	/**
	 * Whether visitors see what is wrong with a page and changed files are taken over while the application runs. By
	 * default that is so when the application was started from its sources.
	 */
	private @Nullable Boolean development;

	/**
	 * Time zone of day words and day boundaries.
	 */
	private String timeZone = "UTC";

	@NestedConfigurationProperty
	private final Store store = new Store();

	@NestedConfigurationProperty
	private final FlinWebProperties web = new FlinWebProperties();

	@NestedConfigurationProperty
	private final Session session = new Session();

	@NestedConfigurationProperty
	private final Security security = new Security();

	@NestedConfigurationProperty
	private final Limits limits = new Limits();

	public String getRoot() {
		return this.root;
	}

	public void setRoot(String root) {
		this.root = root;
	}

	public @Nullable Boolean getDevelopment() {
		return this.development;
	}

	public void setDevelopment(@Nullable Boolean development) {
		this.development = development;
	}

	public String getTimeZone() {
		return this.timeZone;
	}

	public void setTimeZone(String timeZone) {
		this.timeZone = timeZone;
	}

	public Store getStore() {
		return this.store;
	}

	public FlinWebProperties getWeb() {
		return this.web;
	}

	public Session getSession() {
		return this.session;
	}

	public Security getSecurity() {
		return this.security;
	}

	public Limits getLimits() {
		return this.limits;
	}

	/**
	 * Where the records are.
	 */
	public static class Store {

		/**
		 * Where records are kept.
		 */
		private Type type = Type.EMBEDDED;

		/**
		 * Directory of the records, their log and their files.
		 */
		private String directory = ".flindb";

		/**
		 * When a save counts as done.
		 */
		private Durability durability = Durability.SYNC;

		public Type getType() {
			return this.type;
		}

		public void setType(Type type) {
			this.type = type;
		}

		public String getDirectory() {
			return this.directory;
		}

		public void setDirectory(String directory) {
			this.directory = directory;
		}

		public Durability getDurability() {
			return this.durability;
		}

		public void setDurability(Durability durability) {
			this.durability = durability;
		}

		/** Kinds of stores. */
		public enum Type {

			/** In a directory of this machine. */
			EMBEDDED,
			/** In memory, gone at the end of the process. */
			MEMORY

		}

		/** When a save counts as done. */
		public enum Durability {

			/** When it was forced to disk. */
			SYNC,
			/** When it was written; forced in intervals. */
			INTERVAL,
			/** When it was written. */
			NONE

		}

	}

	/**
	 * Sessions of visitors.
	 */
	public static class Session {

		/**
		 * Secret of at least 32 characters that sessions are encrypted with. Made and kept beside the records when not
		 * set.
		 */
		private @Nullable String secret;

		/**
		 * How long a session lives without a request.
		 */
		private Duration idle = Duration.ofDays(30);

		public @Nullable String getSecret() {
			return this.secret;
		}

		public void setSecret(@Nullable String secret) {
			this.secret = secret;
		}

		public Duration getIdle() {
			return this.idle;
		}

		public void setIdle(Duration idle) {
			this.idle = idle;
		}

	}

	/**
	 * Guards.
	 */
	public static class Security {

		/**
		 * Path that pages send visitors to who must sign in. Without it they answer 401.
		 */
		private @Nullable String loginPath;

		public @Nullable String getLoginPath() {
			return this.loginPath;
		}

		public void setLoginPath(@Nullable String loginPath) {
			this.loginPath = loginPath;
		}

	}

	/**
	 * What one request or run may use.
	 */
	public static class Limits {

		/**
		 * Nested calls of functions.
		 */
		private int callDepth = 10_000;

		/**
		 * Time that a request or run may take.
		 */
		private Duration time = Duration.ofSeconds(30);

		/**
		 * Elements of one list or map.
		 */
		private int collectionSize = 10_000_000;

		/**
		 * Size of what one request or run may print or answer.
		 */
		private DataSize output = DataSize.ofMegabytes(64);

		public int getCallDepth() {
			return this.callDepth;
		}

		public void setCallDepth(int callDepth) {
			this.callDepth = callDepth;
		}

		public Duration getTime() {
			return this.time;
		}

		public void setTime(Duration time) {
			this.time = time;
		}

		public int getCollectionSize() {
			return this.collectionSize;
		}

		public void setCollectionSize(int collectionSize) {
			this.collectionSize = collectionSize;
		}

		public DataSize getOutput() {
			return this.output;
		}

		public void setOutput(DataSize output) {
			this.output = output;
		}

	}

}
