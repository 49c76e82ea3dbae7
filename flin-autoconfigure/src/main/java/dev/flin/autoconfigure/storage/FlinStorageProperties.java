package dev.flin.autoconfigure.storage;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where save_file keeps files.
 */
@ConfigurationProperties("flin.storage")
public class FlinStorageProperties {

	/** Kinds of storage. */
	public enum Type {

		/** A directory. */
		LOCAL,
		/** Amazon S3, or what speaks its protocol at an endpoint. */
		S3,
		/** Cloudflare R2. */
		R2,
		/** Google Cloud Storage, with HMAC keys. */
		GCS

	}

	/**
	 * Where files are kept.
	 */
	private Type type = Type.LOCAL;

	/**
	 * Bucket, unless files are kept in a directory.
	 */
	private String bucket = "";

	/**
	 * Where the service is, such as https://account.r2.cloudflarestorage.com. By default that of the type and region.
	 */
	private @Nullable String endpoint;

	/**
	 * Region of the bucket. By default us-east-1 for S3, else auto.
	 */
	private @Nullable String region;

	/**
	 * Name of the key that requests are signed with.
	 */
	private String accessKey = "";

	/**
	 * Key that requests are signed with.
	 */
	private String secretKey = "";

	/**
	 * How long the service may take to answer, and to go on within an answer.
	 */
	private Duration timeout = Duration.ofSeconds(60);

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Type getType() {
		return this.type;
	}

	public void setType(Type type) {
		this.type = type;
	}

	public String getBucket() {
		return this.bucket;
	}

	public void setBucket(String bucket) {
		this.bucket = bucket;
	}

	public @Nullable String getEndpoint() {
		return this.endpoint;
	}

	public void setEndpoint(@Nullable String endpoint) {
		this.endpoint = endpoint;
	}

	public @Nullable String getRegion() {
		return this.region;
	}

	public void setRegion(@Nullable String region) {
		this.region = region;
	}

	public String getAccessKey() {
		return this.accessKey;
	}

	public void setAccessKey(String accessKey) {
		this.accessKey = accessKey;
	}

	public String getSecretKey() {
		return this.secretKey;
	}

	public void setSecretKey(String secretKey) {
		this.secretKey = secretKey;
	}

}
