package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.LogText;
import dev.flin.value.FlinList;
import dev.flin.value.Printer;

/**
 * Messages to the log of the host, with values by their names beside them.
 */
public final class LogFunctions {

	private static final Logger LOG = LoggerFactory.getLogger("flin");

	private LogFunctions() {
	}

	@Builtin(value = "log_debug(message: any, names: text = \"\", ...named: any) -> none", serverOnly = true,
			doc = "Writes a message to the log, for those who look for the cause of something.",
			example = "log_debug(\"read\", rows: 3) // none")
	public static @Nullable Object debug(@Nullable Object message, String names, FlinList named) {
		return write(Level.DEBUG, message, names, named);
	}

	@Builtin(value = "log_info(message: any, names: text = \"\", ...named: any) -> none", serverOnly = true,
			doc = "Writes a message to the log. Named values stand beside it: `log_info(\"sent\", order: 7)`.",
			example = "log_info(\"sent\", order: 7) // none")
	public static @Nullable Object info(@Nullable Object message, String names, FlinList named) {
		return write(Level.INFO, message, names, named);
	}

	@Builtin(value = "log_warn(message: any, names: text = \"\", ...named: any) -> none", serverOnly = true,
			doc = "Writes a warning to the log.", example = "log_warn(\"slow\", seconds: 4) // none")
	public static @Nullable Object warn(@Nullable Object message, String names, FlinList named) {
		return write(Level.WARN, message, names, named);
	}

	@Builtin(value = "log_error(message: any, names: text = \"\", ...named: any) -> none", serverOnly = true,
			doc = "Writes an error to the log.", example = "log_error(\"lost\", order: 7) // none")
	public static @Nullable Object error(@Nullable Object message, String names, FlinList named) {
		return write(Level.ERROR, message, names, named);
	}

	private static @Nullable Object write(Level level, @Nullable Object message, String names, FlinList named) {
		LoggingEventBuilder event = LOG.atLevel(level);
		String[] keys = names.isEmpty() ? new String[0] : names.split(",");
		for (int i = 0; i < named.size(); i++) {
			String key = (i < keys.length && !keys[i].isEmpty()) ? keys[i] : Integer.toString(i);
			event = event.addKeyValue(key, LogText.of(Printer.print(named.element(i))));
		}
		event.log(LogText.of(Printer.print(message)));
		return null;
	}

}
