package dev.flin.autoconfigure.storage;

import java.net.URI;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.http.FileStorage;

/**
 * Auto-configuration for files in buckets.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class)
@ConditionalOnClass(FlinEngine.class)
@ConditionalOnBean(FlinEngine.class)
@EnableConfigurationProperties(FlinStorageProperties.class)
public final class FlinStorageAutoConfiguration {

	/** A storage of the application's own is taken as it is. */
	@Bean
	FlinEngineCustomizer flinStorage(FlinStorageProperties properties, ObjectProvider<FileStorage> own) {
		return (builder) -> {
			FileStorage storage = own.getIfAvailable(() -> bucket(properties));
			if (storage != null) {
				builder.storage(storage);
			}
		};
	}

	private static @Nullable FileStorage bucket(FlinStorageProperties properties) {
		FlinStorageProperties.Type type = properties.getType();
		if (type == FlinStorageProperties.Type.LOCAL) {
			return null;
		}
		require(properties.getBucket(), "bucket");
		require(properties.getAccessKey(), "access-key");
		require(properties.getSecretKey(), "secret-key");
		String region = properties.getRegion();
		String place = (region != null) ? region : (type == FlinStorageProperties.Type.S3) ? "us-east-1" : "auto";
		String endpoint = properties.getEndpoint();
		String service = (endpoint != null) ? endpoint : switch (type) {
			case S3 -> "https://s3." + place + ".amazonaws.com";
			case GCS -> "https://storage.googleapis.com";
			case R2, LOCAL -> throw new IllegalArgumentException(
					"flin.storage.endpoint must say where R2 is: https://ACCOUNT.r2.cloudflarestorage.com");
		};
		return new BucketStorage(URI.create(service), properties.getBucket(),
				new SignatureV4(properties.getAccessKey(), properties.getSecretKey(), place, "s3"),
				Clock.systemUTC(), properties.getTimeout());
	}

	private static void require(String value, String name) {
		if (value.isBlank()) {
			throw new IllegalArgumentException("flin.storage." + name + " is needed for files in a bucket");
		}
	}

}
