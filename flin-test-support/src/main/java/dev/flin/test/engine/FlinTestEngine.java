package dev.flin.test.engine;

import java.util.Optional;

import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.opentest4j.AssertionFailedError;

import dev.flin.FlinTests;

/**
 * Runs the tests of {@code *.test.flin} files: all of the project's for a class with
 * {@link dev.flin.test.FlinFiles} or a root of the class path, or those of selected files, directories, lines and ids.
 * The parameter {@value TestSelection#NAME_KEY} keeps those whose name a regular expression matches.
 */
public final class FlinTestEngine implements TestEngine {

	/** The id of the engine. */
	public static final String ID = "flin";

	@Override
	public String getId() {
		return ID;
	}

	@Override
	public Optional<String> getGroupId() {
		return Optional.of("dev.flin");
	}

	@Override
	public Optional<String> getArtifactId() {
		return Optional.of("flin-test-support");
	}

	@Override
	public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
		ProjectFiles files = ProjectFiles.of(request.getConfigurationParameters());
		FlinDescriptor.Engine engine = new FlinDescriptor.Engine(uniqueId);
		TestSelection selection = TestSelection.of(request, files);
		if (!selection.isEmpty()) {
			engine.fill(files, selection);
		}
		return engine;
	}

	@Override
	public void execute(ExecutionRequest request) {
		FlinDescriptor.Engine root = (FlinDescriptor.Engine) request.getRootTestDescriptor();
		EngineExecutionListener listener = request.getEngineExecutionListener();
		execute(root, listener);
	}

	private static void execute(TestDescriptor descriptor, EngineExecutionListener listener) {
		listener.executionStarted(descriptor);
		TestExecutionResult result = TestExecutionResult.successful();
		switch (descriptor) {
			case FlinDescriptor.Case test -> result = run(test, listener);
			case FlinDescriptor.Broken broken ->
				result = TestExecutionResult.failed(new AssertionFailedError("does not compile\n" + broken.errors()));
			default -> descriptor.getChildren().forEach((child) -> execute(child, listener));
		}
		listener.executionFinished(descriptor, result);
	}

	private static TestExecutionResult run(FlinDescriptor.Case test, EngineExecutionListener listener) {
		try {
			FlinTests.Result result = test.tests().run(test.test());
			if (!result.printed().isEmpty()) {
				listener.reportingEntryPublished(test,
						ReportEntry.from("stdout", String.join("\n", result.printed())));
			}
			return result.passed() ? TestExecutionResult.successful()
					: TestExecutionResult.failed(failure(test, result));
		}
		catch (RuntimeException | StackOverflowError ex) {
			return TestExecutionResult.failed(ex);
		}
	}

	/** Its stack is the one of the test: IDEs lead from there to the line. */
	private static AssertionFailedError failure(FlinDescriptor.Case test, FlinTests.Result result) {
		AssertionFailedError failure = new AssertionFailedError(result.report());
		failure.setStackTrace(result.trace()
			.stream()
			.map((frame) -> element(test, frame))
			.toArray(StackTraceElement[]::new));
		return failure;
	}

	private static StackTraceElement element(FlinDescriptor.Case test, String frame) {
		int open = frame.lastIndexOf('(');
		int colon = frame.lastIndexOf(':');
		int line = Integer.parseInt(frame, colon + 1, frame.length() - 1, 10);
		return new StackTraceElement(test.test().file(), frame.substring(0, open).strip(),
				frame.substring(open + 1, colon), line);
	}

}
