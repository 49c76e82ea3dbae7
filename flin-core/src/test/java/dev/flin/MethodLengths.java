package dev.flin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import org.jspecify.annotations.Nullable;

/** How many lines each method of some sources takes, from its signature to its brace. */
final class MethodLengths {

	private MethodLengths() {
	}

	/** A method by its file and name, where it begins and how long it is. */
	record Length(Path file, String method, int line, int lines) {
	}

	static List<Length> of(List<Path> files) throws IOException {
		List<Length> lengths = new ArrayList<>();
		if (files.isEmpty()) {
			return lengths;
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			JavacTask task = (JavacTask) compiler.getTask(null, manager, (diagnostic) -> {
			}, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
			SourcePositions positions = Trees.instance(task).getSourcePositions();
			for (CompilationUnitTree unit : task.parse()) {
				unit.accept(new Scanner(unit, positions, lengths), null);
			}
		}
		return lengths;
	}

	private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {

		private final CompilationUnitTree unit;

		private final SourcePositions positions;

		private final List<Length> lengths;

		Scanner(CompilationUnitTree unit, SourcePositions positions, List<Length> lengths) {
			this.unit = unit;
			this.positions = positions;
			this.lengths = lengths;
		}

		@Override
		public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
			if (method.getBody() != null) {
				int first = line(this.positions.getStartPosition(this.unit, first(method)));
				int last = line(this.positions.getEndPosition(this.unit, method));
				this.lengths.add(new Length(Path.of(this.unit.getSourceFile().toUri()), method.getName().toString(),
						first, last - first + 1));
			}
			return super.visitMethod(method, unused);
		}

		/** The return type, so that annotations do not count; a constructor has none. */
		private static Tree first(MethodTree method) {
			return (method.getReturnType() != null) ? method.getReturnType() : method;
		}

		private int line(long position) {
			LineMap lines = this.unit.getLineMap();
			return (int) lines.getLineNumber(position);
		}

	}

}
