package dev.flin.benchmarks.language.java;

import org.jspecify.annotations.Nullable;

/** Many small objects. */
final class BinaryTrees {

	private BinaryTrees() {
	}

	static final class Tree {

		final @Nullable Tree left;

		final @Nullable Tree right;

		Tree(@Nullable Tree left, @Nullable Tree right) {
			this.left = left;
			this.right = right;
		}

	}

	static Tree made(int depth) {
		return (depth == 0) ? new Tree(null, null) : new Tree(made(depth - 1), made(depth - 1));
	}

	static long nodes(@Nullable Tree tree) {
		return (tree == null) ? 0 : 1 + nodes(tree.left) + nodes(tree.right);
	}

	static Object bench(int n) {
		Tree longLived = made(n);
		long sum = 0;
		for (int i = 0; i < 8; i++) {
			sum += nodes(made(n - 2));
		}
		return sum + nodes(longLived);
	}

}
