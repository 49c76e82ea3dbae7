package dev.flin.http.delivery;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FileValue;

/**
 * The files of {@code public/}, sent as they are.
 */
@FunctionalInterface
public interface StaticFiles {

	StaticFiles NONE = (path) -> null;

	/**
	 * Finds a file.
	 * @param path the decoded path of the request without its first slash; it never has {@code .} or {@code ..} in it
	 * @return the file, or null
	 */
	@Nullable FileValue find(String path);

}
