package dev.flin.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Versions one after the other, read as they are asked for. Valid as long as the view it came from is open.
 */
public interface RecordCursor extends Iterator<RecordVersion>, AutoCloseable {

	@Override
	void close();

	/**
	 * Reads what is left and closes.
	 * @return the versions
	 */
	default List<RecordVersion> toList() {
		List<RecordVersion> all = new ArrayList<>();
		try (this) {
			while (hasNext()) {
				all.add(next());
			}
		}
		return all;
	}

}
