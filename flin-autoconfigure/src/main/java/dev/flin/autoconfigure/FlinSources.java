package dev.flin.autoconfigure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.ResourceUtils;

import dev.flin.SourceRoot;
import dev.flin.source.SourceText;
import dev.flin.value.FileValue;

/**
 * Finds the files of the application: its own, and those that libraries carry under {@code META-INF/flin/}. When the
 * application runs from its build directory, its own are taken from the source directory.
 */
public final class FlinSources implements SourceRoot {

	/** Where the files are when nothing else is said. */
	static final String ROOT_DEFAULT = "classpath:/flin/";

	private static final String SUFFIX = ".flin";

	private static final String PACKAGES = "classpath*:/META-INF/flin/";

	private static final String MESSAGES = "i18n/";

	/** So that their numbers have the same length, and an order. */
	private static final int LIBRARIES_MAX = 9999;

	/** Where build tools put resources, and where these come from. */
	private static final List<String[]> LAYOUTS = List.of(
			new String[] { "target/classes/", "src/main/resources/" },
			new String[] { "target/test-classes/", "src/test/resources/" },
			new String[] { "build/resources/main/", "src/main/resources/" },
			new String[] { "build/resources/test/", "src/test/resources/" });

	private static final Logger logger = LoggerFactory.getLogger(FlinSources.class);

	private final ResourcePatternResolver resolver;

	private final String location;

	private final @Nullable Path directory;

	/** What was said already about files of libraries, which are read again with each change of another. */
	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	FlinSources(String root, @Nullable ClassLoader classLoader) {
		this.resolver = new PathMatchingResourcePatternResolver(classLoader);
		this.location = root.endsWith("/") ? root : root + "/";
		this.directory = directoryOf(this.location);
	}

	/** The directory that the files are read from, to be watched; null when they are in a jar. */
	public @Nullable Path directory() {
		return this.directory;
	}

	/** Whether there is any file of the language. Reads no file: it is asked several times before the start. */
	boolean hasFiles() {
		try {
			Path own = this.directory;
			if (own == null) {
				return hasResources(this.location) || hasResources(PACKAGES);
			}
			try (Stream<Path> paths = Files.walk(own)) {
				if (paths.anyMatch((path) -> path.toString().endsWith(SUFFIX))) {
					return true;
				}
			}
			return hasResources(PACKAGES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean hasResources(String from) throws IOException {
		return Stream.of(resources(from)).anyMatch((resource) -> {
			String name = resource.getFilename();
			return name != null && name.endsWith(SUFFIX);
		});
	}

	String describe() {
		return (this.directory != null) ? this.directory.toString() : this.location;
	}

	@Override
	public Tree read() {
		try {
			Map<String, String> sources = new LinkedHashMap<>();
			Map<String, FileValue> files = new LinkedHashMap<>();
			readPackages(sources, files);
			if (this.directory != null) {
				Tree own = SourceRoot.directory(this.directory).read();
				sources.putAll(own.sources());
				files.putAll(own.files());
			}
			else {
				readAll(this.location, sources, files);
			}
			return new Tree(sources, files);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As with classes, the first on the class path has a name that two libraries give to a file. */
	private void readPackages(Map<String, String> sources, Map<String, FileValue> files) throws IOException {
		Map<String, String> places = new HashMap<>();
		List<String> libraries = new ArrayList<>();
		for (Resource resource : resources(PACKAGES)) {
			String below = pathBelow(PACKAGES, resource);
			if (below == null) {
				continue;
			}
			String path = below.startsWith(MESSAGES) ? messages(below, decoded(resource.getURL()), libraries) : below;
			String first = places.putIfAbsent(path, resource.getURL().toString());
			if (first == null) {
				read(path, resource, sources, files);
			}
			else if (!first.equals(resource.getURL().toString()) && this.warned.add(path)) {
				logger.warn("Two libraries have a file {}: {} is used, {} is not", path, first, resource.getURL());
			}
		}
	}

	/**
	 * Messages of one language come from the application and from all libraries together: each library has a place of
	 * its own. Among them those count that are read last, so the first on the class path has the highest number.
	 */
	private static String messages(String path, String url, List<String> libraries) {
		String library = url.substring(0, url.length() - path.length());
		if (!libraries.contains(library)) {
			libraries.add(library);
		}
		return MESSAGES + "@" + (LIBRARIES_MAX - libraries.indexOf(library)) + path.substring(MESSAGES.length() - 1);
	}

	private void readAll(String from, Map<String, String> sources, Map<String, FileValue> files) throws IOException {
		for (Resource resource : resources(from)) {
			String path = pathBelow(from, resource);
			if (path != null) {
				read(path, resource, sources, files);
			}
		}
	}

	/** The path of a file; null when it is none that can be read. */
	private static @Nullable String pathBelow(String from, Resource resource) throws IOException {
		String marker = from.substring(from.indexOf(':') + 1).replaceFirst("^/+", "");
		String url = decoded(resource.getURL());
		int at = url.lastIndexOf("/" + marker);
		return (at < 0 || url.endsWith("/") || !resource.isReadable()) ? null : url.substring(at + marker.length() + 1);
	}

	private static void read(String path, Resource resource, Map<String, String> sources, Map<String, FileValue> files)
			throws IOException {
		String served = SourceRoot.servedName(path);
		if (served != null) {
			files.put(served,
					new FileValue(path.substring(path.lastIndexOf('/') + 1), SourceRoot.contentType(served),
							resource.contentLength(), "/" + served, resource::getInputStream));
		}
		else if (SourceRoot.isSource(path)) {
			sources.put(path, SourceText.decoded(path, resource.getContentAsByteArray()));
		}
	}

	private Resource[] resources(String from) throws IOException {
		try {
			return this.resolver.getResources(from + "**/*");
		}
		catch (FileNotFoundException ex) {
			return new Resource[0];
		}
	}

	private static String decoded(URL url) {
		return URLDecoder.decode(url.toString().replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private @Nullable Path directoryOf(String root) {
		try {
			Resource resource = this.resolver.getResource(withScheme(root));
			if (!resource.exists() || !ResourceUtils.isFileURL(resource.getURL())) {
				return null;
			}
			Path found = resource.getFile().toPath().toAbsolutePath().normalize();
			Path source = sourceOf(found);
			return Files.isDirectory(source) ? source : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withScheme(String root) {
		return root.contains(":") ? root : "file:" + root;
	}

	/** The directory that a build tool copied this one from; itself when it was not copied. */
	private static Path sourceOf(Path built) {
		String path = built.toString().replace('\\', '/') + "/";
		for (String[] layout : LAYOUTS) {
			int at = path.lastIndexOf("/" + layout[0]);
			if (at >= 0) {
				String below = path.substring(at + 1 + layout[0].length());
				Path source = Path.of(path.substring(0, at + 1) + layout[1] + below);
				if (Files.isDirectory(source)) {
					return source;
				}
			}
		}
		return built;
	}

}
