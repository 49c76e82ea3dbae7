package dev.flin.benchmarks.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/** What is saved before reads are measured, each save a transaction, and what reads must give then. */
final class Load {

	private final int records;

	private final int[][] savesOf;

	private final int[] ids;

	private final int[] marks;

	/**
	 * Plans saves; some records get far more of them than others.
	 * @param records how many records
	 * @param saves how many saves of them after their first
	 * @param marks how many moments to ask about
	 */
	Load(int records, int saves, int marks) {
		this.records = records;
		this.ids = new int[records + saves];
		int[] counts = new int[records + 1];
		for (int i = 0; i < this.ids.length; i++) {
			double share = (Item.mix(i) >>> 11) / (double) (1L << 52);
			this.ids[i] = (i < records) ? i + 1 : 1 + (int) (share * share * records);
			counts[this.ids[i]]++;
		}
		this.savesOf = new int[records + 1][];
		Arrays.setAll(this.savesOf, (id) -> new int[counts[id]]);
		Arrays.fill(counts, 0);
		for (int i = 0; i < this.ids.length; i++) {
			this.savesOf[this.ids[i]][counts[this.ids[i]]++] = i;
		}
		this.marks = new int[marks];
		for (int i = 0; i < marks; i++) {
			this.marks[i] = (int) ((i + 1L) * this.ids.length / marks);
		}
	}

	int records() {
		return this.records;
	}

	int versions() {
		return this.ids.length;
	}

	int marks() {
		return this.marks.length;
	}

	/** Saves everything and notes moments of the database's own time, apart from all saves. */
	Instant[] into(Database database) throws Exception {
		Instant[] moments = new Instant[this.marks.length];
		int[] counts = new int[this.records + 1];
		try (Database.Session session = database.session()) {
			int next = 0;
			for (int mark = 0; mark < this.marks.length; mark++) {
				for (; next < this.marks[mark]; next++) {
					int id = this.ids[next];
					Item item = Item.of(id, ++counts[id]);
					if (counts[id] == 1) {
						session.insert(item);
					}
					else {
						session.update(item);
					}
				}
				Thread.sleep(3);
				moments[mark] = Instant.ofEpochMilli(System.currentTimeMillis());
				Thread.sleep(2);
			}
		}
		return moments;
	}

	/** What a record was at a mark, null when it was not there yet. */
	@Nullable
	Item at(long id, int mark) {
		int[] saves = this.savesOf[(int) id];
		int found = Arrays.binarySearch(saves, this.marks[mark]);
		int versions = (found >= 0) ? found : -found - 1;
		return (versions == 0) ? null : Item.of(id, versions);
	}

	List<Item> history(long id) {
		return LongStream.rangeClosed(1, this.savesOf[(int) id].length).mapToObj((n) -> Item.of(id, n)).toList();
	}

	/** The record of the n-th read, each as likely as any other. */
	long uniformId(long n) {
		return 1 + Item.mix(n) % this.records;
	}

	int uniformMark(long n) {
		return (int) (Item.mix(~n) % this.marks.length);
	}

	/** The record of the n-th read where few records get most of them. */
	long skewedId(long n) {
		double share = (Item.mix(n) >>> 11) / (double) (1L << 52);
		return 1 + (long) (share * share * share * share * this.records);
	}

	/** A mark that is mostly one of the last. */
	int skewedMark(long n) {
		double share = (Item.mix(~n) >>> 11) / (double) (1L << 52);
		return this.marks.length - 1 - (int) (share * share * share * this.marks.length);
	}

}
