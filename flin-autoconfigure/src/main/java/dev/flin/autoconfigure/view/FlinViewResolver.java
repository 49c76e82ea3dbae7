package dev.flin.autoconfigure.view;

import java.util.Locale;

import org.springframework.core.Ordered;
import org.springframework.web.reactive.result.view.View;
import org.springframework.web.reactive.result.view.ViewResolver;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.flin.autoconfigure.FlinTemplates;
import dev.flin.autoconfigure.values.JavaValues;

/** Finds components and pages by the names that controllers return. Names that FLIN does not know are for others. */
final class FlinViewResolver implements ViewResolver, Ordered {

	/** Before resolvers that take every name. */
	private static final int ORDER = Ordered.LOWEST_PRECEDENCE - 10;

	private final FlinTemplates templates;

	private final JavaValues values;

	private final Scheduler scheduler;

	FlinViewResolver(FlinTemplates templates, JavaValues values, Scheduler scheduler) {
		this.templates = templates;
		this.values = values;
		this.scheduler = scheduler;
	}

	@Override
	public Mono<View> resolveViewName(String viewName, Locale locale) {
		return this.templates.exists(viewName)
				? Mono.just(new FlinView(viewName, this.templates, this.values, this.scheduler)) : Mono.empty();
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
