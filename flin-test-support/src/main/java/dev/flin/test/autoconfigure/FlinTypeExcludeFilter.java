package dev.flin.test.autoconfigure;

import java.io.IOException;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.function.FlinFunction;
import dev.flin.autoconfigure.route.FlinRoute;

/** Lets through what the files of FLIN call. */
final class FlinTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<FlinTest> {

	FlinTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected boolean defaultInclude(MetadataReader metadataReader, MetadataReaderFactory metadataReaderFactory)
			throws IOException {
		var metadata = metadataReader.getAnnotationMetadata();
		return metadata.hasAnnotatedMethods(FlinRoute.class.getName())
				|| metadata.hasAnnotatedMethods(FlinFunction.class.getName())
				|| java.util.Arrays.asList(metadata.getInterfaceNames()).contains(FlinEngineCustomizer.class.getName())
				|| super.defaultInclude(metadataReader, metadataReaderFactory);
	}

}
