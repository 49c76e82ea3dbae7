function Tree(left, right) { this.left = left; this.right = right; }

// Not === 0, which Rhino 1.8.1 compiles wrongly here.
function made(depth) {
    return depth < 1 ? new Tree(null, null) : new Tree(made(depth - 1), made(depth - 1));
}

function nodes(tree) { return tree === null ? 0 : 1 + nodes(tree.left) + nodes(tree.right); }

function bench(n) {
    var longLived = made(n), sum = 0;
    for (var i = 0; i < 8; i++) { sum += nodes(made(n - 2)); }
    return sum + nodes(longLived);
}
