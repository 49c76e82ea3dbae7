package dev.flin.benchmarks.store;

/** A record as every database gives it back. Its values follow from its id and the number of its version. */
record Item(long id, String name, String category, long price, long stock, boolean active, String notes) {

	static final int CATEGORIES = 100;

	static final int STOCKS = 1_000;

	private static final String[] NOTES = { "Oak, oiled; four legs that can be taken off. Delivered flat.",
			"Only while there is some left; asks for a lorry with a lift at the door.",
			"Returned once, cleaned and checked. The corner at the back has a scratch." };

	/** The record's version of a number, from 1. */
	static Item of(long id, long version) {
		long mixed = mix(id * 31 + version);
		return new Item(id, "A small round table, model " + id, "category " + id * 7 % CATEGORIES,
				100 + (mixed >>> 40) % 1_000_000, (mixed >>> 20) % STOCKS, (mixed & 7) != 0,
				NOTES[(int) (version / 4 % NOTES.length)]);
	}

	static long mix(long value) {
		long z = value * 0x9E3779B97F4A7C15L;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return (z ^ (z >>> 31)) >>> 1;
	}

	/** A number that every field has a part in. */
	long sum() {
		return this.price + this.stock + this.name.length() + this.category.length() + this.notes.length()
				+ (this.active ? 1 : 0);
	}

}
