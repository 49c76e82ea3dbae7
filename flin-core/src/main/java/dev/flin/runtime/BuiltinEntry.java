package dev.flin.runtime;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One built-in function or value as data: what the checker, code generation, documentation and completion know of it.
 *
 * @param name the name that the formatter prints
 * @param aliases other names
 * @param signature the FLIN signature, such as {@code repeat(s: text, times: int) -> text} or {@code pi: number}
 * @param isValue whether it is used without call syntax
 * @param owner internal name of the Java class
 * @param method name of the Java method, which is public and static
 * @param descriptor descriptor of the Java method
 * @param takesContext whether the first Java parameter is the context
 * @param specializations descriptors of overloads of the method that work on unboxed values, see {@link Specialized}
 * @param mutates whether it changes its receiver
 * @param browserOnly whether only code in a browser may use it
 * @param serverOnly whether it never reaches a browser
 * @param pure whether it depends on its arguments alone and calls nothing of the program; the result may still be a new
 * list or map each time
 * @param service what it does not work without; null for most
 * @param doc Markdown
 * @param example calls and their results, one a line
 * @param errors calls that fail and their messages, one a line
 */
public record BuiltinEntry(String name, List<String> aliases, String signature, boolean isValue, String owner,
		String method, String descriptor, boolean takesContext, List<String> specializations, boolean mutates,
		boolean browserOnly, boolean serverOnly, boolean pure, @Nullable Service service, String doc, String example,
		String errors) {

	/**
	 * A service of the host.
	 *
	 * @param port the name of the interface
	 * @param what what it does
	 * @param dependencies what brings it, each as {@code group:artifact}
	 */
	public record Service(String port, String what, List<String> dependencies) {

		public Service {
			dependencies = List.copyOf(dependencies);
		}

	}

}
