function Tree(left, right) { this.left = left; this.right = right; }

function made(depth) {
    if (depth === 0) { return new Tree(null, null); }
    var left = made(depth - 1);
    return new Tree(left, made(depth - 1));
}

function nodes(tree) { return tree === null ? 0 : 1 + nodes(tree.left) + nodes(tree.right); }

function bench(n) {
    var longLived = made(n), sum = 0;
    for (var i = 0; i < 8; i++) { sum += nodes(made(n - 2)); }
    return sum + nodes(longLived);
}
