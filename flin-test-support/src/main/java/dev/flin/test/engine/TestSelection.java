package dev.flin.test.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.ClasspathRootSelector;
import org.junit.platform.engine.discovery.DirectorySelector;
import org.junit.platform.engine.discovery.FileSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.discovery.UriSelector;

import dev.flin.FlinTest;
import dev.flin.test.FlinFiles;

/** Which tests somebody asked for. */
final class TestSelection {

	/** A regular expression that the names of tests have to match somewhere. */
	static final String NAME_KEY = "flin.test.name";

	/**
	 * What is asked for.
	 *
	 * @param place a file or directory on disk; null for all
	 * @param path a file in the application; null for all
	 * @param line a line in the file, or 0
	 * @param name the name of a test; null for all
	 */
	private record Wanted(@Nullable Path place, @Nullable String path, int line, @Nullable String name) {

		static final Wanted ALL = new Wanted(null, null, 0, null);

		boolean includesFile(ProjectFiles files, String file) {
			return (this.path == null || this.path.equals(file))
					&& (this.place == null || files.file(file).startsWith(this.place));
		}

		boolean includes(FlinTest test) {
			return (this.name == null || this.name.equals(test.name())) && (this.line == 0 || test.isAt(this.line));
		}

	}

	private final ProjectFiles files;

	private final List<Wanted> wanted = new ArrayList<>();

	private final Predicate<String> names;

	/** The class that stands for all files; null when they were not selected by one. */
	private @Nullable String className;

	private TestSelection(ProjectFiles files, Predicate<String> names) {
		this.files = files;
		this.names = names;
	}

	static TestSelection of(EngineDiscoveryRequest request, ProjectFiles files) {
		TestSelection selection = new TestSelection(files, request.getConfigurationParameters()
			.get(NAME_KEY)
			.map(Pattern::compile)
			.map(Pattern::asPredicate)
			.orElse((name) -> true));
		request.getSelectorsByType(ClassSelector.class)
			.stream()
			.filter(TestSelection::standsForFiles)
			.findFirst()
			.ifPresent((each) -> selection.className = each.getClassName());
		if (selection.className != null || !request.getSelectorsByType(ClasspathRootSelector.class).isEmpty()) {
			selection.wanted.add(Wanted.ALL);
		}
		request.getSelectorsByType(DirectorySelector.class).forEach((each) -> selection.add(each.getPath(), 0));
		request.getSelectorsByType(FileSelector.class)
			.forEach((each) -> selection.add(each.getPath(),
					each.getPosition().map((position) -> position.getLine()).orElse(0)));
		request.getSelectorsByType(UriSelector.class).forEach((each) -> selection.add(each.getUri()));
		request.getSelectorsByType(UniqueIdSelector.class).forEach((each) -> selection.add(each.getUniqueId()));
		return selection;
	}

	private static boolean standsForFiles(ClassSelector selector) {
		return AnnotationSupport.isAnnotated(selector.getJavaClass(), FlinFiles.class);
	}

	private void add(Path place, int line) {
		this.wanted.add(new Wanted(place.toAbsolutePath().normalize(), null, line, null));
	}

	private void add(URI uri) {
		if ("file".equals(uri.getScheme())) {
			add(Path.of(uri.getPath()), 0);
		}
	}

	private void add(UniqueId id) {
		if (!id.getEngineId().filter(FlinTestEngine.ID::equals).isPresent()) {
			return;
		}
		String fromClass = segment(id, FlinDescriptor.CLASS);
		if (fromClass != null) {
			this.className = fromClass;
		}
		this.wanted.add(new Wanted(null, segment(id, FlinDescriptor.FILE), 0, segment(id, FlinDescriptor.TEST)));
	}

	private static @Nullable String segment(UniqueId id, String type) {
		return id.getSegments()
			.stream()
			.filter((each) -> each.getType().equals(type))
			.map(UniqueId.Segment::getValue)
			.findFirst()
			.orElse(null);
	}

	@Nullable String className() {
		return this.className;
	}

	boolean isEmpty() {
		return this.wanted.isEmpty();
	}

	boolean includesFile(String path) {
		return this.wanted.stream().anyMatch((each) -> each.includesFile(this.files, path));
	}

	boolean includes(FlinTest test) {
		return this.names.test(test.name()) && this.wanted.stream()
			.anyMatch((each) -> each.includesFile(this.files, test.file()) && each.includes(test));
	}

}
