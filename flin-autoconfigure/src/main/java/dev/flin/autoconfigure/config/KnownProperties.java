package dev.flin.autoconfigure.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import dev.flin.diag.Spelling;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The properties that begin with {@code flin.}, by the metadata that editors complete them from. Those of other
 * libraries are looked at only for a name that FLIN itself does not have.
 */
final class KnownProperties {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String PREFIX = "flin.";

	private final @Nullable ClassLoader classLoader;

	private final Set<String> names = new TreeSet<>();

	/** Those with further names below them. */
	private final List<ConfigurationPropertyName> maps = new ArrayList<>();

	private boolean ofLibraries;

	private KnownProperties(@Nullable ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	static KnownProperties read(@Nullable ClassLoader classLoader) {
		KnownProperties known = new KnownProperties(classLoader);
		known.add(own());
		return known;
	}

	boolean has(ConfigurationPropertyName name) {
		if (isIn(name)) {
			return true;
		}
		if (!this.ofLibraries) {
			this.ofLibraries = true;
			libraries().forEach(this::add);
			return isIn(name);
		}
		return false;
	}

	private boolean isIn(ConfigurationPropertyName name) {
		ConfigurationPropertyName plain = withoutIndex(name);
		return this.names.stream().anyMatch((known) -> ConfigurationPropertyName.of(known).equals(plain))
				|| this.maps.stream().anyMatch((map) -> map.isAncestorOf(plain));
	}

	/** One that is written nearly so, or the only one with the same last word. */
	@Nullable String nearest(ConfigurationPropertyName name) {
		ConfigurationPropertyName plain = withoutIndex(name);
		String end = "." + plain.getLastElement(ConfigurationPropertyName.Form.DASHED);
		String rest = plain.toString().substring(PREFIX.length());
		List<String> known = this.names.stream().map((each) -> each.substring(PREFIX.length())).toList();
		return Spelling.nearest(rest, known).map((near) -> PREFIX + near).orElseGet(() -> {
			List<String> same = this.names.stream().filter((each) -> each.endsWith(end)).toList();
			return (same.size() == 1) ? same.getFirst() : null;
		});
	}

	/** The list of which it names an element. */
	private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
		ConfigurationPropertyName plain = name;
		while (plain.isLastElementIndexed()) {
			plain = plain.getParent();
		}
		return plain;
	}

	private void add(Resource metadata) {
		try {
			if (!metadata.exists()) {
				return;
			}
			String text = metadata.getContentAsString(StandardCharsets.UTF_8);
			if (text.contains('"' + PREFIX) && JsonParser.parse(text) instanceof FlinMap all
					&& all.get("properties") instanceof FlinList properties) {
				properties.forEach(this::add);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(@Nullable Object property) {
		if (property instanceof FlinMap one && one.get("name") instanceof String name && name.startsWith(PREFIX)) {
			this.names.add(name);
			if (String.valueOf(one.get("type")).startsWith("java.util.Map")) {
				this.maps.add(ConfigurationPropertyName.of(name));
			}
		}
	}

	/** What stands beside this class: every library has a file of the same name. */
	private static Resource own() {
		String file = KnownProperties.class.getName().replace('.', '/') + ".class";
		URL here = KnownProperties.class.getClassLoader().getResource(file);
		String root = String.valueOf(here);
		try {
			return new UrlResource(URI.create(root.substring(0, root.length() - file.length()) + METADATA));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Set<Resource> libraries() {
		try {
			return new LinkedHashSet<>(List.of(new PathMatchingResourcePatternResolver(this.classLoader)
				.getResources("classpath*:" + METADATA)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
