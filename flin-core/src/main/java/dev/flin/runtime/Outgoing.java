package dev.flin.runtime;

import java.time.Duration;

import dev.flin.port.HttpCalls;

/**
 * What programs may ask of other servers. A service of contexts.
 */
public interface Outgoing {

	/** What may be connected to under a name or address, in lower case. */
	HttpCalls.AddressRule rule(String host);

	/** How long a call may take that says nothing else. */
	Duration timeout();

	/** How many bytes the body of an answer may have. */
	int bytesMax();

}
