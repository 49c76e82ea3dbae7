package dev.flin.test.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.FilePosition;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

import dev.flin.test.FlinFiles;

/** Tests of files as tests of JUnit. */
class FlinTestEngineTests {

	@TempDir
	private Path project;

	@BeforeEach
	void project() throws IOException {
		file("main/app/hello.flin", "route GET { { hello: query.name ?? \"world\" } }");
		file("main/app/hello.test.flin", """
				test "greets the world" {
				    assert request(GET, "/hello").body.hello == "world"
				}

				test "greets somebody" {
				    print("asking")
				    assert request(GET, "/hello?name=Ada").body.hello == "Bob"
				}
				""");
		file("test/more.test.flin", "test \"adds\" { assert 1 + 1 == 2 }");
	}

	@FlinFiles
	static class AllFiles {

	}

	@Test
	void aClassStandsForAllFiles() {
		run(selectClass(AllFiles.class)).testEvents()
			.assertStatistics((events) -> events.started(3).succeeded(2).failed(1));
	}

	/** Surefire and Gradle count and report what lies below a class, and nothing else, failures neither. */
	@Test
	void testsLieBelowTheClassThatStandsForThem() {
		List<Event> started = run(selectClass(AllFiles.class)).testEvents().started().list();
		assertThat(started).hasSize(3)
			.allSatisfy((event) -> assertThat(event.getTestDescriptor()
				.getParent()
				.flatMap(TestDescriptor::getParent)
				.flatMap(TestDescriptor::getSource)).contains(ClassSource.from(AllFiles.class.getName())));
		assertThat(names(run(selectUniqueId(started.getFirst().getTestDescriptor().getUniqueId()))))
			.containsExactly(started.getFirst().getTestDescriptor().getDisplayName());
	}

	/** Surefire writes it into its reports as the class of the tests. */
	@Test
	void reportsNameTheClassWithItsPackage() {
		List<Event> started = run(selectClass(AllFiles.class)).testEvents().started().list();
		assertThat(started.getFirst()
			.getTestDescriptor()
			.getParent()
			.flatMap(TestDescriptor::getParent)
			.map(TestDescriptor::getLegacyReportingName)).hasValue(AllFiles.class.getName());
	}

	@Test
	void anotherClassStandsForNothing() {
		run(selectClass(FlinTestEngineTests.class)).testEvents().assertStatistics((events) -> events.started(0));
	}

	@Test
	void failuresShowBothSidesAndLeadToTheLine() {
		Event failed = run(selectClass(AllFiles.class)).testEvents().failed().stream().findFirst().orElseThrow();
		assertThat(failed.getTestDescriptor().getDisplayName()).isEqualTo("greets somebody");
		assertThat(failed.getTestDescriptor().getSource()).hasValueSatisfying((source) -> {
			FileSource place = (FileSource) source;
			assertThat(place.getFile()).isEqualTo(this.project.resolve("main/app/hello.test.flin").toFile());
			assertThat(place.getPosition()).hasValueSatisfying((at) -> assertThat(at.getLine()).isEqualTo(5));
		});
		Throwable failure = failed.getRequiredPayload(TestExecutionResult.class)
			.getThrowable()
			.orElseThrow();
		assertThat(failure).hasMessage("""
				assertion failed: request(GET, "/hello?name=Ada").body.hello == "Bob"
				  left:  "Ada"
				  right: "Bob"
				  at test (app/hello.test.flin:7)""");
		assertThat(failure.getStackTrace()[0].getFileName()).isEqualTo("app/hello.test.flin");
		assertThat(failure.getStackTrace()[0].getLineNumber()).isEqualTo(7);
	}

	@Test
	void whatIsPrintedIsReported() {
		assertThat(run(selectClass(AllFiles.class)).testEvents().reportingEntryPublished().count()).isEqualTo(1);
	}

	@Test
	void filesDirectoriesLinesAndIdsAreChosen() {
		String hello = this.project.resolve("main/app/hello.test.flin").toString();
		assertThat(names(run(selectFile(hello)))).containsExactly("greets the world", "greets somebody");
		assertThat(names(run(selectFile(hello, FilePosition.from(2))))).containsExactly("greets the world");
		assertThat(names(run(selectDirectory(this.project.resolve("test").toString())))).containsExactly("adds");
		assertThat(names(run(selectUniqueId("[engine:flin]/[file:app%2Fhello.test.flin]/[test:greets the world]"))))
			.containsExactly("greets the world");
	}

	@Test
	void aNameIsChosen() {
		EngineExecutionResults results = kit(selectClass(AllFiles.class))
			.configurationParameter("flin.test.name", "^greets the")
			.execute();
		assertThat(names(results)).containsExactly("greets the world");
	}

	@Test
	void aFileThatDoesNotCompileIsAFailedTest() throws IOException {
		file("main/app/broken.test.flin", "test \"x\" { assert unknown }");
		Event failed = run(selectClass(AllFiles.class)).testEvents()
			.failed()
			.stream()
			.filter((event) -> event.getTestDescriptor().getDisplayName().equals("compiles"))
			.findFirst()
			.orElseThrow();
		assertThat(failed.getRequiredPayload(TestExecutionResult.class).getThrowable())
			.hasValueSatisfying((failure) -> assertThat(failure).hasMessageContaining("E0102"));
	}

	private EngineExecutionResults run(DiscoverySelector selector) {
		return kit(selector).execute();
	}

	private EngineTestKit.Builder kit(DiscoverySelector selector) {
		return EngineTestKit.engine("flin")
			.selectors(selector)
			.configurationParameter("flin.test.root", this.project.resolve("main").toString())
			.configurationParameter("flin.test.directory", this.project.resolve("test").toString());
	}

	private static List<String> names(EngineExecutionResults results) {
		return results.testEvents()
			.started()
			.map((event) -> event.getTestDescriptor().getDisplayName())
			.toList();
	}

	private void file(String path, String text) throws IOException {
		Path file = this.project.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
