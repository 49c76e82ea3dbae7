package dev.flin.message;

import org.jspecify.annotations.Nullable;

import dev.flin.source.SourceFile;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.value.FlinMap;

/** Reads the keys of messages that are written as a map in FLIN, without running it. */
final class WrittenMessages {

	private WrittenMessages() {
	}

	/** The keys with empty messages, in groups as written; null when only running the file tells what they are. */
	static @Nullable FlinMap keys(String path, String text) {
		Stmt only = null;
		for (Stmt statement : Syntax.parse(new SourceFile(path, text)).body()) {
			if (only != null) {
				return null;
			}
			only = statement;
		}
		return (only instanceof Stmt.Eval eval && eval.value() instanceof Expr.MapOf map) ? keys(map) : null;
	}

	private static @Nullable FlinMap keys(Expr.MapOf map) {
		FlinMap keys = new FlinMap();
		for (Part.Entry entry : map.entries()) {
			String key = (entry.key() instanceof Expr.Text text) ? text(text) : null;
			Object value = switch (entry.value()) {
				case Expr.Text text -> "";
				case Expr.MapOf group -> keys(group);
				default -> null;
			};
			if (key == null || value == null) {
				return null;
			}
			keys.put(key, value);
		}
		return keys;
	}

	private static @Nullable String text(Expr.Text text) {
		StringBuilder out = new StringBuilder();
		for (Part.TextPart part : text.parts()) {
			if (!(part instanceof Part.Chunk chunk)) {
				return null;
			}
			out.append(chunk.text());
		}
		return out.toString();
	}

}
