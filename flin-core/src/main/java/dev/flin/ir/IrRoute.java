package dev.flin.ir;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/**
 * A route of a file. Code is named by its index among the {@linkplain IrUnit#hostCode() code that the host calls}.
 *
 * @param method the HTTP method
 * @param path the written path; null for that of the file
 * @param head where its method and path are written
 * @param code the handler, which gives the value of the answer
 * @param guards what must hold, in written order, those of the file first
 * @param body what the body must be; null when nothing is said
 * @param query what the query must be; null when nothing is said
 * @param events whether the code emits events while they are sent
 * @param idempotent whether requests with one key get one answer
 * @param prompt whether the handler is {@linkplain PromptCode prompt}
 */
public record IrRoute(String method, @Nullable String path, Span head, int code, List<IrGuard> guards,
		@Nullable List<IrInput> body, @Nullable List<IrInput> query, boolean events,
		boolean idempotent, boolean prompt) {

	public IrRoute {
		guards = List.copyOf(guards);
	}

	/** The route, once its code is there. */
	public IrRoute withPrompt(boolean found) {
		return new IrRoute(this.method, this.path, this.head, this.code, this.guards, this.body, this.query,
				this.events, this.idempotent, found);
	}

}
