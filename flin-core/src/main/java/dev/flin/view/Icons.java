package dev.flin.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/** The pictures that {@code <Icon name="arrow-left" size={20}/>} draws: the Lucide set. Thread-safe. */
public final class Icons {

	private static final int DEFAULT_SIZE = 24;

	/** Names that the set used before, and that are still in use. */
	private static final Map<String, String> FORMER = Map.ofEntries(Map.entry("alert-triangle", "triangle-alert"),
			Map.entry("alert-circle", "circle-alert"), Map.entry("alert-octagon", "octagon-alert"),
			Map.entry("check-circle", "circle-check-big"), Map.entry("check-circle-2", "circle-check"),
			Map.entry("check-square", "square-check-big"), Map.entry("x-circle", "circle-x"),
			Map.entry("x-square", "square-x"), Map.entry("x-octagon", "octagon-x"),
			Map.entry("help-circle", "circle-help"), Map.entry("plus-circle", "circle-plus"),
			Map.entry("plus-square", "square-plus"), Map.entry("minus-circle", "circle-minus"),
			Map.entry("minus-square", "square-minus"), Map.entry("play-circle", "circle-play"),
			Map.entry("pause-circle", "circle-pause"), Map.entry("stop-circle", "circle-stop"),
			Map.entry("user-circle", "circle-user"), Map.entry("arrow-right-circle", "circle-arrow-right"),
			Map.entry("arrow-left-circle", "circle-arrow-left"), Map.entry("arrow-up-circle", "circle-arrow-up"),
			Map.entry("arrow-down-circle", "circle-arrow-down"), Map.entry("more-horizontal", "ellipsis"),
			Map.entry("more-vertical", "ellipsis-vertical"), Map.entry("edit", "square-pen"),
			Map.entry("edit-2", "pen"), Map.entry("edit-3", "pen-line"), Map.entry("home", "house"),
			Map.entry("loader-2", "loader-circle"), Map.entry("unlock", "lock-open"),
			Map.entry("columns", "columns-2"), Map.entry("layout", "panels-top-left"),
			Map.entry("sidebar", "panel-left"), Map.entry("grid", "grid-3x3"),
			Map.entry("sliders", "sliders-vertical"), Map.entry("verified", "badge-check"),
			Map.entry("bar-chart", "chart-no-axes-column-increasing"),
			Map.entry("bar-chart-2", "chart-no-axes-column"), Map.entry("bar-chart-3", "chart-column"),
			Map.entry("line-chart", "chart-line"), Map.entry("pie-chart", "chart-pie"),
			Map.entry("area-chart", "chart-area"), Map.entry("git-commit", "git-commit-horizontal"));

	private final Map<String, String> shapes = new ConcurrentHashMap<>();

	/** Whether the set has a picture of this name. */
	public boolean has(String name) {
		return shapes(name) != null;
	}

	/**
	 * Writes a picture.
	 * @param props {@code name}, and optionally {@code size} and any further attributes of the {@code <svg>}
	 */
	public void write(HtmlOutput out, FlinMap props) {
		String name = Printer.interpolate(props.get("name"));
		String shapes = shapes(name);
		if (shapes == null) {
			throw new FlinError("There is no icon '" + name + "'; the names are those of the Lucide set");
		}
		Object size = (props.get("size") != null) ? props.get("size") : (Object) (long) DEFAULT_SIZE;
		Attributes attributes = new Attributes();
		attributes.set("class", "lucide lucide-" + name);
		attributes.set("width", size);
		attributes.set("height", size);
		attributes.set("viewBox", "0 0 24 24");
		attributes.set("fill", "none");
		attributes.set("stroke", "currentColor");
		attributes.set("stroke-width", "2");
		attributes.set("stroke-linecap", "round");
		attributes.set("stroke-linejoin", "round");
		// A picture beside words says nothing more; whoever gives it a label gives the role too.
		attributes.set("aria-hidden", props.get("aria-label") == null ? "true" : null);
		props.forEach((key, value) -> {
			String attribute = Printer.interpolate(key);
			if (!attribute.equals("name") && !attribute.equals("size")) {
				attributes.set(attribute, value);
			}
		});
		out.rawText("<svg xmlns=\"http://www.w3.org/2000/svg\"");
		attributes.writeTo(out, "svg");
		out.rawText(">");
		out.rawText(shapes);
		out.rawText("</svg>");
	}

	private @Nullable String shapes(String name) {
		if (!name.matches("[a-z0-9-]+")) {
			return null;
		}
		String known = this.shapes.get(name);
		if (known == null) {
			String file = read(name);
			known = (file != null) ? file : read(FORMER.getOrDefault(name, name));
			if (known != null) {
				this.shapes.put(name, known);
			}
		}
		return known;
	}

	/** What stands between the tags of the picture's file. */
	private static @Nullable String read(String name) {
		try (InputStream in = Icons.class.getResourceAsStream("icons/" + name + ".svg")) {
			if (in == null) {
				return null;
			}
			String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			int start = file.indexOf('>', file.indexOf("<svg")) + 1;
			return file.substring(start, file.lastIndexOf("</svg>")).strip().replaceAll(">\\s+<", "><");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
