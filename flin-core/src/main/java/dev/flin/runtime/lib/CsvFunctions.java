package dev.flin.runtime.lib;

import java.io.IOException;
import java.io.StringWriter;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;

import dev.flin.runtime.Builtin;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Tables of values parted by commas, as RFC 4180 has them.
 */
public final class CsvFunctions {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

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
			FlinList row = ListFunctions.list(rows.element(i), "row");
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
		CsvReader.CsvReaderBuilder reader = CsvReader.builder()
			.fieldSeparator(separator(separator))
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			.allowUnclosedQuote(false);
		FlinList rows = new FlinList();
		String table = s.startsWith(BYTE_ORDER_MARK) ? s.substring(1) : s;
		try {
			for (CsvRecord line : reader.ofCsvRecord(table)) {
				FlinList row = new FlinList();
				line.getFields().forEach(row::add);
				rows.add(row);
			}
		}
		catch (CsvParseException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new FlinError(FlinError.ERROR, "Malformed CSV: " + cause.getMessage(), ex);
		}
		return rows;
	}

	@Builtin(value = "to_csv<T>(rows: [T], separator: text = \",\") -> text",
			doc = "Lines of maps, with the names of the first one, or of lists.",
			example = "to_csv([[\"a\": 1, \"b\": 2]]) // \"a,b\\n1,2\\n\"")
	public static String toCsv(FlinList rows, String separator) {
		StringWriter out = new StringWriter();
		CsvWriter writer = CsvWriter.builder()
			.fieldSeparator(separator(separator))
			.lineDelimiter(LineDelimiter.LF)
			.build(out);
		FlinList names = new FlinList();
		for (int i = 0; i < rows.size(); i++) {
			Object row = rows.element(i);
			if (row instanceof FlinMap map) {
				if (names.isEmpty()) {
					names = map.keyList();
					line(writer, names);
				}
				FlinList cells = new FlinList();
				names.forEach(name -> cells.add(map.get(name)));
				line(writer, cells);
			}
			else {
				line(writer, ListFunctions.list(row, "[" + i + "]"));
			}
		}
		flush(writer);
		return out.toString();
	}

	private static void flush(CsvWriter writer) {
		try {
			writer.flush();
		}
		catch (IOException ex) {
			throw new FlinBugException("writing into memory failed", ex);
		}
	}

	private static void line(CsvWriter writer, FlinList cells) {
		String[] fields = new String[cells.size()];
		for (int i = 0; i < fields.length; i++) {
			fields[i] = Printer.interpolate(cells.element(i));
		}
		writer.writeRecord(fields);
	}

	private static char separator(String separator) {
		if (separator.length() != 1 || "\"\r\n".contains(separator)) {
			throw new FlinError("a separator is one character, not " + Printer.quoted(separator));
		}
		return separator.charAt(0);
	}

}
