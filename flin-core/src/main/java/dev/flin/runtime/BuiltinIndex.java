package dev.flin.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * Entries as text, one a line. Reading it costs a tenth of reading the annotations, which every start would pay.
 */
final class BuiltinIndex {

	private static final int FIELDS = 12;

	private BuiltinIndex() {
	}

	static String write(List<BuiltinEntry> entries) {
		StringBuilder out = new StringBuilder();
		for (BuiltinEntry entry : entries) {
			List<String> fields = List.of(entry.name(), String.join(" ", entry.aliases()), entry.signature(),
					entry.owner(), entry.method(), entry.descriptor(), String.join(" ", entry.specializations()),
					flags(entry), service(entry.service()), entry.doc(), entry.example(), entry.errors());
			for (String field : fields) {
				escape(out, field);
				out.append('\t');
			}
			out.setCharAt(out.length() - 1, '\n');
		}
		return out.toString();
	}

	/** Keeps the index in ASCII, which loads fastest. */
	private static void escape(StringBuilder out, String field) {
		for (int i = 0; i < field.length(); i++) {
			char c = field.charAt(i);
			switch (c) {
				case '\\' -> out.append("\\\\");
				case '\n' -> out.append("\\n");
				case '\t' -> out.append("\\t");
				default -> {
					if (c < 128) {
						out.append(c);
					}
					else {
						out.append("\\u").append(HexFormat.of().toHexDigits(c));
					}
				}
			}
		}
	}

	/** Reads the names of what each line tells. */
	static void read(String text, List<BuiltinLine> lines) {
		int at = 0;
		while (at < text.length()) {
			int nameEnd = text.indexOf('\t', at);
			int aliasesEnd = text.indexOf('\t', nameEnd + 1);
			int lineEnd = text.indexOf('\n', aliasesEnd);
			if (nameEnd < 0 || aliasesEnd < 0 || lineEnd < 0) {
				throw damaged();
			}
			List<String> aliases = (aliasesEnd == nameEnd + 1) ? List.of()
					: words(plain(text.substring(nameEnd + 1, aliasesEnd)));
			lines.add(new BuiltinLine(plain(text.substring(at, nameEnd)), aliases, text, at));
			at = lineEnd + 1;
		}
	}

	/** What a line tells. */
	static BuiltinEntry entry(String text, int start) {
		String[] fields = new String[FIELDS];
		int at = start;
		int lineEnd = text.indexOf('\n', at);
		for (int i = 0; i < FIELDS; i++) {
			int end = (i < FIELDS - 1) ? text.indexOf('\t', at) : lineEnd;
			if (end < 0 || end > lineEnd) {
				throw damaged();
			}
			fields[i] = plain(text.substring(at, end));
			at = end + 1;
		}
		return entry(fields);
	}

	private static FlinBugException damaged() {
		return new FlinBugException("the index of the built-ins is damaged");
	}

	private static BuiltinEntry entry(String[] fields) {
		String flags = fields[7];
		return new BuiltinEntry(fields[0], words(fields[1]), fields[2], flags.indexOf('v') >= 0, fields[3], fields[4],
				fields[5], flags.indexOf('c') >= 0, words(fields[6]), flags.indexOf('m') >= 0, flags.indexOf('b') >= 0,
				flags.indexOf('s') >= 0, flags.indexOf('p') >= 0, service(fields[8]), fields[9], fields[10],
				fields[11]);
	}

	private static String flags(BuiltinEntry entry) {
		return (entry.isValue() ? "v" : "") + (entry.takesContext() ? "c" : "") + (entry.mutates() ? "m" : "")
				+ (entry.browserOnly() ? "b" : "") + (entry.serverOnly() ? "s" : "") + (entry.pure() ? "p" : "");
	}

	private static String service(BuiltinEntry.@Nullable Service service) {
		return (service == null) ? ""
				: service.port() + "|" + service.what() + "|" + String.join(" ", service.dependencies());
	}

	private static BuiltinEntry.@Nullable Service service(String text) {
		if (text.isEmpty()) {
			return null;
		}
		int first = text.indexOf('|');
		int second = text.indexOf('|', first + 1);
		return new BuiltinEntry.Service(text.substring(0, first), text.substring(first + 1, second),
				words(text.substring(second + 1)));
	}

	private static List<String> words(String text) {
		if (text.isEmpty()) {
			return List.of();
		}
		List<String> words = new ArrayList<>(4);
		int start = 0;
		for (int end = text.indexOf(' '); end >= 0; end = text.indexOf(' ', start)) {
			words.add(text.substring(start, end));
			start = end + 1;
		}
		words.add(text.substring(start));
		return Collections.unmodifiableList(words);
	}

	private static String plain(String field) {
		if (field.indexOf('\\') < 0) {
			return field;
		}
		StringBuilder out = new StringBuilder(field.length());
		for (int i = 0; i < field.length(); i++) {
			char c = field.charAt(i);
			if (c == '\\') {
				i++;
				char escaped = field.charAt(i);
				if (escaped == 'u') {
					out.append((char) Integer.parseInt(field, i + 1, i + 5, 16));
					i += 4;
				}
				else {
					out.append((escaped == 'n') ? '\n' : (escaped == 't') ? '\t' : escaped);
				}
			}
			else {
				out.append(c);
			}
		}
		return out.toString();
	}

}
