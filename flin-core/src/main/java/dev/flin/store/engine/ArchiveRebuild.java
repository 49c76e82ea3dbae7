package dev.flin.store.engine;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreConfig;
import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;

/**
 * Makes a store file that is damaged or gone anew from the archive of the log, or from the log itself while that has
 * every transaction since the first: before the first checkpoint nothing is archived, and nothing is in the file
 * either. It is taken only when it turns out to be what {@code meta.json} says there was.
 */
final class ArchiveRebuild {

	private ArchiveRebuild() {
	}

	/**
	 * Rebuilds the file.
	 * @param why what is wrong with it
	 * @return what was done, for the recovery report
	 * @throws StoreException.CannotOpen the same, when there is no way; then nothing was changed
	 */
	static String run(FileSystem files, StoreConfig config, StoreException.CannotOpen why) throws IOException {
		LogHistory history = new LogHistory(files);
		boolean archived = history.lastArchived() > 0;
		if (history.first() != 1 && !archived) {
			throw why;
		}
		if (history.first() != 1) {
			throw new StoreException.CannotOpen(why.getMessage() + ". The log archive cannot replace it: "
					+ "transactions before " + history.firstArchived() + " are not in it, because it was switched on "
					+ "later or a part of it is gone. Take a backup after switching it on", why);
		}
		try (Rebuild rebuild = new Rebuild(files, config)) {
			List<MetaFile.State> expected = MetaFile.read(files);
			long last = (expected == null || expected.isEmpty()) ? history.lastArchived()
					: Math.min(expected.getLast().sequence(), history.last());
			MetaFile.State found = play(history, rebuild, expected, last);
			if (found == null && expected != null) {
				throw new StoreException.Damaged("the archive does not give what meta.json records");
			}
			rebuild.replaceStore();
			String from = archived ? "log archive, up to transaction " + rebuild.sequence() : "log";
			return "The store file was not as recorded and was made anew from the %s (%s)".formatted(from,
					why.getMessage());
		}
		catch (StoreException.Damaged | IndexOutOfBoundsException ex) {
			why.addSuppressed(ex);
			throw why;
		}
	}

	/** Applies transactions until the maps are as recorded, and says as which record. */
	private static MetaFile.@Nullable State play(LogHistory history, Rebuild rebuild,
			@Nullable List<MetaFile.State> expected, long last) throws IOException {
		for (long next = 1; next <= last; next = rebuild.sequence() + 1) {
			long upTo = stop(expected, next, last);
			IOException[] failure = { null };
			history.read(next, upTo, (sequence, payload) -> {
				rebuild.apply(sequence, payload);
				try {
					if (sequence % 256 == 0) {
						rebuild.relieve();
					}
				}
				catch (IOException ex) {
					failure[0] = ex;
				}
			});
			if (failure[0] != null) {
				throw failure[0];
			}
			if (expected != null && expected.contains(new MetaFile.State(upTo, rebuild.contentHash()))) {
				return new MetaFile.State(upTo, rebuild.contentHash());
			}
		}
		return null;
	}

	/** The next transaction behind which something is recorded. */
	private static long stop(@Nullable List<MetaFile.State> expected, long next, long last) {
		long stop = last;
		for (MetaFile.State state : (expected != null) ? expected : List.<MetaFile.State>of()) {
			stop = (state.sequence() >= next) ? Math.min(stop, state.sequence()) : stop;
		}
		return stop;
	}

}
