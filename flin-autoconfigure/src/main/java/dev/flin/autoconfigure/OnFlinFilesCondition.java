package dev.flin.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when there is a file of the language: without any, the starter does nothing.
 */
public class OnFlinFilesCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("FLIN files");
		String root = context.getEnvironment().getProperty("flin.root", "classpath:/flin/");
		FlinSources sources = new FlinSources(root, context.getClassLoader());
		return sources.hasFiles() ? ConditionOutcome.match(message.foundExactly(sources.describe()))
				: ConditionOutcome.noMatch(message.didNotFind("any .flin file").atAll());
	}

}
