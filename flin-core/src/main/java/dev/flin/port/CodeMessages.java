package dev.flin.port;

import org.jspecify.annotations.Nullable;

/**
 * Brings codes to telephones by WhatsApp.
 */
@ServicePort(value = "messages by WhatsApp", dependencies = "org.springframework.boot:spring-boot-starter-webflux")
public interface CodeMessages {

	/** The message was not sent for a reason that is not the receiver's; for logs. */
	final class Failed extends Exception {

		private static final long serialVersionUID = 1L;

		public Failed(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

	/**
	 * Sends a code.
	 * @param number of a telephone, with its country, digits alone
	 * @return whether the number can be reached
	 */
	boolean send(String number, String code) throws Failed, InterruptedException;

}
