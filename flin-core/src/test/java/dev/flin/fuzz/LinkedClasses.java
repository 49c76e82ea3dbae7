package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.objectweb.asm.ClassReader;

import dev.flin.compiler.Program;

/**
 * Whether the loader of each file finds every class that the code of the file names. A class that it was not told of
 * is missing only when the code around its name runs, so verifying says nothing about it.
 */
final class LinkedClasses {

	private static final int CLASS = 7;

	private LinkedClasses() {
	}

	/** What cannot be loaded, as "file needs class". */
	static List<String> missing(Program program) {
		List<String> missing = new ArrayList<>();
		Map<String, byte[]> classes = program.classes();
		for (String path : program.paths()) {
			Class<?> unit = (program.isView(path) ? program.component(path, Object.class) : program.script(path))
				.getClass();
			classes.forEach((name, bytes) -> {
				boolean inner = name.startsWith(unit.getName() + "$") && !name.contains("$record$");
				if (inner || name.equals(unit.getName())) {
					for (String needed : named(bytes)) {
						if (!loads(unit.getClassLoader(), needed)) {
							missing.add(path + " needs " + needed);
						}
					}
				}
			});
		}
		return missing;
	}

	private static boolean loads(ClassLoader loader, String name) {
		try {
			loader.loadClass(name);
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/** The classes of programs that a class names. */
	private static TreeSet<String> named(byte[] bytes) {
		ClassReader reader = new ClassReader(bytes);
		char[] buffer = new char[reader.getMaxStringLength()];
		TreeSet<String> named = new TreeSet<>();
		for (int i = 1; i < reader.getItemCount(); i++) {
			int at = reader.getItem(i);
			if (at > 0 && bytes[at - 1] == CLASS) {
				String name = reader.readUTF8(at, buffer);
				if (name.startsWith("flin/")) {
					named.add(name.replace('/', '.'));
				}
			}
		}
		return named;
	}

}
