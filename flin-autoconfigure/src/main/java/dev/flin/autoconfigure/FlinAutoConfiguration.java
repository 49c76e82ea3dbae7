package dev.flin.autoconfigure;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ResourceLoader;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;

/**
 * Auto-configuration for the FLIN engine.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(FlinEngine.class)
@Conditional(OnFlinFilesCondition.class)
@EnableConfigurationProperties(FlinProperties.class)
public final class FlinAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(FlinAutoConfiguration.class);

	private static final Logger printLogger = LoggerFactory.getLogger("dev.flin.print");

	@Bean
	@ConditionalOnMissingBean
	FlinSources flinSources(FlinProperties properties, ResourceLoader resourceLoader) {
		return new FlinSources(properties.getRoot(), resourceLoader.getClassLoader());
	}

	@Bean(destroyMethod = "close")
	@ConditionalOnMissingBean
	FlinEngine flinEngine(FlinProperties properties, FlinSources sources,
			ObjectProvider<FlinEngineCustomizer> customizers) {
		FlinEngine.Builder builder = FlinEngine.builder()
			.root(sources)
			.properties(engineProperties(properties, sources))
			.print(printLogger::info);
		if (properties.getStore().getType() == FlinProperties.Store.Type.EMBEDDED) {
			builder.dataDirectory(Path.of(properties.getStore().getDirectory()));
		}
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		FlinEngine engine = builder.build();
		engine.recoveryNotes().forEach(logger::warn);
		try {
			return engine.requireNoErrors();
		}
		catch (RuntimeException ex) {
			engine.close();
			throw ex;
		}
	}

	@Bean
	@ConditionalOnMissingBean
	FlinStore flinStore(FlinEngine engine) {
		return engine.store();
	}

	@Bean
	@ConditionalOnMissingBean
	FlinReloader flinReloader(FlinEngine engine, FlinSources sources, FlinProperties properties) {
		return new FlinReloader(engine, isDevelopment(properties, sources) ? sources.directory() : null);
	}

	private static boolean isDevelopment(FlinProperties properties, FlinSources sources) {
		Boolean development = properties.getDevelopment();
		return (development != null) ? development : sources.directory() != null;
	}

	private static void putKeys(FlinProperties.Store store, Map<String, String> values) {
		String key = store.getEncryptionKey();
		String file = store.getEncryptionKeyFile();
		String keyId = store.getEncryption().getKeyId();
		if (key != null) {
			values.put("flin.store.encryption-key", key);
		}
		if (file != null) {
			values.put("flin.store.encryption-key-file", file);
		}
		if (keyId != null) {
			values.put("flin.store.encryption.key-id", keyId);
		}
		store.getEncryption().getKeys().forEach((id, bytes) -> values.put("flin.store.encryption.keys." + id, bytes));
	}

	private static Map<String, String> engineProperties(FlinProperties properties, FlinSources sources) {
		Map<String, String> values = new TreeMap<>();
		values.put("flin.development", Boolean.toString(isDevelopment(properties, sources)));
		values.put("flin.time-zone", properties.getTimeZone());
		values.put("flin.store.durability", properties.getStore().getDurability().name());
		values.put("flin.store.force-interval", properties.getStore().getForceInterval().toString());
		values.put("flin.store.archive-log", Boolean.toString(properties.getStore().isArchiveLog()));
		values.put("flin.store.retention-interval", properties.getStore().getRetentionInterval().toString());
		values.put("flin.store.scrub.enabled", Boolean.toString(properties.getStore().getScrub().isEnabled()));
		values.put("flin.store.scrub.rate", Long.toString(properties.getStore().getScrub().getRate().toBytes()));
		values.put("flin.store.scrub.pause", properties.getStore().getScrub().getPause().toString());
		values.put("flin.web.max-body", Long.toString(properties.getWeb().getMaxBody().toBytes()));
		values.put("flin.web.max-upload", Long.toString(properties.getWeb().getMaxUpload().toBytes()));
		values.put("flin.session.idle", properties.getSession().getIdle().toString());
		values.put("flin.limits.call-depth", Integer.toString(properties.getLimits().getCallDepth()));
		values.put("flin.limits.time", properties.getLimits().getTime().toString());
		values.put("flin.limits.collection-size", Integer.toString(properties.getLimits().getCollectionSize()));
		values.put("flin.limits.output", Long.toString(properties.getLimits().getOutput().toBytes()));
		putKeys(properties.getStore(), values);
		if (properties.getSession().getSecret() != null) {
			values.put("flin.session.secret", properties.getSession().getSecret());
		}
		if (properties.getSecurity().getLoginPath() != null) {
			values.put("flin.security.login-path", properties.getSecurity().getLoginPath());
		}
		return values;
	}

}
