package dev.flin.runtime.entity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.flin.runtime.rule.Rules;
import dev.flin.store.StoreException;
import dev.flin.store.UniqueClash;
import dev.flin.value.FlinError;

/**
 * Failures of the store as errors of the program.
 */
final class StoreErrors {

	/** The code of a refused delete, destroy or restore. */
	static final String FOREIGN_KEY = "ForeignKeyConstraint";

	/** The code of a destroy that a legal hold refuses. */
	static final String HELD = "LegalHold";

	/** The code of everything that the store cannot do. */
	static final String STORE = "StoreError";

	private StoreErrors() {
	}

	/** What the program sees: an error value, or the throwable itself when it is no failure of the store. */
	static RuntimeException translate(Throwable thrown) {
		return switch (thrown) {
			case StoreException.Conflict conflict -> new FlinError(FlinError.CONFLICT_ERROR,
					conflict.record() + " was changed by someone else at the same time", conflict);
			case StoreException.UniqueViolation unique -> validation(clashes(unique.clashes(), ""), unique);
			case StoreException.Held held -> new FlinError(HELD, describe(held), held);
			case StoreException failure -> new FlinError(STORE, describe(failure), failure);
			case RuntimeException other -> other;
			case Error severe -> throw severe;
			default -> new FlinError(FlinError.ERROR, describe(thrown), thrown);
		};
	}

	static FlinError validation(Map<String, String> fields, @org.jspecify.annotations.Nullable Throwable cause) {
		StringBuilder message = new StringBuilder("Validation failed: ");
		String separator = "";
		for (Map.Entry<String, String> field : fields.entrySet()) {
			message.append(separator).append(field.getKey()).append(' ').append(field.getValue());
			separator = "; ";
		}
		return new FlinError(FlinError.VALIDATION_ERROR, message.toString(), cause, fields);
	}

	static Map<String, String> clashes(List<UniqueClash> clashes, String prefix) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (UniqueClash clash : clashes) {
			clash.fields().forEach(field -> fields.putIfAbsent(prefix + field, Rules.UNIQUE));
		}
		return fields;
	}

	private static String describe(Throwable thrown) {
		String message = thrown.getMessage();
		return (message != null) ? message : thrown.getClass().getSimpleName();
	}

}
