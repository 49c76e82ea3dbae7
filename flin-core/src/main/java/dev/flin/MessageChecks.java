package dev.flin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.flin.compiler.Program;
import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrMessage;
import dev.flin.source.SourceFile;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/** Finds keys that {@code t("key")} asks for and that a language of {@code i18n/} has no message for. */
final class MessageChecks {

	private MessageChecks() {
	}

	/**
	 * Checks all files. Languages that are written in FLIN are left out: only running them tells what they hold.
	 * @param sources all texts of the application, those of {@code i18n/} among them
	 */
	static List<Diagnostic> of(Program program, Map<String, SourceFile> files, Map<String, String> sources) {
		EngineMessages messages;
		try {
			messages = EngineMessages.of(json(sources), "en", (path) -> new FlinMap());
		}
		catch (FlinError ex) {
			// The start says what is wrong with such a file; nothing can be said about keys until then.
			return List.of();
		}
		List<Diagnostic> found = new ArrayList<>();
		program.web().forEach((path, web) -> {
			SourceFile file = files.get(path);
			if (file != null) {
				web.messages().forEach((message) -> check(message, messages, file, found));
			}
		});
		return found;
	}

	private static Map<String, String> json(Map<String, String> sources) {
		Map<String, String> json = new HashMap<>();
		sources.forEach((path, text) -> {
			if (path.endsWith(".json") && !sources.containsKey(path.replace(".json", ".flin"))) {
				json.put(path, text);
			}
		});
		return json;
	}

	private static void check(IrMessage message, EngineMessages messages, SourceFile file, List<Diagnostic> found) {
		List<String> without = messages.without(message.key());
		if (!without.isEmpty()) {
			found.add(Diagnostic
				.of(Code.W0113, file, message.span(),
						"there is no message for '" + message.key() + "' in " + String.join(", ", without))
				.withHelp("add it to i18n/" + without.getFirst() + ".json"));
		}
	}

}
