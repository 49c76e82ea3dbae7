package dev.flin.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The filter chains that the application has written itself. What Spring Boot sets up for an application without any
 * does not count: it locks everything, FLIN's public pages too.
 */
final class ApplicationChains {

	private static final String BOOT = "org.springframework.boot.";

	private static final Mono<Boolean> COVERED = Mono.just(true);

	private static final Mono<Boolean> NOT_COVERED = Mono.just(false);

	private final ConfigurableListableBeanFactory beans;

	private final String ownName;

	private volatile @Nullable List<SecurityWebFilterChain> chains;

	/**
	 * @param ownName the bean that is FLIN's chain
	 */
	ApplicationChains(ConfigurableListableBeanFactory beans, String ownName) {
		this.beans = beans;
		this.ownName = ownName;
	}

	boolean isEmpty() {
		return all().isEmpty();
	}

	/** Whether one of them is for a request. Most applications have one, which is asked without any detour. */
	Mono<Boolean> cover(ServerWebExchange exchange) {
		List<SecurityWebFilterChain> known = all();
		return known.isEmpty() ? NOT_COVERED : cover(exchange, known, 0);
	}

	private static Mono<Boolean> cover(ServerWebExchange exchange, List<SecurityWebFilterChain> chains, int index) {
		Mono<Boolean> matches = chains.get(index).matches(exchange);
		return (index + 1 == chains.size()) ? matches
				: matches.flatMap((match) -> match ? COVERED : cover(exchange, chains, index + 1));
	}

	private List<SecurityWebFilterChain> all() {
		List<SecurityWebFilterChain> known = this.chains;
		if (known == null) {
			List<SecurityWebFilterChain> found = new ArrayList<>();
			for (String name : this.beans.getBeanNamesForType(SecurityWebFilterChain.class)) {
				if (!name.equals(this.ownName) && !isFromBoot(name)) {
					found.add(this.beans.getBean(name, SecurityWebFilterChain.class));
				}
			}
			known = List.copyOf(found);
			this.chains = known;
		}
		return known;
	}

	private boolean isFromBoot(String name) {
		String factory = this.beans.containsBeanDefinition(name)
				? this.beans.getBeanDefinition(name).getFactoryBeanName() : null;
		Class<?> type = (factory != null) ? this.beans.getType(factory, false) : null;
		return type != null && type.getName().startsWith(BOOT);
	}

}
