package dev.flin.lower;

/**
 * That a function of some unit is needed.
 *
 * @param asValue whether it is needed as a function value
 */
record Demand(Declared function, boolean asValue) {
}
