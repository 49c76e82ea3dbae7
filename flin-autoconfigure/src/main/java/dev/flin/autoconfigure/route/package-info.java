/**
 * Methods of beans in FLIN's route table.
 */
@NullMarked
package dev.flin.autoconfigure.route;

import org.jspecify.annotations.NullMarked;
