package dev.flin.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

import dev.flin.port.HttpCalls.AddressRule;

/**
 * Finds the addresses of names, and gives those alone that a rule allows. What it gives is what is connected to, so a
 * name that leads elsewhere the second time it is asked for gains nothing.
 */
final class CheckedResolver extends AddressResolverGroup<InetSocketAddress> {

	/** Looks a name up; may wait. */
	@FunctionalInterface
	interface Lookup {

		InetAddress[] find(String host) throws UnknownHostException;

	}

	/** A name leads only to what the rule does not allow. */
	static final class Refused extends IOException {

		private static final long serialVersionUID = 1L;

		Refused(String host) {
			super(host + " leads to no address that may be connected to");
		}

	}

	private final Lookup lookup;

	private final AddressRule rule;

	CheckedResolver(Lookup lookup, AddressRule rule) {
		this.lookup = lookup;
		this.rule = rule;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new Names(executor).asAddressResolver();
	}

	/** Never asks on the thread of the connections. */
	private final class Names extends InetNameResolver {

		Names(EventExecutor executor) {
			super(executor);
		}

		@Override
		protected void doResolve(String host, Promise<InetAddress> promise) {
			Thread.ofVirtual().name("flin-lookup").start(() -> {
				try {
					promise.trySuccess(allowed(host).get(0));
				}
				catch (IOException | RuntimeException ex) {
					promise.tryFailure(ex);
				}
			});
		}

		@Override
		protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
			Thread.ofVirtual().name("flin-lookup").start(() -> {
				try {
					promise.trySuccess(allowed(host));
				}
				catch (IOException | RuntimeException ex) {
					promise.tryFailure(ex);
				}
			});
		}

		private List<InetAddress> allowed(String host) throws IOException {
			List<InetAddress> allowed = Stream.of(CheckedResolver.this.lookup.find(host))
				.filter(CheckedResolver.this.rule::allows)
				.toList();
			if (allowed.isEmpty()) {
				throw new Refused(host);
			}
			return allowed;
		}

	}

}
