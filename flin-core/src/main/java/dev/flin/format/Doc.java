package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Text with places where a line may end, after P. Wadler, "A prettier printer" (2003), and D. Leijen's library of that
 * design. A {@link Group} stands on one line if it fits, else all lines that are its own end.
 */
sealed interface Doc {

	Doc NIL = new Text("");

	/** Ends the line where the group is broken, else nothing. */
	Doc SOFT = new Line("");

	/** Ends the line where the group is broken, else a blank. */
	Doc LINE = new Line(" ");

	/** Always ends the line. */
	Doc HARD = new Hard();

	/** Whether it holds a line break that its group cannot put on one line. */
	boolean breaks();

	/** Characters without a line break. */
	record Text(String text) implements Doc {

		@Override
		public boolean breaks() {
			return false;
		}

	}

	/** A line break in a broken group, {@code flat} in one that fits. */
	record Line(String flat) implements Doc {

		@Override
		public boolean breaks() {
			return false;
		}

	}

	record Hard() implements Doc {

		@Override
		public boolean breaks() {
			return true;
		}

	}

	/** Characters as they are, over several lines, without the indentation of their surroundings. */
	record Raw(String text) implements Doc {

		@Override
		public boolean breaks() {
			return this.text.indexOf('\n') >= 0;
		}

	}

	/** A comment up to the end of the line, put off until the line ends. */
	record Suffix(String text) implements Doc {

		@Override
		public boolean breaks() {
			return true;
		}

	}

	/** One level of indentation more. */
	record Nest(Doc content, boolean breaks) implements Doc {
	}

	record Concat(List<Doc> parts, boolean breaks) implements Doc {
	}

	/**
	 * Lines that end together.
	 *
	 * @param whole whether all of it must fit for it to be on one line, parts that break their lines by themselves too
	 */
	record Group(Doc content, boolean breaks, boolean whole) implements Doc {
	}

	/** Breaks its lines by itself: what stands around it may still be on one line. */
	record Own(Doc content) implements Doc {

		@Override
		public boolean breaks() {
			return false;
		}

	}

	/** One text in a broken group, another in one that fits. */
	record Choice(String broken, String flat) implements Doc {

		@Override
		public boolean breaks() {
			return false;
		}

	}

	/** Whether it surely takes several lines, be it in parts that break their lines by themselves. */
	static boolean isTall(Doc doc) {
		return doc.breaks() || switch (doc) {
			case Own own -> isTall(own.content());
			case Nest nest -> isTall(nest.content());
			case Group group -> isTall(group.content());
			case Concat concat -> isTall(concat.parts());
			case Text text -> false;
			case Line line -> false;
			case Hard hard -> true;
			case Raw raw -> false;
			case Suffix suffix -> false;
			case Choice choice -> false;
		};
	}

	private static boolean isTall(List<Doc> parts) {
		for (Doc part : parts) {
			if (isTall(part)) {
				return true;
			}
		}
		return false;
	}

	static Doc text(String text) {
		return new Text(text);
	}

	static Doc nest(Doc... content) {
		Doc all = concat(content);
		return new Nest(all, all.breaks());
	}

	static Doc concat(Doc... parts) {
		return concat(List.of(parts));
	}

	static Doc concat(List<Doc> parts) {
		List<Doc> kept = new ArrayList<>(parts.size());
		boolean breaks = false;
		for (Doc part : parts) {
			if (part != NIL) {
				kept.add(part);
				breaks |= part.breaks();
			}
		}
		return switch (kept.size()) {
			case 0 -> NIL;
			case 1 -> kept.get(0);
			default -> new Concat(kept, breaks);
		};
	}

	static Doc group(Doc... content) {
		Doc all = concat(content);
		return new Group(all, all.breaks(), false);
	}

	/** A group that is broken if any part of it takes several lines. */
	static Doc whole(Doc... content) {
		Doc all = concat(content);
		return new Group(all, all.breaks(), true);
	}

	/** A group that is broken even if it fits. */
	static Doc broken(Doc... content) {
		return new Group(concat(content), true, false);
	}

	/** A group that is broken where a part of it takes several lines, so that its indentation fits theirs. */
	static Doc fold(Doc... content) {
		Doc all = concat(content);
		return new Group(all, isTall(all), false);
	}

	/** An opening and a closing bracket around something, which they hug if it takes several lines. */
	static Doc bracket(String open, Doc content, String close) {
		return isTall(content) ? concat(text(open), content, text(close))
				: group(text(open), nest(SOFT, content), SOFT, text(close));
	}

	static Doc join(Doc separator, List<Doc> parts) {
		List<Doc> all = new ArrayList<>();
		for (Doc part : parts) {
			if (!all.isEmpty()) {
				all.add(separator);
			}
			all.add(part);
		}
		return concat(all);
	}

}
