package dev.flin.test.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Starts a reactive application with records in memory, unless the test says otherwise. */
final class FlinTestContextBootstrapper extends TestSliceTestContextBootstrapper<FlinTest> {

	@Override
	protected String[] getProperties(Class<?> testClass) {
		List<String> properties = new ArrayList<>(
				List.of("flin.store.type=memory", "spring.main.web-application-type=reactive"));
		@Nullable FlinTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, FlinTest.class);
		if (annotation != null) {
			properties.addAll(List.of(annotation.properties()));
		}
		return properties.toArray(new String[0]);
	}

}
