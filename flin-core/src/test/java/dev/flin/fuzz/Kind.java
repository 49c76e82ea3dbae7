package dev.flin.fuzz;

/** The types that generated programs use, as they are written in FLIN. */
enum Kind {

	INT("int"), NUMBER("number"), DECIMAL("decimal"), TEXT("text"), BOOL("bool"), INTS("[int]"), TEXTS("[text]"),
	NUMBERS("[number]"), GRID("[[int]]"), MAP("[text: int]"), RECORD("Point"), MAYBE("int?"), MAYBE_TEXT("text?"),
	EITHER("int | text"), FUNCTION("(int) -> int"), PREDICATE("(text) -> bool"), DURATION("duration"), TIME("time"),
	MONEY("money"), ANY("any"), PAIR("(int, text)"), SHAPE("Shape"), OPTION("Option<int>"), RESULT("Result<int, text>"),
	RANGE("range"), ITEM("Item"), ITEMS("[Item]"), HTML("html");

	private final String written;

	Kind(String written) {
		this.written = written;
	}

	/** The type in FLIN. */
	String written() {
		return this.written;
	}

}
