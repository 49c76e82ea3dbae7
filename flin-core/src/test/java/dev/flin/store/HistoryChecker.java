package dev.flin.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges recorded histories of concurrent transactions by the rules of snapshot isolation. Each write has a value of
 * its
 * own, so a read tells whose write it saw. Write skew is allowed.
 */
final class HistoryChecker {

	/** A read or write of a key. */
	record Operation(boolean write, long key, long value) {
	}

	/**
	 * A transaction that ran.
	 *
	 * @param begun when it was begun, on the clock of the observer
	 * @param acknowledged when its end was known
	 * @param snapshot the commit time of the newest transaction it sees
	 * @param commit its commit time; 0 when it wrote nothing or did not commit
	 */
	record Transaction(long begun, long acknowledged, long snapshot, long commit, boolean committed,
			List<Operation> operations) {

		boolean writes(long key) {
			return this.operations.stream().anyMatch((operation) -> operation.write() && operation.key() == key);
		}

		Map<Long, Long> lastWrites() {
			Map<Long, Long> last = new HashMap<>();
			this.operations.stream()
				.filter(Operation::write)
				.forEach((operation) -> last.put(operation.key(), operation.value()));
			return last;
		}

	}

	private final List<Transaction> history;

	private final List<Transaction> writers;

	private final List<String> anomalies = new ArrayList<>();

	private HistoryChecker(List<Transaction> history) {
		this.history = history;
		this.writers = history.stream()
			.filter((transaction) -> transaction.committed() && transaction.commit() != 0)
			.sorted(Comparator.comparingLong(Transaction::commit))
			.toList();
	}

	/**
	 * What is wrong with a history.
	 * @param initial the values before it
	 * @param end the values after it
	 */
	static List<String> anomalies(List<Transaction> history, Map<Long, Long> initial, Map<Long, Long> end) {
		HistoryChecker checker = new HistoryChecker(history);
		checker.commitTimes();
		checker.updates();
		checker.reads(initial);
		checker.recency();
		TreeMap<Long, Long> expected = new TreeMap<>(initial);
		checker.writers.forEach((transaction) -> expected.putAll(transaction.lastWrites()));
		if (!expected.equals(new TreeMap<>(end))) {
			checker.anomalies.add("lost write: the end is " + end + " instead of " + expected);
		}
		return checker.anomalies;
	}

	private void commitTimes() {
		Set<Long> times = new HashSet<>();
		for (Transaction transaction : this.writers) {
			if (!times.add(transaction.commit())) {
				this.anomalies.add("commit time " + transaction.commit() + " was given twice");
			}
			if (transaction.commit() <= transaction.snapshot()) {
				this.anomalies.add("time ran backwards at commit " + transaction.commit());
			}
		}
	}

	private void updates() {
		Map<Long, Long> lastCommit = new HashMap<>();
		for (Transaction transaction : this.writers) {
			for (long key : transaction.lastWrites().keySet()) {
				Long before = lastCommit.put(key, transaction.commit());
				if (before != null && before > transaction.snapshot()) {
					this.anomalies.add("lost update: commit " + transaction.commit() + " overwrote " + key
							+ " of commit " + before + " without having seen it");
				}
			}
		}
	}

	private void reads(Map<Long, Long> initial) {
		Map<Long, Transaction> authors = new HashMap<>();
		Map<Long, TreeMap<Long, Long>> states = new HashMap<>();
		initial.forEach((key, value) -> states.computeIfAbsent(key, (k) -> new TreeMap<>()).put(0L, value));
		for (Transaction transaction : this.history) {
			transaction.operations()
				.stream()
				.filter(Operation::write)
				.forEach((operation) -> authors.put(operation.value(), transaction));
		}
		for (Transaction transaction : this.writers) {
			transaction.lastWrites()
				.forEach((key, value) -> states.computeIfAbsent(key, (k) -> new TreeMap<>())
					.put(transaction.commit(), value));
		}
		for (Transaction transaction : this.history) {
			Map<Long, Long> own = new HashMap<>();
			for (Operation operation : transaction.operations()) {
				if (operation.write()) {
					own.put(operation.key(), operation.value());
					continue;
				}
				Long mine = own.get(operation.key());
				long expected = (mine != null) ? mine
						: states.get(operation.key()).floorEntry(transaction.snapshot()).getValue();
				if (operation.value() != expected) {
					this.anomalies.add(kind(authors.get(operation.value()), transaction) + ": " + operation.key()
							+ " was read as " + operation.value() + " instead of " + expected + " at "
							+ transaction.snapshot());
				}
			}
		}
	}

	private static String kind(@org.jspecify.annotations.Nullable Transaction author, Transaction reader) {
		if (author == null) {
			return "stale read";
		}
		if (!author.committed()) {
			return "dirty read";
		}
		return (author.commit() > reader.snapshot()) ? "non-repeatable read" : "stale read";
	}

	/** Who begins after a commit was acknowledged sees it. */
	private void recency() {
		for (Transaction reader : this.history) {
			for (Transaction writer : this.writers) {
				if (writer.acknowledged() < reader.begun() && writer.commit() > reader.snapshot()) {
					this.anomalies.add("an acknowledged commit (" + writer.commit() + ") was not seen by a later "
							+ "transaction (" + reader.snapshot() + ")");
				}
			}
		}
	}

	/** Pairs of transactions that each read what the other wrote: allowed, and counted. */
	static long writeSkews(List<Transaction> history) {
		long count = 0;
		for (Transaction one : history) {
			for (Transaction two : history) {
				boolean concurrent = one.commit() < two.commit() && one.commit() > two.snapshot();
				if (concurrent && readsWhatOtherWrote(one, two) && readsWhatOtherWrote(two, one)) {
					count++;
				}
			}
		}
		return count;
	}

	private static boolean readsWhatOtherWrote(Transaction one, Transaction two) {
		return one.operations()
			.stream()
			.anyMatch((operation) -> !operation.write() && two.writes(operation.key()) && !one.writes(operation.key()));
	}

}
