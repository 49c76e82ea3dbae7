package dev.flin.lower;

import java.util.List;

/** Strongly connected components, without recursion. */
final class Components {

	private final List<List<Integer>> edges;

	private final int[] order;

	private final int[] low;

	private final int[] component;

	private final boolean[] onStack;

	private final int[] stack;

	private final int[] path;

	private final int[] next;

	private int stackSize;

	private int counter;

	private int components;

	Components(List<List<Integer>> edges) {
		this.edges = edges;
		int size = edges.size();
		this.order = new int[size];
		this.low = new int[size];
		this.component = new int[size];
		this.onStack = new boolean[size];
		this.stack = new int[size];
		this.path = new int[size + 1];
		this.next = new int[size];
	}

	int[] find() {
		for (int i = 0; i < this.order.length; i++) {
			if (this.order[i] == 0) {
				from(i);
			}
		}
		return this.component;
	}

	private void from(int start) {
		int depth = 0;
		this.path[0] = start;
		enter(start);
		while (depth >= 0) {
			int node = this.path[depth];
			if (this.next[node] < this.edges.get(node).size()) {
				int to = this.edges.get(node).get(this.next[node]++);
				if (this.order[to] == 0) {
					enter(to);
					this.path[++depth] = to;
				}
				else if (this.onStack[to]) {
					this.low[node] = Math.min(this.low[node], this.order[to]);
				}
			}
			else {
				if (this.low[node] == this.order[node]) {
					close(node);
				}
				depth--;
				if (depth >= 0) {
					this.low[this.path[depth]] = Math.min(this.low[this.path[depth]], this.low[node]);
				}
			}
		}
	}

	private void enter(int node) {
		this.order[node] = ++this.counter;
		this.low[node] = this.counter;
		this.stack[this.stackSize++] = node;
		this.onStack[node] = true;
	}

	private void close(int node) {
		int member;
		do {
			member = this.stack[--this.stackSize];
			this.onStack[member] = false;
			this.component[member] = this.components;
		}
		while (member != node);
		this.components++;
	}

}
