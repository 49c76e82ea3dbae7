package dev.flin.test.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, as far as the build checks it: its fenced blocks, its links and its headings.
 */
record MarkdownPage(Path path, List<Block> blocks, List<Link> links, List<String> anchors) {

	private static final String FENCE = "```";

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern CODE_SPAN = Pattern.compile("(`+).+?\\1");

	private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

	/** A fenced block with the words after its fence, and the line of that fence. */
	record Block(List<String> info, String text, int line) {

		boolean is(String language) {
			return !this.info.isEmpty() && this.info.getFirst().equals(language);
		}

	}

	/** Where a link leads, as it is written. */
	record Link(String target, int line) {
	}

	/**
	 * Reads a page.
	 * @throws IOException when the file cannot be read or is not UTF-8
	 * @throws IllegalArgumentException when a block is never closed
	 */
	static MarkdownPage read(Path path) throws IOException {
		return parse(path, Files.readString(path));
	}

	static MarkdownPage parse(Path path, String text) {
		List<Block> blocks = new ArrayList<>();
		List<Link> links = new ArrayList<>();
		List<String> anchors = new ArrayList<>();
		List<String> lines = text.lines().toList();
		for (int at = 0; at < lines.size(); at++) {
			String line = lines.get(at);
			if (line.startsWith(FENCE)) {
				int end = closingFence(path, lines, at);
				String inside = String.join("\n", lines.subList(at + 1, end)) + "\n";
				blocks.add(new Block(words(line.substring(FENCE.length())), inside, at + 1));
				at = end;
			}
			else {
				Matcher heading = HEADING.matcher(line);
				if (heading.matches()) {
					anchors.add(anchor(heading.group(1)));
				}
				Matcher link = LINK.matcher(CODE_SPAN.matcher(line).replaceAll("code"));
				while (link.find()) {
					links.add(new Link(link.group(1), at + 1));
				}
			}
		}
		return new MarkdownPage(path, List.copyOf(blocks), List.copyOf(links), List.copyOf(anchors));
	}

	/** The index of the line that closes the block which a line opens. */
	static int closingFence(Path path, List<String> lines, int opening) {
		for (int at = opening + 1; at < lines.size(); at++) {
			if (lines.get(at).stripTrailing().equals(FENCE)) {
				return at;
			}
		}
		throw new IllegalArgumentException(path + ":" + (opening + 1) + ": block that is never closed");
	}

	private static List<String> words(String info) {
		return info.isBlank() ? List.of() : List.of(info.strip().split("\\s+"));
	}

	/** The name under which sites that show Markdown make a heading reachable. */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

}
