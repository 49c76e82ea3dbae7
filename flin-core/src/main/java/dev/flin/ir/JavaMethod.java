package dev.flin.ir;

import java.util.List;

/**
 * A method of the run side, or of the class of an entity.
 *
 * @param owner internal name of the class
 * @param descriptor the exact JVM descriptor
 * @param params what it takes, the receiver of an instance method first
 * @param instance whether the first parameter is the receiver
 */
public record JavaMethod(String owner, String name, String descriptor, List<Kind> params, Kind result,
		boolean instance) {

	public JavaMethod {
		params = List.copyOf(params);
	}

}
