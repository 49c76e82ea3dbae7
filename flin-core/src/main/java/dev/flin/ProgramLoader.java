package dev.flin;

import java.util.Map;

/** Compiles the files of an application and loads what came out. */
@FunctionalInterface
interface ProgramLoader {

	/**
	 * Compiles.
	 * @param sources the texts of all files by path
	 */
	Program load(Map<String, String> sources);

}
