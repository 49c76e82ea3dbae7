package dev.flin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How an engine is, part by part, at one moment.
 *
 * @param status the worst of the parts
 * @param parts {@code database}, {@code wal}, {@code memory}, {@code search}, {@code cron}
 * @param uptime since the engine was started
 */
public record EngineHealth(Status status, Map<String, Part> parts, Duration uptime) {

	/** How good something is. */
	public enum Status {

		/** All is as it should be. */
		HEALTHY,
		/** It works, but somebody should look at it. */
		DEGRADED,
		/** It does not do what it is there for. */
		UNHEALTHY;

		/** As it is written in answers. */
		public String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A part.
	 *
	 * @param details what to show, in order
	 */
	public record Part(Status status, Map<String, Object> details) {
	}

	static Status worst(List<Status> all) {
		return all.stream().max(Status::compareTo).orElse(Status.HEALTHY);
	}

}
