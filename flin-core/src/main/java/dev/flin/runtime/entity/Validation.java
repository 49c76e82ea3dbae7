package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.runtime.rule.Rules;
import dev.flin.store.ReadView;
import dev.flin.store.RecordVersion;
import dev.flin.value.Equality;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Truthiness;

/**
 * What the fields of an instance must be before it is stored.
 */
final class Validation {

	private final EntitySession session;

	private final ReadView view;

	private final Instant now;

	Validation(EntitySession session, ReadView view) {
		this.session = session;
		this.view = view;
		this.now = session.context().now();
	}

	/**
	 * Checks all fields and notes the first problem of each.
	 * @param before the newest stored version, null for a new record
	 * @param prefix what stands before the names of the fields
	 */
	void check(RecordInstance instance, @Nullable RecordVersion before, String prefix, Map<String, String> problems) {
		List<EntityField> fields = instance.type().fields();
		@Nullable String[] found = new @Nullable String[fields.size()];
		boolean sound = true;
		for (EntityField field : fields) {
			if (!field.isComputed()) {
				found[field.slot()] = alone(instance, field, before);
				sound &= found[field.slot()] == null;
			}
		}
		for (EntityField field : fields) {
			String problem = found[field.slot()];
			boolean missing = field.isComputed() && sound && field.definition().is(Flag.REQUIRED);
			if (missing && Rules.isMissing(instance.get(field.slot()))) {
				problem = Rules.REQUIRED;
			}
			if (problem == null && !problems.containsKey(prefix + field.name())) {
				problem = together(instance, field, sound);
			}
			if (problem != null) {
				problems.putIfAbsent(prefix + field.name(), problem);
			}
		}
	}

	/** What is wrong with a field's value by itself. */
	private @Nullable String alone(RecordInstance instance, EntityField field, @Nullable RecordVersion before) {
		Object value = instance.raw(field.slot());
		FieldDefinition declared = field.definition();
		if (value == null || (declared.is(Flag.REQUIRED) && Rules.isMissing(value))) {
			return (field.optional() && !declared.is(Flag.REQUIRED)) ? null : Rules.REQUIRED;
		}
		if (declared.is(Flag.IMMUTABLE) && before != null && !same(value, before.value(field.position()))) {
			return "cannot be changed";
		}
		String problem = field.isReference() ? reference(field, value, before)
				: field.isReferences() ? references(field, value) : field.isOpen() ? Storable.problem(value) : null;
		if (problem != null) {
			return problem;
		}
		for (FieldCheck check : declared.rules()) {
			problem = (check instanceof FieldCheck.Pure pure) ? pure.rule().violation(value, this.now) : null;
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	/** What is wrong with a field by the program's own code, or that is computed by it: it may look at all fields. */
	private @Nullable String together(RecordInstance instance, EntityField field, boolean sound) {
		for (FieldCheck check : field.definition().rules()) {
			if (check instanceof FieldCheck.Pure && !field.isComputed()) {
				continue;
			}
			Object value = instance.get(field.slot());
			if (value == null) {
				return null;
			}
			String problem;
			try {
				problem = code(instance, check, value);
			}
			catch (FlinError ex) {
				if (sound) {
					throw ex;
				}
				return null;
			}
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private @Nullable String code(RecordInstance instance, FieldCheck check, Object value) {
		return switch (check) {
			case FieldCheck.Pure(String text, dev.flin.runtime.rule.Rule rule) -> rule.violation(value, this.now);
			case FieldCheck.OfArguments rule -> rule.violation(this.session, instance, value, this.now);
			case FieldCheck.OfInstance(String text, int code, String message) ->
				Truthiness.isTrue(this.session.call(instance.type(), code, instance)) ? null : message;
			case FieldCheck.OfValue(String text, int code) -> {
				Object result = this.session.call(instance.type(), code, value);
				yield (result instanceof String message) ? (message.isEmpty() ? null : message)
						: (result == null || Truthiness.isTrue(result)) ? null : "is not valid";
			}
		};
	}

	private @Nullable String reference(EntityField field, Object value, @Nullable RecordVersion before) {
		long id = (value instanceof Link link) ? link.id() : (value instanceof RecordInstance target) ? target.id() : 0;
		if (before != null && !before.deleted() && Equality.equal(id, before.value(field.position()))) {
			return null;
		}
		return target(field, id);
	}

	private @Nullable String references(EntityField field, Object value) {
		if (!(value instanceof FlinList list)) {
			return field.type().expectation();
		}
		if (list.longStorage() != null) {
			return null;
		}
		if (field.type().accept(list) == ValueType.MISFIT) {
			return field.type().expectation();
		}
		FlinList ids = ReferenceIds.of(list);
		for (int i = 0; i < ids.size(); i++) {
			String problem = target(field, ids.getLong(i));
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private @Nullable String target(EntityField field, long id) {
		if (id == 0) {
			return "must be saved first";
		}
		RecordVersion target = this.view.newest(field.target(), id);
		return (target == null || target.deleted()) ? "must be an existing " + field.target() : null;
	}

	private static boolean same(Object value, @Nullable Object before) {
		return switch (value) {
			case Link link -> Equality.equal(link.id(), before);
			case RecordInstance target -> Equality.equal(target.id(), before);
			case FlinList list -> Equality.equal((list.longStorage() != null) ? list : Copies.deep(list), before)
					|| Equality.equal(ReferenceIds.of(list), before);
			default -> Equality.equal(Copies.deep(value), before);
		};
	}

}
