package dev.flin.test.autoconfigure;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

import dev.flin.test.ManualClock;

/** Sets the clock back before each test. */
final class ClockTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		testContext.getApplicationContext()
			.getBeanProvider(ManualClock.class)
			.ifAvailable((clock) -> clock.set(ManualClock.START));
	}

}
