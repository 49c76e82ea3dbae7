package dev.flin.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of text: the first column to the left, all others to the right. */
public final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	public Table(String... header) {
		this.rows.add(List.of(header));
	}

	public void row(List<String> cells) {
		this.rows.add(List.copyOf(cells));
	}

	public void row(String... cells) {
		row(List.of(cells));
	}

	public void print(PrintStream out) {
		int columns = this.rows.stream().mapToInt(List::size).max().orElse(0);
		int[] widths = new int[columns];
		for (List<String> row : this.rows) {
			for (int i = 0; i < row.size(); i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		for (int r = 0; r < this.rows.size(); r++) {
			List<String> row = this.rows.get(r);
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.size(); i++) {
				String format = (i == 0) ? "%-" + widths[i] + "s" : "  %" + widths[i] + "s";
				line.append(String.format(Locale.ROOT, format, row.get(i)));
			}
			out.println(line.toString().stripTrailing());
			if (r == 0) {
				out.println("-".repeat(line.length()));
			}
		}
		out.println();
	}

	/** A ratio such as {@code 1.25×}; {@code -} when there is none. */
	public static String ratio(double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f×", value);
	}

	/** A number without fraction, in groups of three digits. */
	public static String whole(double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.0f", value);
	}

	/** A number with a fraction. */
	public static String fraction(double value, int digits) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
	}

}
