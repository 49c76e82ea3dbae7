package dev.flin.lower;

/**
 * A file that grows: what somebody types, one input after the other. Its earlier parts have run and only declare; its
 * variables live outside of the program, so that they outlast it.
 *
 * @param path the path of the file
 * @param from the offset of the part that runs
 */
public record SessionFile(String path, int from) {
}
