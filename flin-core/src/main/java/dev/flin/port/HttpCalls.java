package dev.flin.port;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Sends requests to other servers, one at a time. Redirects are not followed, and nothing is sent twice, but for a
 * connection that the server had closed before anything was sent on it.
 */
@ServicePort(value = "requests to other servers",
		dependencies = "org.springframework.boot:spring-boot-starter-webflux")
public interface HttpCalls {

	/** Says what may be connected to. */
	@FunctionalInterface
	interface AddressRule {

		boolean allows(InetAddress address);

	}

	/** A header field. */
	record Field(String name, String value) {
	}

	/**
	 * A request.
	 *
	 * @param address has a scheme, {@code http} or {@code https}, a host and a path
	 * @param body null for none
	 * @param timeout from the first step to the last byte of the answer
	 * @param bytesMax how much the body of the answer may be, also after it was decompressed
	 * @param rule is asked for each address before it is connected to, whatever the host's name led to before
	 */
	record Call(String method, URI address, List<Field> fields, byte @Nullable [] body, Duration timeout, int bytesMax,
			AddressRule rule) {
	}

	/** What came back. */
	record Answer(int status, List<Field> fields, byte[] body) {
	}

	/** Why nothing came back. */
	enum Reason {

		/** The rule allows no address of the host. Nothing was connected to. */
		ADDRESS_REFUSED,
		/** There is no connection, so nothing was sent. */
		UNREACHABLE,
		/** It took too long. */
		TIMEOUT,
		/** The answer is larger than it may be. */
		TOO_LARGE,
		/** The connection broke, or what came is no answer. */
		BROKEN

	}

	/** Nothing came back. */
	final class Failed extends Exception {

		private static final long serialVersionUID = 1L;

		private final Reason reason;

		public Failed(Reason reason, @Nullable Throwable cause) {
			super(reason.name(), cause);
			this.reason = reason;
		}

		public Reason reason() {
			return this.reason;
		}

	}

	/** Sends a request and waits for the whole answer. */
	Answer send(Call call) throws Failed, InterruptedException;

}
