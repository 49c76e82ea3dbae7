package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Hears how long things take. Safe for any number of threads; called on the thread that does the work.
 */
public interface Telemetry {

	/** What takes time. */
	enum Kind {

		/** The code of a route. */
		ROUTE("flin.route"),
		/** The markup of a page or component. */
		RENDER("flin.render"),
		/** What is saved, until it is durable. */
		SAVE("flin.save"),
		/** What is read by a query. */
		QUERY("flin.query");

		private final String meter;

		Kind(String meter) {
			this.meter = meter;
		}

		/** The name that it is measured under. */
		public String meter() {
			return this.meter;
		}

	}

	/** Hears nothing. */
	Telemetry NONE = (kind, name) -> Timing.NONE;

	/**
	 * Something begins.
	 * @param name what it is about, of few different values: method and path of a route, a file, an entity
	 */
	Timing start(Kind kind, String name);

	/** Something that goes on. */
	interface Timing {

		/** Measures nothing. */
		Timing NONE = (failure) -> {
		};

		/**
		 * It is over.
		 * @param failure why it failed; null when it did not
		 */
		void end(@Nullable Throwable failure);

	}

}
