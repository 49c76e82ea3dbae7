package dev.flin.differ;

/**
 * One of the ways to write the same program.
 * @param calls of so many expressions one is the result of a function called at once; 0 for none
 * @param dynamic of so many expressions one goes through {@code any}; 0 for none
 * @param idle of so many statements one has another before it that does nothing; 0 for none
 * @param guarded of so many statements one stands in a block that changes nothing; 0 for none
 * @param padded of so many statements one has much arithmetic before it; 0 for none
 * @param main whether all stands in a function
 * @param whiles whether loops over lists and ranges are loops with a condition
 * @param unfolded whether compound assignments are written out
 */
record Style(String name, Types types, int calls, int dynamic, int idle, int guarded, int padded, boolean main,
		boolean whiles, boolean unfolded) {

	/** Which variables have an annotation. */
	enum Types {

		ALL, NONE, ANY, MIXED

	}

	static final Style PLAIN = new Style("annotated", Types.ALL, 0, 0, 0, 0, 0, false, false, false);

	static final java.util.List<Style> ALL = java.util.List.of(PLAIN,
			new Style("inferred", Types.NONE, 0, 0, 0, 0, 0, false, false, false),
			new Style("any", Types.ANY, 0, 0, 0, 0, 0, false, false, false),
			new Style("mixed", Types.MIXED, 0, 8, 0, 0, 0, true, false, true),
			new Style("in a function", Types.ALL, 0, 0, 0, 0, 0, true, false, true),
			new Style("inferred in a function", Types.NONE, 0, 0, 9, 0, 0, true, true, false),
			new Style("called", Types.ALL, 7, 0, 0, 12, 0, true, false, false),
			new Style("idle", Types.ALL, 0, 0, 4, 6, 0, true, true, false),
			new Style("large", Types.ALL, 0, 0, 0, 0, 4, true, false, false),
			new Style("large and any", Types.ANY, 0, 0, 0, 0, 5, true, false, false),
			new Style("dynamic", Types.ALL, 0, 5, 0, 0, 0, true, false, false));

}
