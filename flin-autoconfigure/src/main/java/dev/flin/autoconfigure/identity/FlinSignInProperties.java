package dev.flin.autoconfigure.identity;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of sign-ins by other services.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("flin.oauth")
public class FlinSignInProperties {

	/**
	 * What the application is registered with, by provider: google, github, discord, apple, linkedin, facebook,
	 * microsoft, twitter.
	 */
	private final Map<String, Registration> providers = new LinkedHashMap<>();

	public Map<String, Registration> getProviders() {
		return this.providers;
	}

	/**
	 * What a provider knows the application by.
	 */
	public static class Registration {

		/**
		 * Id of the application.
		 */
		private String clientId = "";

		/**
		 * Its secret; for Apple its private key in PEM format.
		 */
		private String clientSecret = "";

		/**
		 * Id of the team; for Apple alone.
		 */
		private @Nullable String teamId;

		/**
		 * Id of the key; for Apple alone.
		 */
		private @Nullable String keyId;

		/**
		 * Whose accounts may sign in: the id or the domain of a directory, organizations, consumers or common, which is
		 * all; for Microsoft alone.
		 */
		private String tenant = MicrosoftTenants.ALL;

		/**
		 * Scheme and host that stand for those of the provider, such as those of a server for tests.
		 */
		private @Nullable String server;

		public String getClientId() {
			return this.clientId;
		}

		public void setClientId(String clientId) {
			this.clientId = clientId;
		}

		public String getClientSecret() {
			return this.clientSecret;
		}

		public void setClientSecret(String clientSecret) {
			this.clientSecret = clientSecret;
		}

		public @Nullable String getTeamId() {
			return this.teamId;
		}

		public void setTeamId(@Nullable String teamId) {
			this.teamId = teamId;
		}

		public @Nullable String getKeyId() {
			return this.keyId;
		}

		public void setKeyId(@Nullable String keyId) {
			this.keyId = keyId;
		}

		public String getTenant() {
			return this.tenant;
		}

		public void setTenant(String tenant) {
			this.tenant = tenant;
		}

		public @Nullable String getServer() {
			return this.server;
		}

		public void setServer(@Nullable String server) {
			this.server = server;
		}

	}

}
