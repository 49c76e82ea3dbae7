package dev.flin.ir;

import java.util.List;

/**
 * What a value of a request must be: a type of a {@code validate} block without what makes it optional.
 */
public sealed interface IrShape {

	/** A built-in type; {@code any} where none is written. */
	record Scalar(String type) implements IrShape {
	}

	/** One of these texts: an enum whose variants carry nothing. */
	record Choice(List<String> texts) implements IrShape {

		public Choice {
			texts = List.copyOf(texts);
		}

	}

	/** An enum with variants that carry values. */
	record Variants(String name, List<Variant> variants) implements IrShape {

		public Variants {
			variants = List.copyOf(variants);
		}

	}

	/** A variant of an enum and what it carries. */
	record Variant(String name, List<Element> payload) {

		public Variant {
			payload = List.copyOf(payload);
		}

	}

	/** The id of a record of an entity. */
	record Reference(String entity) implements IrShape {
	}

	/** {@code [T]}. */
	record ListOf(Element element) implements IrShape {
	}

	/** {@code [K: T]}. */
	record MapOf(IrShape key, Element value) implements IrShape {
	}

	/** {@code (A, B)}. */
	record TupleOf(List<Element> elements) implements IrShape {

		public TupleOf {
			elements = List.copyOf(elements);
		}

	}

	/** {@code { … }}. */
	record Nested(List<IrInput> fields) implements IrShape {

		public Nested {
			fields = List.copyOf(fields);
		}

	}

	/**
	 * A value within another one.
	 *
	 * @param hole whether it may be none
	 */
	record Element(IrShape shape, boolean hole) {
	}

}
