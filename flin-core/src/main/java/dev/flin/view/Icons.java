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
			known = read(name);
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
