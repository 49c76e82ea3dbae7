package dev.flin.store;

import java.util.function.Consumer;

/**
 * Code that takes records from the stored schema to the declared one.
 *
 * @param name what it is recorded under, so that it runs once
 * @param work the code; it reads the records as they were in the view that it is given, and what it commits to the
 * store on its own thread belongs to the migration
 */
public record MigrationStep(String name, Consumer<ReadView> work) {
}
