package dev.flin.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import dev.flin.FlinEngine;
import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.StoreSchema;

/**
 * Shows the entities as the store knows them.
 */
@Endpoint(id = "flinschema")
public final class FlinSchemaEndpoint {

	private final FlinEngine engine;

	FlinSchemaEndpoint(FlinEngine engine) {
		this.engine = engine;
	}

	/**
	 * An entity.
	 *
	 * @param name its name
	 * @param records how many records live
	 * @param fields its stored fields
	 */
	public record Entity(String name, long records, List<Field> fields) {
	}

	/**
	 * A field.
	 *
	 * @param name its name
	 * @param type its type
	 * @param nullable whether it may be none
	 * @param unique whether no two records have the same value
	 * @param indexed whether it is found by value quickly
	 */
	public record Field(String name, String type, boolean nullable, boolean unique, boolean indexed) {
	}

	/** The entities; none where the application has none. */
	@ReadOperation
	public List<Entity> entities() {
		StoreSchema schema = this.engine.schema();
		return (schema == null) ? List.of() : schema.entities().stream().map(this::describe).toList();
	}

	private Entity describe(EntitySchema entity) {
		return new Entity(entity.name(), this.engine.store().count(entity.name()),
				entity.fields().stream().map(FlinSchemaEndpoint::describe).toList());
	}

	/** As it is written in FLIN. */
	private static String type(FieldType type) {
		return switch (type) {
			case FieldType.Scalar scalar -> scalar.kind().name().toLowerCase(Locale.ROOT);
			case FieldType.Choice choice -> choice.name();
			case FieldType.Reference reference -> reference.entity();
			case FieldType.References references -> "[" + references.entity() + "]";
			case FieldType.Structure structure -> structure.description();
		};
	}

	private static Field describe(FieldSchema field) {
		return new Field(field.name(), type(field.type()), field.nullable(), field.unique(), field.indexed());
	}

}
