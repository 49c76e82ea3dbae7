package dev.flin.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.compiler.Program;
import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrMessage;
import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/** Finds keys that {@code t("key")} asks for and that a language of {@code i18n/} has no message for. */
public final class MessageChecks {

	private static final String DIRECTORY = "i18n/";

	private static final String CODE = ".flin";

	private static final String JSON = ".json";

	private MessageChecks() {
	}

	/**
	 * Checks all files. Languages whose files in FLIN are more than a written map are left out: only running them tells
	 * what they hold.
	 * @param sources all texts of the application, those of {@code i18n/} among them
	 */
	public static List<Diagnostic> of(Program program, Map<String, SourceFile> files, Map<String, String> sources) {
		EngineMessages messages;
		try {
			Map<String, FlinMap> written = written(sources);
			messages = EngineMessages.of(known(sources, written.keySet()), "en", written::get);
		}
		catch (FlinError ex) {
			// The start says what is wrong with such a file; nothing can be said about keys until then.
			return List.of();
		}
		List<Diagnostic> found = new ArrayList<>();
		program.web().forEach((path, web) -> {
			SourceFile file = files.get(path);
			if (file != null) {
				web.messages().forEach((message) -> check(message, messages, file, sources, found));
			}
		});
		return found;
	}

	private static Map<String, FlinMap> written(Map<String, String> sources) {
		Map<String, FlinMap> written = new HashMap<>();
		sources.forEach((path, text) -> {
			FlinMap keys = (path.startsWith(DIRECTORY) && path.endsWith(CODE)) ? WrittenMessages.keys(path, text)
					: null;
			if (keys != null) {
				written.put(path, keys);
			}
		});
		return written;
	}

	/** The files of languages of which all is known. */
	private static Map<String, String> known(Map<String, String> sources, Set<String> written) {
		Map<String, String> known = new HashMap<>();
		sources.forEach((path, text) -> {
			String code = path.endsWith(JSON) ? path.substring(0, path.length() - JSON.length()) + CODE : path;
			if (written.contains(code) || (path.endsWith(JSON) && !sources.containsKey(code))) {
				known.put(path, text);
			}
		});
		return known;
	}

	private static void check(IrMessage message, EngineMessages messages, SourceFile file, Map<String, String> sources,
			List<Diagnostic> found) {
		List<String> without = messages.without(message.key());
		if (!without.isEmpty()) {
			String first = DIRECTORY + without.getFirst();
			found.add(Diagnostic
				.of(Code.W0113, file, message.span(),
						"there is no message for '" + message.key() + "' in " + String.join(", ", without))
				.withHelp("add it to " + first + (sources.containsKey(first + CODE) ? CODE : JSON)));
		}
	}

}
