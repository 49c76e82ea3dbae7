package dev.flin.benchmarks.compile;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import dev.flin.benchmarks.fork.Fork;

/** The main class of a JVM that compiles as much Java once, from memory to memory: what cold costs a peer. */
final class JavacFork {

	private JavacFork() {
	}

	/** Compiles, and makes all classes. */
	public static void main(String[] args) {
		List<JavaFileObject> files = new ArrayList<>();
		for (int i = 0; i < CompileFork.FILES; i++) {
			files.add(new Source("Part" + i, Sources.read("java").replace("ID", Integer.toString(i))));
		}
		long start = System.nanoTime();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		boolean done = compiler
			.getTask(null, new Memory(compiler.getStandardFileManager(null, null, null)), null, List.of("-proc:none"),
					null, files)
			.call();
		double millis = (System.nanoTime() - start) / 1e6;
		if (!done) {
			throw new IllegalStateException("a source of the measurement is wrong");
		}
		Fork.answer("cold", millis);
		System.exit(0);
	}

	/** A source that was read before. */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String text) {
			super(URI.create("memory:///app/" + name + ".java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

	/** Takes classes without writing them to a disk. */
	private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {

		Memory(StandardJavaFileManager system) {
			super(system);
		}

		@Override
		public JavaFileObject getJavaFileForOutput(Location location, String name, Kind kind, FileObject sibling) {
			return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {

				@Override
				public OutputStream openOutputStream() {
					return new ByteArrayOutputStream();
				}

			};
		}

	}

}
