package dev.flin.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import dev.flin.test.ManualClock;

/**
 * Tests the FLIN files of a Spring Boot application without the rest of it: the engine, its routes and pages, records
 * in memory, a {@link ManualClock} and a {@code WebTestClient} that is bound to them. Of the application's own beans
 * those are there that have a method with {@code @FlinRoute} or {@code @FlinFunction}, engine customizers, and what
 * {@link #includeFilters()} names.
 * <p>
 * The clock stands at {@link ManualClock#START} at the beginning of each test. Records are those of the application
 * context: tests of a class see what the tests before have saved, unless {@code @DirtiesContext} says otherwise.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(FlinTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(FlinTypeExcludeFilter.class)
@TestExecutionListeners(listeners = ClockTestExecutionListener.class,
		mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
@AutoConfigureFlin
@AutoConfigureWebTestClient
public @interface FlinTest {

	/** Properties as {@code key=value} that are added to the {@link Environment} before the application starts. */
	String[] properties() default {};

	/** Whether only what FLIN needs is there. */
	boolean useDefaultFilters() default true;

	/** Beans of the application that are there besides. */
	Filter[] includeFilters() default {};

	/** Beans of the application that are not there. */
	Filter[] excludeFilters() default {};

	/** Auto-configuration that is left out. */
	@AliasFor(annotation = AutoConfigureFlin.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
