package dev.flin.ir;

/**
 * A variable of a file: a field of the unit's instance.
 *
 * @param unit the class name of the unit
 * @param shared whether the whole program has one (files under {@code lib/}), instead of one for each run of the file
 * @param checked whether reading it before it is assigned is possible and raises an error
 */
public record FileVariable(String unit, String name, Kind kind, boolean shared, boolean checked) {
}
