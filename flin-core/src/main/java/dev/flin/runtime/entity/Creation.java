package dev.flin.runtime.entity;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.value.EntityInstance;
import dev.flin.value.EntityShape;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Kinds;

/**
 * Builds an instance from the entries of a literal.
 */
final class Creation {

	private final EntityType type;

	private final RecordInstance instance;

	private final boolean[] given;

	private final Map<String, String> problems = new LinkedHashMap<>();

	Creation(EntitySession session, EntityType type) {
		this.type = type;
		this.instance = type.make(session);
		this.given = new boolean[type.fields().size()];
	}

	RecordInstance create(@Nullable Object[] entries) {
		for (int i = 0; i < entries.length; i += 2) {
			if (entries[i] instanceof String key) {
				EntityField field = this.type.field(key);
				if (field == null || field.isComputed()) {
					throw new FlinError(this.type.name() + " has no field '" + key + "' to assign");
				}
				assign(field, entries[i + 1]);
			}
			else {
				spread(entries[i + 1]);
			}
		}
		if (!this.problems.isEmpty()) {
			throw StoreErrors.validation(this.problems, null);
		}
		for (EntityField field : this.type.fields()) {
			if (!this.given[field.slot()] && !field.isComputed()) {
				this.instance.put(field.slot(), initial(this.instance, field));
			}
		}
		return this.instance;
	}

	/** Takes declared fields from outside data; id and metadata are none of them. */
	private void spread(@Nullable Object source) {
		switch (source) {
			case FlinMap map -> {
				for (EntityField field : this.type.fields()) {
					if (!field.isComputed() && !field.definition().is(Flag.READONLY) && map.containsKey(field.name())) {
						assign(field, map.get(field.name()));
					}
				}
			}
			case EntityInstance entity -> {
				for (EntityShape.Field shown : entity.shape().fields()) {
					EntityField field = this.type.field(shown.name());
					if (field != null && !field.isComputed()) {
						assign(field, entity.get(entity.shape().slotOf(shown.name())));
					}
				}
			}
			case null -> {
			}
			default -> throw new FlinError(FlinError.VALIDATION_ERROR,
					"cannot spread " + Kinds.describe(source) + " into a " + this.type.name());
		}
	}

	private void assign(EntityField field, @Nullable Object value) {
		if (value == null && (field.definition().hasDefault() && !field.optional())) {
			return;
		}
		Object accepted = (value == null) ? null : field.type().accept(value);
		if (accepted == ValueType.MISFIT) {
			this.problems.putIfAbsent(field.name(), field.type().expectation());
			return;
		}
		this.problems.remove(field.name());
		this.given[field.slot()] = true;
		this.instance.put(field.slot(), accepted);
	}

	/** The value that a field of a new instance has when none is given. */
	static @Nullable Object initial(RecordInstance instance, EntityField field) {
		EntityType type = instance.type();
		FieldDefinition declared = field.definition();
		Object value = declared.initial();
		if (declared.initialCode() >= 0) {
			value = instance.session().call(type, declared.initialCode(), instance);
		}
		if (value == null) {
			return field.optional() ? null : empty(field);
		}
		return accepted(type, field, Copies.deep(value));
	}

	/** A default as the field holds it. */
	static @Nullable Object accepted(EntityType type, EntityField field, @Nullable Object value) {
		Object accepted = field.type().accept(value);
		if (accepted == ValueType.MISFIT) {
			throw new FlinError(type.name() + "." + field.name() + ": expected " + field.definition().type() + ", got "
					+ Kinds.describe(value));
		}
		return accepted;
	}

	/** What lists and maps start as. */
	private static @Nullable Object empty(EntityField field) {
		if (field.isReferences() || field.type() instanceof ValueType.ListOf) {
			return new FlinList();
		}
		return (field.type() instanceof ValueType.MapOf) ? new FlinMap() : null;
	}

}
