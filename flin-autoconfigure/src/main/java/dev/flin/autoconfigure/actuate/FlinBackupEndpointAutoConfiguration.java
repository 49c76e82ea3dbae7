package dev.flin.autoconfigure.actuate;

import java.nio.file.Path;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinProperties;

/**
 * Auto-configuration for the endpoint that writes backups.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(FlinEngine.class)
@ConditionalOnAvailableEndpoint(FlinBackupEndpoint.class)
@EnableConfigurationProperties(FlinProperties.class)
public final class FlinBackupEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FlinBackupEndpoint flinBackupEndpoint(FlinEngine engine, FlinProperties properties) {
		FlinProperties.Store.Backup backup = properties.getStore().getBackup();
		return new FlinBackupEndpoint(engine, Path.of(backup.getDirectory()), backup.getPassphrase());
	}

}
