package dev.flin.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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
	private final I18n i18n = new I18n();

	@NestedConfigurationProperty
	private final Events events = new Events();

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

	public I18n getI18n() {
		return this.i18n;
	}

	public Events getEvents() {
		return this.events;
	}

	public Limits getLimits() {
		return this.limits;
	}

	/**
	 * The languages of the application.
	 */
	public static class I18n {

		/**
		 * Language of visitors who ask for none that the application speaks, and of messages that another one lacks.
		 */
		private String locale = "en";

		public String getLocale() {
			return this.locale;
		}

		public void setLocale(String locale) {
			this.locale = locale;
		}

	}

	/**
	 * What the application is told.
	 */
	public static class Events {

		/**
		 * Whether each change of a record is published as an event of the application.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

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

		/**
		 * Key of a directory that is encrypted as a whole: 32 bytes in Base64, or a passphrase. Given before the first
		 * start, or after 'flin db copy'.
		 */
		private @Nullable String encryptionKey;

		/**
		 * File with that key.
		 */
		private @Nullable String encryptionKeyFile;

		@NestedConfigurationProperty
		private final Encryption encryption = new Encryption();

		/**
		 * How often the log is forced when durability is interval.
		 */
		private Duration forceInterval = Duration.ofMillis(50);

		/**
		 * Whether the log is kept, compressed, when the store file has what is in it: any second can then be restored.
		 */
		private boolean archiveLog;

		/**
		 * How soon after destroy the bytes of the destroyed records are taken out of all files.
		 */
		private Duration eraseInterval = Duration.ofMinutes(1);

		/**
		 * How often retention and compaction are applied.
		 */
		private Duration retentionInterval = Duration.ofHours(1);

		@NestedConfigurationProperty
		private final Scrub scrub = new Scrub();

		@NestedConfigurationProperty
		private final Backup backup = new Backup();

		public Duration getForceInterval() {
			return this.forceInterval;
		}

		public void setForceInterval(Duration forceInterval) {
			this.forceInterval = forceInterval;
		}

		public boolean isArchiveLog() {
			return this.archiveLog;
		}

		public void setArchiveLog(boolean archiveLog) {
			this.archiveLog = archiveLog;
		}

		public Duration getEraseInterval() {
			return this.eraseInterval;
		}

		public void setEraseInterval(Duration eraseInterval) {
			this.eraseInterval = eraseInterval;
		}

		public Duration getRetentionInterval() {
			return this.retentionInterval;
		}

		public void setRetentionInterval(Duration retentionInterval) {
			this.retentionInterval = retentionInterval;
		}

		public Scrub getScrub() {
			return this.scrub;
		}

		public Backup getBackup() {
			return this.backup;
		}

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

		public @Nullable String getEncryptionKey() {
			return this.encryptionKey;
		}

		public void setEncryptionKey(@Nullable String encryptionKey) {
			this.encryptionKey = encryptionKey;
		}

		public @Nullable String getEncryptionKeyFile() {
			return this.encryptionKeyFile;
		}

		public void setEncryptionKeyFile(@Nullable String encryptionKeyFile) {
			this.encryptionKeyFile = encryptionKeyFile;
		}

		public Encryption getEncryption() {
			return this.encryption;
		}

		/**
		 * The slow reading and checking of everything.
		 */
		public static class Scrub {

			/**
			 * Whether everything is read and checked in the background.
			 */
			private boolean enabled = true;

			/**
			 * How much is read in a second.
			 */
			private DataSize rate = DataSize.ofMegabytes(1);

			/**
			 * Pause after everything was read.
			 */
			private Duration pause = Duration.ofDays(1);

			public boolean isEnabled() {
				return this.enabled;
			}

			public void setEnabled(boolean enabled) {
				this.enabled = enabled;
			}

			public DataSize getRate() {
				return this.rate;
			}

			public void setRate(DataSize rate) {
				this.rate = rate;
			}

			public Duration getPause() {
				return this.pause;
			}

			public void setPause(Duration pause) {
				this.pause = pause;
			}

		}

		/**
		 * What the endpoint flinbackup writes.
		 */
		public static class Backup {

			/**
			 * Folder of the backups.
			 */
			private String directory = "backups";

			/**
			 * Passphrase that backups are encrypted with; they are not when it is not set.
			 */
			private @Nullable String passphrase;

			public String getDirectory() {
				return this.directory;
			}

			public void setDirectory(String directory) {
				this.directory = directory;
			}

			public @Nullable String getPassphrase() {
				return this.passphrase;
			}

			public void setPassphrase(@Nullable String passphrase) {
				this.passphrase = passphrase;
			}

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
	 * Fields that are encrypted one by one.
	 */
	public static class Encryption {

		/**
		 * Which of the keys encrypts from now on. Needed when there is more than one.
		 */
		private @Nullable String keyId;

		/**
		 * Keys of encrypted fields by their ids: 32 bytes each, in Base64.
		 */
		private final Map<String, String> keys = new LinkedHashMap<>();

		public @Nullable String getKeyId() {
			return this.keyId;
		}

		public void setKeyId(@Nullable String keyId) {
			this.keyId = keyId;
		}

		public Map<String, String> getKeys() {
			return this.keys;
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

		/**
		 * Where sessions are kept. By default in Spring Session where it is present, else in cookies.
		 */
		private @Nullable Store store;

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

		public @Nullable Store getStore() {
			return this.store;
		}

		public void setStore(@Nullable Store store) {
			this.store = store;
		}

		/** Where sessions are kept. */
		public enum Store {

			/** In encrypted cookies. */
			COOKIE,
			/** In the store of Spring's web sessions. */
			SPRING

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
