package dev.flin.runtime.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * YAML 1.2 with its JSON schema ({@code yes} is a text): one document, keys that are scalars.
 */
public final class Yaml {

	private static final int DEPTH_MAX = 200;

	/** What aliases may repeat, so that a small document cannot unfold to a huge value. */
	private static final int ALIASES_MAX = 50;

	private Yaml() {
	}

	public static @Nullable Object parse(String text) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel("YAML")
			.setCodePointLimit(Integer.MAX_VALUE)
			.setAllowNonScalarKeys(false)
			.setMaxAliasesForCollections(ALIASES_MAX)
			.build();
		try {
			checkDepth(settings, text);
			return value(new Load(settings).loadFromString(text));
		}
		catch (MarkedYamlEngineException ex) {
			String line = ex.getProblemMark().map(mark -> " at line " + (mark.getLine() + 1)).orElse("");
			throw new FlinError(FlinError.ERROR, "Malformed YAML" + line + ": " + ex.getProblem(), ex);
		}
		catch (YamlEngineException ex) {
			throw new FlinError(FlinError.ERROR, "Malformed YAML: " + ex.getMessage(), ex);
		}
	}

	/** The composer recurses, the parser does not. */
	private static void checkDepth(LoadSettings settings, String text) {
		int depth = 0;
		for (Event event : new Parse(settings).parseString(text)) {
			switch (event.getEventId()) {
				case SequenceStart, MappingStart -> depth++;
				case SequenceEnd, MappingEnd -> depth--;
				case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {
				}
			}
			if (depth > DEPTH_MAX) {
				throw new FlinError("YAML nested deeper than " + DEPTH_MAX);
			}
		}
	}

	private static @Nullable Object value(@Nullable Object loaded) {
		return switch (loaded) {
			case null -> null;
			case Map<?, ?> map -> {
				FlinMap result = new FlinMap();
				map.forEach((key, value) -> result.put(value(key), value(value)));
				yield result;
			}
			case List<?> list -> {
				FlinList result = new FlinList();
				list.forEach(item -> result.add(value(item)));
				yield result;
			}
			case Integer number -> number.longValue();
			case Long number -> number;
			case BigInteger number -> throw new FlinError("the YAML number " + number + " is no int");
			case Double number -> number;
			case Boolean bool -> bool;
			default -> loaded.toString();
		};
	}

	public static String write(@Nullable Object value) {
		DumpSettings settings = DumpSettings.builder()
			.setDefaultFlowStyle(FlowStyle.BLOCK)
			.setDereferenceAliases(true)
			.setSplitLines(false)
			.setIndicatorIndent(2)
			.setIndentWithIndicator(true)
			.build();
		// What a value looks like in data formats is decided in one place, the JSON writer.
		return new Dump(settings).dumpToString(plain(JsonParser.parse(JsonWriter.write(value))));
	}

	private static @Nullable Object plain(@Nullable Object value) {
		return switch (value) {
			case null -> null;
			case FlinMap map -> {
				Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
				for (int at = map.next(-1); at >= 0; at = map.next(at)) {
					result.put(map.keyAt(at), plain(map.valueAt(at)));
				}
				yield result;
			}
			case FlinList list -> {
				List<@Nullable Object> result = new ArrayList<>(list.size());
				list.forEach(item -> result.add(plain(item)));
				yield result;
			}
			default -> value;
		};
	}

}
