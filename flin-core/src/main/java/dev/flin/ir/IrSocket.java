package dev.flin.ir;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/**
 * A WebSocket of a file. Code is named by its index among the {@linkplain IrUnit#hostCode() code that the host calls},
 * and is -1 where the file says nothing.
 *
 * @param path the written path; null for that of the file
 * @param head where its path is written
 * @param guards what must hold before it is opened, in written order, those of the file first
 * @param query what its query must be, as the file says; null when it says nothing
 * @param connect runs when it is opened
 * @param message runs for each message
 * @param close runs when it is closed
 */
public record IrSocket(@Nullable String path, Span head, List<IrGuard> guards,
		@Nullable List<IrInput> query, int connect, int message, int close) {

	public IrSocket {
		guards = List.copyOf(guards);
		query = (query != null) ? List.copyOf(query) : null;
	}

}
