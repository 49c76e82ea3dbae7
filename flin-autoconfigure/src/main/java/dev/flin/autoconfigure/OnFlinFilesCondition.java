package dev.flin.autoconfigure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/**
 * Matches when the application uses FLIN: when there is a file of the language, or a bean with a route for it. Without
 * any, the starter does nothing.
 */
public class OnFlinFilesCondition extends SpringBootCondition {

	private static final String ROUTE = "dev.flin.autoconfigure.route.FlinRoute";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("FLIN files");
		String root = context.getEnvironment().getProperty("flin.root", FlinSources.ROOT_DEFAULT);
		FlinSources sources = new FlinSources(root, context.getClassLoader());
		if (sources.hasFiles()) {
			return ConditionOutcome.match(message.foundExactly(sources.describe()));
		}
		String bean = beanWithRoute(context);
		return (bean != null) ? ConditionOutcome.match(message.found("@FlinRoute in bean").items(bean))
				: ConditionOutcome.noMatch(message.didNotFind("any .flin file").atAll());
	}

	/** Looks at what was read of classes already, and at what the methods of configurations give. */
	private static @Nullable String beanWithRoute(ConditionContext context) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (beans == null) {
			return null;
		}
		MetadataReaderFactory reader = new SimpleMetadataReaderFactory(context.getResourceLoader());
		for (String name : beans.getBeanDefinitionNames()) {
			if (beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
					&& hasRoute(definition.getMetadata(), reader)) {
				return name;
			}
		}
		return null;
	}

	private static boolean hasRoute(AnnotationMetadata type, MetadataReaderFactory reader) {
		return isForeign(type.getClassName()) && (type.hasAnnotatedMethods(ROUTE)
				|| type.getAnnotatedMethods(Bean.class.getName())
					.stream()
					.map(MethodMetadata::getReturnTypeName)
					.anyMatch((given) -> isForeign(given) && givesRoute(given, reader)));
	}

	private static boolean givesRoute(String type, MetadataReaderFactory reader) {
		try {
			return reader.getMetadataReader(type).getAnnotationMetadata().hasAnnotatedMethods(ROUTE);
		}
		catch (FileNotFoundException absent) {
			// a method of a configuration that applies only where its class is on the class path
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The class of a bean cannot be read: " + Objects.toString(type), ex);
		}
	}

	/** Whether routes of an application may be there. */
	private static boolean isForeign(String type) {
		return type.indexOf('.') > 0 && !type.startsWith("org.springframework.") && !type.startsWith("java.")
				&& type.indexOf('[') < 0;
	}

}
