package dev.flin;

/**
 * A word that could stand at the end of an input.
 *
 * @param value the whole word
 * @param description what it is, in short; a type or the kind of name
 */
public record ReplCandidate(String value, String description) {
}
