package dev.flin.syntax;

/** Names a character that no program may have, also one that nobody sees. */
final class UnknownCharacter {

	private UnknownCharacter() {
	}

	/** The character in quotes, or its number when it has no form of its own. */
	static String shown(String character) {
		int c = character.codePointAt(0);
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				"U+%04X".formatted(c);
			default -> "'" + character + "'";
		};
	}

}
