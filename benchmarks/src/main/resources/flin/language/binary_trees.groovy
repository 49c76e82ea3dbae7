final class Tree {

    final Tree left

    final Tree right

    Tree(Tree left, Tree right) {
        this.left = left
        this.right = right
    }

}

static Tree made(int depth) {
    return (depth == 0) ? new Tree(null, null) : new Tree(made(depth - 1), made(depth - 1))
}

static long nodes(Tree tree) {
    return (tree == null) ? 0 : 1 + nodes(tree.left) + nodes(tree.right)
}

static Object bench(int n) {
    Tree longLived = made(n)
    long sum = 0
    for (int i = 0; i < 8; i++) {
        sum += nodes(made(n - 2))
    }
    return sum + nodes(longLived)
}
