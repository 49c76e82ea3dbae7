package dev.flin.differ;

import java.util.List;

/** A type of the generated programs. */
record Ty(String name, List<Ty> args) {

	static final Ty INT = of("int");

	static final Ty NUMBER = of("number");

	static final Ty DECIMAL = of("decimal");

	static final Ty BOOL = of("bool");

	static final Ty TEXT = of("text");

	static final Ty RECORD = of("Rec");

	static final Ty SHAPE = of("Shape");

	static final Ty PAIR = of("(int, text)");

	private static final String LIST = "list";

	private static final String MAP = "map";

	private static final String OPTIONAL = "optional";

	private static final String FUNCTION = "function";

	private static Ty of(String name, Ty... args) {
		return new Ty(name, List.of(args));
	}

	static Ty list(Ty element) {
		return of(LIST, element);
	}

	static Ty map(Ty key, Ty value) {
		return of(MAP, key, value);
	}

	static Ty optional(Ty type) {
		return of(OPTIONAL, type);
	}

	/** A function type: the result, then the parameters. */
	static Ty function(Ty... resultAndParameters) {
		return of(FUNCTION, resultAndParameters);
	}

	boolean isList() {
		return this.name.equals(LIST);
	}

	boolean isMap() {
		return this.name.equals(MAP);
	}

	boolean isOptional() {
		return this.name.equals(OPTIONAL);
	}

	boolean isFunction() {
		return this.name.equals(FUNCTION);
	}

	Ty arg(int index) {
		return this.args.get(index);
	}

	/** As FLIN writes it. */
	String source() {
		return switch (this.name) {
			case LIST -> "[" + arg(0).source() + "]";
			case MAP -> "[" + arg(0).source() + ": " + arg(1).source() + "]";
			case OPTIONAL -> arg(0).source() + "?";
			case FUNCTION -> "("
					+ String.join(", ", this.args.subList(1, this.args.size()).stream().map(Ty::source).toList())
					+ ") -> " + arg(0).source();
			default -> this.name;
		};
	}

}
