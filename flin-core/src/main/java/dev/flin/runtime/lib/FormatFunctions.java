package dev.flin.runtime.lib;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Convert;
import dev.flin.runtime.text.HtmlText;
import dev.flin.runtime.text.Toml;
import dev.flin.runtime.text.Yaml;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * YAML, TOML and XML.
 */
public final class FormatFunctions {

	private static final int DEPTH_MAX = 200;

	private FormatFunctions() {
	}

	@Builtin(value = "parse_yaml(s: text) -> any", doc = "The value of a YAML 1.2 document.",
			example = "parse_yaml(\"a: 1\").a // 1",
			errors = "parse_yaml(\"a: [1\") // Malformed YAML at line 1: expected ',' or ']', but got <stream end>")
	public static @Nullable Object parseYaml(String s) {
		return Yaml.parse(s);
	}

	@Builtin(value = "to_yaml(x: any) -> text", doc = "The value as YAML.",
			example = "to_yaml([\"n\": 3]) // \"n: 3\\n\"")
	public static String toYaml(@Nullable Object x) {
		return Yaml.write(x);
	}

	@Builtin(value = "parse_toml(s: text) -> any",
			doc = "The table that is written as TOML; a date with an offset is a time, other dates are texts.",
			example = "parse_toml(\"a = 1\").a // 1",
			errors = "parse_toml(\"[a\") // Malformed TOML at line 1: Unexpected end of input, expected ]")
	public static Object parseToml(String s) {
		return Toml.parse(s);
	}

	@Builtin(value = "parse_xml(s: text) -> any",
			doc = "The root element: `name`, `attributes`, `text` and `children`. Document types are refused.",
			example = "parse_xml(\"<a x='1'><b>t</b></a>\").children[0].text // \"t\"",
			errors = "parse_xml(\"<a>\") // Malformed XML at line 1")
	public static Object parseXml(String s) {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		try {
			XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(s));
			while (reader.next() != XMLStreamConstants.START_ELEMENT) {
				if (reader.getEventType() == XMLStreamConstants.DTD) {
					throw new FlinError("XML with a document type is refused");
				}
			}
			FlinMap root = element(reader, 0);
			while (reader.hasNext()) {
				reader.next();
			}
			reader.close();
			return root;
		}
		catch (XMLStreamException ex) {
			throw new FlinError(FlinError.ERROR, "Malformed XML at line " + ex.getLocation().getLineNumber(), ex);
		}
	}

	@Builtin(value = "to_xml(x: any) -> text", doc =
			"The element that `parse_xml` gives, as XML; or the only key of a map with what is in it.",
			example = "to_xml(parse_xml(\"<a><b>t</b></a>\")) // \"<a><b>t</b></a>\"\n"
					+ "to_xml({ a: { b: [1, 2] } }) // \"<a><b>1</b><b>2</b></a>\"")
	public static String toXml(@Nullable Object x) {
		StringBuilder out = new StringBuilder();
		FlinMap element = Convert.toMap(x, "x");
		if (element.size() == 1 && !element.containsKey("name")) {
			element = plain(Printer.print(element.keyAt(element.next(-1))), element.valueAt(element.next(-1)), 0);
		}
		write(out, element, 0);
		return out.toString();
	}

	/** The element of a name and a plain value: keys of maps and elements of lists become children. */
	private static FlinMap plain(String name, @Nullable Object value, int depth) {
		if (depth > DEPTH_MAX) {
			throw new FlinError("XML nested deeper than " + DEPTH_MAX);
		}
		FlinList children = new FlinList();
		if (value instanceof FlinMap map) {
			for (int at = map.next(-1); at >= 0; at = map.next(at)) {
				String key = Printer.print(map.keyAt(at));
				if (map.valueAt(at) instanceof FlinList list) {
					list.forEach(x -> children.add(plain(key, x, depth + 1)));
				}
				else {
					children.add(plain(key, map.valueAt(at), depth + 1));
				}
			}
			return FlinMap.of("name", name, "children", children);
		}
		if (value instanceof FlinList list) {
			list.forEach(x -> children.add(plain("item", x, depth + 1)));
			return FlinMap.of("name", name, "children", children);
		}
		return FlinMap.of("name", name, "text", Printer.interpolate(value));
	}

	private static FlinMap element(XMLStreamReader reader, int depth) throws XMLStreamException {
		if (depth > DEPTH_MAX) {
			throw new FlinError("XML nested deeper than " + DEPTH_MAX);
		}
		FlinMap attributes = new FlinMap();
		for (int i = 0; i < reader.getAttributeCount(); i++) {
			attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
		}
		String name = reader.getLocalName();
		FlinList children = new FlinList();
		StringBuilder text = new StringBuilder();
		for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
			if (event == XMLStreamConstants.START_ELEMENT) {
				children.add(element(reader, depth + 1));
			}
			else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
				text.append(reader.getText());
			}
		}
		return FlinMap.of("name", name, "attributes", attributes, "text", text.toString().strip(), "children",
				children);
	}

	private static void write(StringBuilder out, FlinMap element, int depth) {
		String name = Printer.interpolate(element.get("name"));
		if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_.:-]*") || depth > DEPTH_MAX) {
			throw new FlinError(Printer.quoted(name) + " is not the name of an element");
		}
		out.append('<').append(name);
		if (element.get("attributes") instanceof FlinMap attributes) {
			for (int at = attributes.next(-1); at >= 0; at = attributes.next(at)) {
				String attribute = Printer.print(attributes.keyAt(at));
				if (!attribute.matches("[\\p{L}_][\\p{L}\\p{N}_.:-]*")) {
					throw new FlinError(Printer.quoted(attribute) + " is not the name of an attribute");
				}
				out.append(' ').append(attribute).append("=\"");
				HtmlText.escape(out, Printer.interpolate(attributes.valueAt(at)));
				out.append('"');
			}
		}
		out.append('>');
		HtmlText.escape(out, Printer.interpolate(element.get("text")));
		if (element.get("children") instanceof FlinList children) {
			for (Object child : children) {
				write(out, Convert.toMap(child, "children"), depth + 1);
			}
		}
		out.append("</").append(name).append('>');
	}

}
