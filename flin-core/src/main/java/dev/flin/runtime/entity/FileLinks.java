package dev.flin.runtime.entity;

import org.jspecify.annotations.Nullable;

/**
 * Gives stored files their addresses.
 */
@FunctionalInterface
public interface FileLinks {

	/** Without a host that serves them files have no address. */
	FileLinks NONE = (entity, id, version, field, name) -> null;

	/**
	 * The address of a file.
	 * @param entity the record's entity
	 * @param id its id
	 * @param version the version that has the file
	 * @param field the field's name; for an element of a list with its index, such as {@code photos.0}
	 * @param name the file's name
	 * @return a path, or null
	 */
	@Nullable
	String link(String entity, long id, long version, String field, String name);

}
