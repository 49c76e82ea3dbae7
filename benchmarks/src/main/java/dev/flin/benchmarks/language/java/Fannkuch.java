package dev.flin.benchmarks.language.java;

/** Short arrays of whole numbers, turned about. */
final class Fannkuch {

	private Fannkuch() {
	}

	static long flipsOf(long[] perm) {
		long flips = 0;
		long k = perm[0];
		while (k != 0) {
			int low = 0;
			int high = (int) k;
			while (low < high) {
				long kept = perm[low];
				perm[low] = perm[high];
				perm[high] = kept;
				low++;
				high--;
			}
			flips++;
			k = perm[0];
		}
		return flips;
	}

	static Object bench(int n) {
		long[] order = new long[n];
		for (int i = 0; i < n; i++) {
			order[i] = i;
		}
		long[] perm = new long[n];
		long[] left = new long[n];
		long most = 0;
		long checksum = 0;
		boolean even = true;
		int r = n;
		while (r <= n) {
			while (r > 1) {
				left[r - 1] = r;
				r--;
			}
			for (int i = 0; i < n; i++) {
				perm[i] = order[i];
			}
			long flips = flipsOf(perm);
			most = Math.max(most, flips);
			checksum += even ? flips : -flips;
			even = !even;
			boolean turning = true;
			while (turning) {
				if (r == n) {
					r = n + 1;
					turning = false;
				}
				else {
					long kept = order[0];
					for (int i = 0; i < r; i++) {
						order[i] = order[i + 1];
					}
					order[r] = kept;
					left[r]--;
					if (left[r] > 0) {
						turning = false;
					}
					else {
						r++;
					}
				}
			}
		}
		return checksum * 1000 + most;
	}

}
