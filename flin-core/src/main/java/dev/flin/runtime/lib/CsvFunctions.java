package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Tables of values parted by commas, as RFC 4180 has them.
 */
public final class CsvFunctions {

	private CsvFunctions() {
	}

	@Builtin(value = "parse_csv(s: text, separator: text = \",\") -> [[text: text]]",
			doc = "A map for each line after the first, which has the names.",
			example = "parse_csv(\"a,b\\n1,2\")[0][\"b\"] // \"2\"",
			errors = "parse_csv(\"a,b\", \";;\") // a separator is one character, not \";;\"")
	public static FlinList parseCsv(String s, String separator) {
		FlinList rows = rows(s, separator);
		FlinList maps = new FlinList();
		FlinList names = new FlinList();
		for (int i = 0; i < rows.size(); i++) {
			if (!(rows.element(i) instanceof FlinList row)) {
				continue;
			}
			if (i == 0) {
				names = row;
				continue;
			}
			FlinMap map = new FlinMap(names.size());
			for (int k = 0; k < names.size(); k++) {
				map.put(names.element(k), (k < row.size()) ? row.element(k) : "");
			}
			maps.add(map);
		}
		return maps;
	}

	@Builtin(value = "parse_csv_rows(s: text, separator: text = \",\") -> [[text]]", doc = "A list for each line.",
			example = "parse_csv_rows(\"a,b\\n1,2\") // [[\"a\", \"b\"], [\"1\", \"2\"]]")
	public static FlinList rows(String s, String separator) {
		if (separator.length() != 1 || separator.equals("\"")) {
			throw new FlinError("a separator is one character, not " + Printer.quoted(separator));
		}
		FlinList rows = new FlinList();
		FlinList row = new FlinList();
		StringBuilder cell = new StringBuilder();
		boolean quoted = false;
		for (int i = s.startsWith("\uFEFF") ? 1 : 0; i < s.length(); i++) {
			char c = s.charAt(i);
			if (quoted && c == '"' && i + 1 < s.length() && s.charAt(i + 1) == '"') {
				cell.append('"');
				i++;
			}
			else if (c == '"' && (quoted || cell.isEmpty())) {
				quoted = !quoted;
			}
			else if (quoted || (c != separator.charAt(0) && c != '\n' && c != '\r')) {
				cell.append(c);
			}
			else if (c != '\r') {
				row.add(cell.toString());
				cell.setLength(0);
				if (c == '\n') {
					addRow(rows, row);
					row = new FlinList();
				}
			}
		}
		if (quoted) {
			throw new FlinError("the CSV ends inside quotes");
		}
		row.add(cell.toString());
		addRow(rows, row);
		return rows;
	}

	@Builtin(value = "to_csv<T>(rows: [T], separator: text = \",\") -> text",
			doc = "Lines of maps, with the names of the first one, or of lists.",
			example = "to_csv([[\"a\": 1, \"b\": 2]]) // \"a,b\\n1,2\\n\"")
	public static String toCsv(FlinList rows, String separator) {
		StringBuilder out = new StringBuilder();
		FlinList names = new FlinList();
		for (int i = 0; i < rows.size(); i++) {
			Object row = rows.element(i);
			if (row instanceof FlinMap map) {
				if (names.isEmpty()) {
					names = map.keyList();
					line(out, names, separator);
				}
				FlinList cells = new FlinList();
				names.forEach(name -> cells.add(map.get(name)));
				line(out, cells, separator);
			}
			else {
				line(out, ListFunctions.list(row, "[" + i + "]"), separator);
			}
		}
		return out.toString();
	}

	private static void addRow(FlinList rows, FlinList row) {
		if (row.size() > 1 || !"".equals(row.element(0))) {
			rows.add(row);
		}
	}

	private static void line(StringBuilder out, FlinList cells, String separator) {
		for (int i = 0; i < cells.size(); i++) {
			out.append((i > 0) ? separator : "").append(cell(cells.element(i), separator));
		}
		out.append('\n');
	}

	private static String cell(@Nullable Object value, String separator) {
		String text = Printer.interpolate(value);
		boolean plain = !text.contains(separator) && text.indexOf('"') < 0 && text.indexOf('\n') < 0
				&& text.indexOf('\r') < 0;
		return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
	}

}
