package dev.flin.autoconfigure.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties of requests to other servers.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("flin.http")
public class FlinHttpProperties {

	/**
	 * What may be connected to beside the public internet: hosts such as api.internal, *.internal for those below one,
	 * addresses and networks such as 10.1.0.0/16.
	 */
	private List<String> allow = new ArrayList<>();

	/**
	 * How long a request may take that says nothing else, from the first step to the last byte of the answer.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * How large the body of an answer may be, after it was decompressed.
	 */
	private DataSize maxBody = DataSize.ofMegabytes(10);

	public List<String> getAllow() {
		return this.allow;
	}

	public void setAllow(List<String> allow) {
		this.allow = allow;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public DataSize getMaxBody() {
		return this.maxBody;
	}

	public void setMaxBody(DataSize maxBody) {
		this.maxBody = maxBody;
	}

}
