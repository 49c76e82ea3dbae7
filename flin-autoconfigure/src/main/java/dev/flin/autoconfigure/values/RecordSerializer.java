package dev.flin.autoconfigure.values;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.EntityInstance;

/**
 * Writes records of entities as answers of FLIN have them: the id and the fields, without those that are hidden.
 */
final class RecordSerializer extends StdSerializer<EntityInstance> {

	RecordSerializer() {
		super(EntityInstance.class);
	}

	/** By way of the text, so that both agree, and trees and converted values have no text inside. */
	@Override
	public void serialize(EntityInstance record, JsonGenerator generator, SerializationContext context) {
		context.writeValue(generator, JsonParser.parse(JsonWriter.write(record)));
	}

}
