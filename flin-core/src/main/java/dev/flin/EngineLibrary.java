package dev.flin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.flin.http.lib.FileLibrary;
import dev.flin.http.lib.WebLibrary;
import dev.flin.http.live.SocketLibrary;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.entity.ApiKeyFunctions;
import dev.flin.runtime.entity.MigrationFunctions;
import dev.flin.runtime.entity.TemporalFunctions;
import dev.flin.runtime.lib.MessageFunctions;
import dev.flin.runtime.lib.StandardLibrary;
import dev.flin.value.FlinBugException;

/**
 * The built-ins of an engine: those of the language, and those that need what an engine has.
 */
public final class EngineLibrary {

	/** What {@link BuiltinCatalog#toIndex} writes for the further classes; a test keeps it current. */
	static final String INDEX = "engine.index";

	private EngineLibrary() {
	}

	/** The classes of the built-ins that are not in the standard library. */
	static List<Class<?>> classes() {
		return List.of(TemporalFunctions.class, ApiKeyFunctions.class, MigrationFunctions.class, WebLibrary.class,
				SocketLibrary.class, FileLibrary.class, MessageFunctions.class);
	}

	/** The catalog of all of them, from its indexes: no class is loaded before it is used. */
	public static BuiltinCatalog catalog() {
		try (InputStream index = EngineLibrary.class.getResourceAsStream(INDEX)) {
			if (index == null) {
				throw new FlinBugException("the index of the engine's built-ins is missing");
			}
			return BuiltinCatalog.ofIndex(StandardLibrary.index(),
					new String(index.readAllBytes(), StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new FlinBugException("the index of the engine's built-ins cannot be read", ex);
		}
	}

}
