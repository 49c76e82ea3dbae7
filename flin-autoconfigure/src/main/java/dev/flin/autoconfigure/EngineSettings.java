package dev.flin.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** The properties of Spring as those of the engine. */
final class EngineSettings {

	private final Map<String, String> values = new TreeMap<>();

	private EngineSettings() {
	}

	static Map<String, String> of(FlinProperties properties, boolean development) {
		EngineSettings settings = new EngineSettings();
		settings.put("flin.development", development);
		settings.put("flin.time-zone", properties.getTimeZone());
		settings.put("flin.i18n.locale", properties.getI18n().getLocale());
		settings.put("flin.session.idle", properties.getSession().getIdle());
		settings.put("flin.session.secret", properties.getSession().getSecret());
		settings.put("flin.security.login-path", properties.getSecurity().getLoginPath());
		settings.put("flin.limits.call-depth", properties.getLimits().getCallDepth());
		settings.put("flin.limits.time", properties.getLimits().getTime());
		settings.put("flin.limits.collection-size", properties.getLimits().getCollectionSize());
		settings.put("flin.limits.output", properties.getLimits().getOutput().toBytes());
		settings.store(properties.getStore());
		settings.web(properties.getWeb());
		return settings.values;
	}

	private void store(FlinProperties.Store store) {
		put("flin.store.durability", store.getDurability().name());
		put("flin.store.force-interval", store.getForceInterval());
		put("flin.store.archive-log", store.isArchiveLog());
		put("flin.store.erase-interval", store.getEraseInterval());
		put("flin.store.retention-interval", store.getRetentionInterval());
		put("flin.store.scrub.enabled", store.getScrub().isEnabled());
		put("flin.store.scrub.rate", store.getScrub().getRate().toBytes());
		put("flin.store.scrub.pause", store.getScrub().getPause());
		put("flin.store.encryption-key", store.getEncryptionKey());
		put("flin.store.encryption-key-file", store.getEncryptionKeyFile());
		put("flin.store.encryption.key-id", store.getEncryption().getKeyId());
		store.getEncryption().getKeys().forEach((id, key) -> put("flin.store.encryption.keys." + id, key));
	}

	private void web(FlinWebProperties web) {
		put("flin.web.max-body", web.getMaxBody().toBytes());
		put("flin.web.max-upload", web.getMaxUpload().toBytes());
		put("flin.web.allowed-hosts", web.getAllowedHosts());
		put("flin.web.base-url", web.getBaseUrl());
		put("flin.web.trusted-proxies", web.getTrustedProxies());
		put("flin.web.files-directory", web.getFilesDirectory());
		put("flin.web.compression", web.isCompression());
		FlinWebProperties.OpenApi openApi = web.getOpenapi();
		put("flin.web.openapi.enabled", openApi.getEnabled());
		put("flin.web.openapi.title", openApi.getTitle());
		put("flin.web.openapi.version", openApi.getVersion());
		events(web.getEvents());
		socket(web.getSocket());
		FlinWebProperties.Headers headers = web.getHeaders();
		put("flin.web.headers.content-security-policy", headers.getContentSecurityPolicy());
		put("flin.web.headers.frame-ancestors", headers.getFrameAncestors());
		put("flin.web.headers.referrer-policy", headers.getReferrerPolicy());
		put("flin.web.headers.permissions-policy", headers.getPermissionsPolicy());
		put("flin.web.headers.strict-transport-security", headers.getStrictTransportSecurity());
		FlinWebProperties.Cors cors = web.getCors();
		put("flin.web.cors.allowed-origins", cors.getAllowedOrigins());
		put("flin.web.cors.allowed-methods", cors.getAllowedMethods());
		put("flin.web.cors.allowed-headers", cors.getAllowedHeaders());
		put("flin.web.cors.exposed-headers", cors.getExposedHeaders());
		put("flin.web.cors.allow-credentials", cors.isAllowCredentials());
		put("flin.web.cors.max-age", cors.getMaxAge());
	}

	private void events(FlinWebProperties.Events events) {
		put("flin.web.events.max-connections", events.getMaxConnections());
		put("flin.web.events.max-per-client", events.getMaxPerClient());
	}

	private void socket(FlinWebProperties.Socket socket) {
		put("flin.web.socket.max-message", socket.getMaxMessage().toBytes());
		put("flin.web.socket.queue", socket.getQueue());
		put("flin.web.socket.rate", socket.getRate());
		put("flin.web.socket.ping", socket.getPing());
		put("flin.web.socket.idle-timeout", socket.getIdleTimeout());
		put("flin.web.socket.max-connections", socket.getMaxConnections());
		put("flin.web.socket.allowed-origins", socket.getAllowedOrigins());
	}

	private void put(String key, @Nullable Object value) {
		if (value != null) {
			this.values.put(key, value.toString());
		}
	}

	private void put(String key, List<String> parts) {
		this.values.put(key, String.join(",", parts));
	}

}
