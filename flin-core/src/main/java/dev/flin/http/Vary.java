package dev.flin.http;

/** The field that tells caches what an answer depends on. */
public final class Vary {

	private static final String NAME = "Vary";

	private Vary() {
	}

	/** Adds a field of the request, once. */
	public static void add(HttpFields.Builder answer, String field) {
		String known = answer.first(NAME);
		if (known == null) {
			answer.addClean(NAME, field);
			return;
		}
		for (String each : known.split(",")) {
			if (each.strip().equalsIgnoreCase(field) || "*".equals(each.strip())) {
				return;
			}
		}
		answer.set(NAME, known + ", " + field);
	}

}
