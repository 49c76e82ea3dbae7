package dev.flin.runtime.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of Markdown: headings, paragraphs, lists, quotations, code, tables, rules. HTML is shown as text.
 */
final class Markdown {

	private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})(?:\\s+(.*?))?(?:\\s+#+)?\\s*");

	private static final Pattern RULE = Pattern.compile(" {0,3}(?:(?:\\*\\s*){3,}|(?:-\\s*){3,}|(?:_\\s*){3,})");

	private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})\\s*([\\w+#.-]*).*");

	private static final Pattern ITEM = Pattern.compile("( {0,3})([-*+]|\\d{1,9}[.)])(\\s+)(.*)");

	private static final Pattern TABLE_RULE = Pattern.compile("\\s*\\|?(\\s*:?-+:?\\s*\\|)*\\s*:?-+:?\\s*\\|?\\s*");

	private static final int DEPTH_MAX = 32;

	private final List<String> lines;

	private final int depth;

	private final StringBuilder out = new StringBuilder();

	private int at;

	private Markdown(List<String> lines, int depth) {
		this.lines = lines;
		this.depth = depth;
	}

	static String render(String source) {
		return blocks(source.replace("\r\n", "\n").replace("\t", "    ").lines().toList(), 0);
	}

	private static String blocks(List<String> lines, int depth) {
		Markdown markdown = new Markdown(lines, depth);
		while (markdown.at < lines.size()) {
			markdown.block();
		}
		return markdown.out.toString().strip();
	}

	private void block() {
		String line = this.lines.get(this.at);
		Matcher heading = HEADING.matcher(line);
		Matcher fence = FENCE.matcher(line);
		if (line.isBlank()) {
			this.at++;
		}
		else if (heading.matches()) {
			this.at++;
			heading(heading.group(1).length(), (heading.group(2) != null) ? heading.group(2) : "");
		}
		else if (fence.matches()) {
			fenced(fence.group(1), fence.group(2));
		}
		else if (RULE.matcher(line).matches()) {
			this.at++;
			this.out.append("<hr>\n");
		}
		else if (line.stripLeading().startsWith(">") && this.depth < DEPTH_MAX) {
			quotation();
		}
		else if (ITEM.matcher(line).matches() && this.depth < DEPTH_MAX) {
			list();
		}
		else if (line.startsWith("    ")) {
			indentedCode();
		}
		else if (isTable()) {
			table();
		}
		else {
			paragraph();
		}
	}

	private void heading(int level, String text) {
		this.out.append("<h").append(level).append('>');
		this.out.append(MarkdownInline.render(text)).append("</h").append(level).append(">\n");
	}

	private void fenced(String fence, String language) {
		this.at++;
		StringBuilder code = new StringBuilder();
		while (this.at < this.lines.size() && !this.lines.get(this.at).strip().startsWith(fence)) {
			code.append(this.lines.get(this.at++)).append('\n');
		}
		this.at++;
		String type = language.isEmpty() ? "" : " class=\"language-" + HtmlText.escape(language) + "\"";
		this.out.append("<pre><code").append(type).append('>').append(HtmlText.escape(code.toString()));
		this.out.append("</code></pre>\n");
	}

	private void indentedCode() {
		StringBuilder code = new StringBuilder();
		while (this.at < this.lines.size()
				&& (this.lines.get(this.at).startsWith("    ") || this.lines.get(this.at).isBlank())) {
			String line = this.lines.get(this.at++);
			code.append(line.substring(Math.min(4, line.length()))).append('\n');
		}
		this.out.append("<pre><code>").append(HtmlText.escape(code.toString().stripTrailing())).append("\n");
		this.out.append("</code></pre>\n");
	}

	private void quotation() {
		List<String> inner = new ArrayList<>();
		while (this.at < this.lines.size() && !this.lines.get(this.at).isBlank()) {
			inner.add(this.lines.get(this.at++).replaceFirst("^ {0,3}> ?", ""));
		}
		this.out.append("<blockquote>\n").append(blocks(inner, this.depth + 1)).append("\n</blockquote>\n");
	}

	private void list() {
		Matcher first = ITEM.matcher(this.lines.get(this.at));
		first.matches();
		boolean ordered = Character.isDigit(first.group(2).charAt(0));
		String number = first.group(2).replaceAll("\\D", "");
		this.out.append(ordered ? "<ol" : "<ul");
		if (ordered && !number.equals("1")) {
			this.out.append(" start=\"").append(number).append('"');
		}
		this.out.append(">\n");
		while (this.at < this.lines.size()) {
			Matcher item = ITEM.matcher(this.lines.get(this.at));
			if (!item.matches() || Character.isDigit(item.group(2).charAt(0)) != ordered) {
				break;
			}
			item(item);
		}
		this.out.append(ordered ? "</ol>\n" : "</ul>\n");
	}

	private void item(Matcher item) {
		int margin = item.start(4);
		List<String> inner = new ArrayList<>(List.of(item.group(4)));
		this.at++;
		boolean loose = false;
		while (this.at < this.lines.size()) {
			String line = this.lines.get(this.at);
			boolean nested = line.length() > margin && line.substring(0, margin).isBlank();
			if (line.isBlank()) {
				boolean more = this.at + 1 < this.lines.size() && this.lines.get(this.at + 1).startsWith(" ")
						&& !this.lines.get(this.at + 1).isBlank();
				if (!more) {
					this.at++;
					break;
				}
				loose = true;
			}
			else if (!nested && (ITEM.matcher(line).matches() || loose || HEADING.matcher(line).matches())) {
				break;
			}
			inner.add(nested ? line.substring(margin) : line.strip());
			this.at++;
		}
		String body = blocks(inner, this.depth + 1);
		this.out.append("<li>").append(loose ? body : tight(body)).append("</li>\n");
	}

	/** The first paragraph of an item without blank lines stands without its element. */
	private static String tight(String body) {
		if (!body.startsWith("<p>")) {
			return body;
		}
		int end = body.indexOf("</p>");
		return body.substring(3, end) + body.substring(end + 4);
	}

	private boolean isTable() {
		return this.at + 1 < this.lines.size() && this.lines.get(this.at).indexOf('|') >= 0
				&& this.lines.get(this.at + 1).indexOf('-') >= 0
				&& TABLE_RULE.matcher(this.lines.get(this.at + 1)).matches();
	}

	private void table() {
		this.out.append("<table>\n<thead>\n");
		row(this.lines.get(this.at), "th");
		this.out.append("</thead>\n<tbody>\n");
		this.at += 2;
		while (this.at < this.lines.size() && this.lines.get(this.at).indexOf('|') >= 0) {
			row(this.lines.get(this.at++), "td");
		}
		this.out.append("</tbody>\n</table>\n");
	}

	private void row(String line, String cell) {
		String plain = line.strip().replaceAll("^\\||(?<!\\\\)\\|$", "");
		this.out.append("<tr>");
		for (String text : plain.split("(?<!\\\\)\\|", -1)) {
			this.out.append('<').append(cell).append('>');
			this.out.append(MarkdownInline.render(text.strip().replace("\\|", "|")));
			this.out.append("</").append(cell).append('>');
		}
		this.out.append("</tr>\n");
	}

	private void paragraph() {
		StringBuilder text = new StringBuilder();
		while (this.at < this.lines.size() && !startsBlock(this.lines.get(this.at), text.isEmpty())) {
			String line = this.lines.get(this.at++);
			if (!text.isEmpty() && line.matches(" {0,3}(=+|-+)\\s*")) {
				heading(line.contains("=") ? 1 : 2, text.toString().strip());
				return;
			}
			text.append(text.isEmpty() ? "" : "\n").append(line.stripLeading());
		}
		this.out.append("<p>").append(MarkdownInline.render(text.toString().stripTrailing())).append("</p>\n");
	}

	private boolean startsBlock(String line, boolean first) {
		if (line.isBlank()) {
			return true;
		}
		boolean starts = HEADING.matcher(line).matches() || FENCE.matcher(line).matches()
				|| line.stripLeading().startsWith(">") || ITEM.matcher(line).matches();
		return !first && starts;
	}

}
