package dev.flin.test.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.FilePosition;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import dev.flin.test.FlinFiles;

/** What an IDE does: it shows the tests of a class, runs them, leads to one, and runs the failed ones again. */
class InAnIdeTests {

	@TempDir
	private Path project;

	@FlinFiles
	static class AllFiles {

		void noTestOfFlin() {
		}

	}

	/** The outcome of each test that ran, by its name. */
	private static final class Run implements TestExecutionListener {

		private final Map<String, TestExecutionResult> results = new TreeMap<>();

		private final Map<String, TestIdentifier> tests = new TreeMap<>();

		@Override
		public void executionFinished(TestIdentifier test, TestExecutionResult result) {
			if (test.isTest()) {
				this.tests.put(test.getDisplayName(), test);
				this.results.put(test.getDisplayName(), result);
			}
		}

		private Status status(String name) {
			return this.results.get(name).getStatus();
		}

	}

	@BeforeEach
	void project() throws IOException {
		file("main/app/hello.flin", "route GET { { hello: query.name ?? \"world\" } }");
		file("main/app/hello.test.flin", """
				test "greets the world" {
				    assert request(GET, "/hello").body.hello == "world"
				}

				test "greets somebody" {
				    assert request(GET, "/hello?name=Ada").body.hello == "Bob"
				}
				""");
		file("test/sums/more.test.flin", "test \"adds\" { assert 1 + 1 == 2 }");
	}

	@Test
	void theTestsOfAClassAreShownWithTheirPlaces() {
		TestPlan plan = LauncherFactory.create().discover(request(selectClass(AllFiles.class)));
		List<TestIdentifier> tests = plan.getRoots()
			.stream()
			.flatMap((root) -> plan.getDescendants(root).stream())
			.filter(TestIdentifier::isTest)
			.toList();
		assertThat(tests).extracting(TestIdentifier::getDisplayName)
			.containsExactlyInAnyOrder("greets the world", "greets somebody", "adds");
		assertThat(tests).allSatisfy((test) -> assertThat(test.getSource()).containsInstanceOf(FileSource.class));
		FileSource place = tests.stream()
			.filter((test) -> test.getDisplayName().equals("greets somebody"))
			.findFirst()
			.flatMap(TestIdentifier::getSource)
			.map(FileSource.class::cast)
			.orElseThrow();
		assertThat(place.getFile()).isEqualTo(this.project.resolve("main/app/hello.test.flin").toFile());
		assertThat(place.getPosition()).hasValueSatisfying((at) -> assertThat(at.getLine()).isEqualTo(5));
	}

	@Test
	void theFailedTestRunsAgainByItsId() throws IOException {
		Run first = run(selectClass(AllFiles.class));
		assertThat(first.results).hasSize(3);
		assertThat(first.status("greets somebody")).isEqualTo(Status.FAILED);
		String failed = first.tests.get("greets somebody").getUniqueId();
		assertThat(run(selectUniqueId(failed)).results).containsOnlyKeys("greets somebody");
		Path file = this.project.resolve("main/app/hello.test.flin");
		Files.writeString(file, Files.readString(file).replace("Bob", "Ada"));
		Run again = run(selectUniqueId(failed));
		assertThat(again.results).containsOnlyKeys("greets somebody");
		assertThat(again.status("greets somebody")).isEqualTo(Status.SUCCESSFUL);
	}

	@Test
	void severalFailedTestsRunAgainTogether() {
		Run all = run(selectClass(AllFiles.class));
		assertThat(run(selectUniqueId(all.tests.get("adds").getUniqueId()),
				selectUniqueId(all.tests.get("greets the world").getUniqueId())).results)
			.containsOnlyKeys("adds", "greets the world");
	}

	@Test
	void aFileADirectoryAndTheLineOfACaretRunAlone() {
		String hello = this.project.resolve("main/app/hello.test.flin").toString();
		assertThat(run(selectFile(hello)).results).containsOnlyKeys("greets the world", "greets somebody");
		assertThat(run(selectFile(hello, FilePosition.from(6))).results).containsOnlyKeys("greets somebody");
		assertThat(run(selectDirectory(this.project.resolve("test/sums").toString())).results)
			.containsOnlyKeys("adds");
	}

	@Test
	void aMethodOfTheClassStandsForNoFile() {
		assertThat(run(selectMethod(AllFiles.class, "noTestOfFlin")).results).isEmpty();
	}

	private Run run(DiscoverySelector... selectors) {
		Run run = new Run();
		LauncherFactory.create().execute(request(selectors), run);
		return run;
	}

	private LauncherDiscoveryRequest request(DiscoverySelector... selectors) {
		return LauncherDiscoveryRequestBuilder.request()
			.selectors(selectors)
			.configurationParameter("flin.test.root", this.project.resolve("main").toString())
			.configurationParameter("flin.test.directory", this.project.resolve("test").toString())
			.build();
	}

	private void file(String path, String text) throws IOException {
		Path file = this.project.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
