package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.store.AsOf;
import dev.flin.store.Column;
import dev.flin.store.RecordVersion;
import dev.flin.value.EntityShape;
import dev.flin.value.FlinError;

/**
 * An entity that is linked with those it refers to and that refer to it.
 */
public final class EntityType {

	private final EntityDefinition definition;

	private final EntityShape shape;

	private final List<EntityField> fields;

	private final List<EntityField> stored;

	private final long allMarks;

	/** A bit for each slot whose stored values nobody can change, so that they need neither copies nor links. */
	private final long plainMarks;

	/** For each slot its place in stored rows. */
	private final int[] positions;

	private final Map<String, Column> columns = new HashMap<>();

	private final Map<String, Relation> relations = new HashMap<>();

	private final List<Relation> referrers = new ArrayList<>();

	/** An instance that makes those of its class; found when the first one is needed. */
	private volatile @Nullable RecordInstance prototype;

	EntityType(EntityDefinition definition, ValueTypeParser types) {
		this.definition = definition;
		List<EntityShape.Field> shown = new ArrayList<>();
		List<EntityField> all = new ArrayList<>();
		List<EntityField> kept = new ArrayList<>();
		for (FieldDefinition field : definition.fields()) {
			ValueType type = types.parse(field.type());
			boolean optional = type instanceof ValueType.Maybe;
			boolean keep = !field.isComputed() || field.is(Flag.INDEXED) || field.is(Flag.UNIQUE);
			EntityField linked = new EntityField(field, (type instanceof ValueType.Maybe(ValueType inner)) ? inner
					: type, optional || field.isComputed(), all.size(), keep ? kept.size() : -1);
			all.add(linked);
			if (keep) {
				kept.add(linked);
				this.columns.put(field.name(), linked.column());
			}
			shown.add(new EntityShape.Field(field.name(), field.type(), field.is(Flag.HIDDEN)));
		}
		this.fields = List.copyOf(all);
		this.stored = List.copyOf(kept);
		this.allMarks = -1L >>> 1 >>> Math.max(0, RecordInstance.SLOTS_MAX - all.size());
		long plain = 0;
		for (EntityField field : kept) {
			plain |= (field.slot() < RecordInstance.SLOTS_MAX && field.isPlain()) ? 1L << field.slot() : 0;
		}
		this.plainMarks = plain;
		this.positions = all.stream().mapToInt(EntityField::position).toArray();
		this.shape = new EntityShape(definition.name(), shown);
		addMetaColumns();
	}

	private void addMetaColumns() {
		this.columns.put("id", Column.Meta.ID);
		this.columns.put("created_at", Column.Meta.CREATED_AT);
		this.columns.put("updated_at", Column.Meta.UPDATED_AT);
		this.columns.put("deleted_at", Column.Meta.DELETED_AT);
		this.columns.put("version_number", Column.Meta.VERSION_NUMBER);
		this.columns.put("version", Column.Meta.VERSION_NUMBER);
	}

	/** Tells the entity that another one refers to it. */
	void addReferrer(Relation relation) {
		this.referrers.add(relation);
		this.relations.put(relation.name(), relation);
	}

	public String name() {
		return this.definition.name();
	}

	public EntityShape shape() {
		return this.shape;
	}

	/** The fields, for hosts. */
	public List<FieldOutline> outline() {
		return this.fields.stream().map(FieldOutline::of).toList();
	}

	/** A new instance without values. */
	RecordInstance make(EntitySession session) {
		return prototype(session).make(this, session);
	}

	/** The instance that stands for a stored version. */
	RecordInstance make(EntitySession session, RecordVersion version, @Nullable AsOf moment,
			@Nullable LoadGroup group) {
		return prototype(session).fresh(session).of(this, version, moment, group);
	}

	private RecordInstance prototype(EntitySession session) {
		RecordInstance known = this.prototype;
		if (known == null) {
			known = this.definition.code().prototype();
			if (known == null) {
				known = new RecordInstance(this, session);
			}
			this.prototype = known;
		}
		return known;
	}

	EntityDefinition definition() {
		return this.definition;
	}

	/** All fields; the index is the slot. */
	List<EntityField> fields() {
		return this.fields;
	}

	/** The fields that have a place in rows; the index is the position. */
	List<EntityField> stored() {
		return this.stored;
	}

	/** The marks of an instance with all its values beside its fields. */
	long allMarks() {
		return this.allMarks;
	}

	/** Whether the stored values of a slot may be taken as they are. */
	boolean isPlain(int slot) {
		return slot < RecordInstance.SLOTS_MAX && (this.plainMarks >>> slot & 1) != 0;
	}

	/** A bit for each slot whose stored values may be taken as they are. */
	long plainMarks() {
		return this.plainMarks;
	}

	/** The place of a slot in stored rows; -1 when it has none. */
	int position(int slot) {
		return this.positions[slot];
	}

	EntityField field(int slot) {
		return this.fields.get(slot);
	}

	@Nullable
	EntityField field(String name) {
		int slot = this.shape.slotOf(name);
		return (slot >= 0) ? this.fields.get(slot) : null;
	}

	/** The column of a field or of metadata; null when the store does not know the name. */
	@Nullable
	Column column(String name) {
		return this.columns.get(name);
	}

	/** The way back from here: the members that other entities give this one. */
	@Nullable
	Relation relation(String name) {
		return this.relations.get(name);
	}

	List<Relation> referrers() {
		return this.referrers;
	}

	/** The reference to the entity itself that makes trees. */
	@Nullable
	EntityField parentField() {
		EntityField found = null;
		for (EntityField field : this.fields) {
			boolean toSelf = field.isReference() && field.target().equals(name());
			if (toSelf && (found == null || field.name().equals("parent"))) {
				found = field;
			}
		}
		return found;
	}

	EntityField requireParentField() {
		EntityField parent = parentField();
		if (parent == null) {
			throw new FlinError(name() + " has no reference to itself, so its records are no tree");
		}
		return parent;
	}

	@Override
	public String toString() {
		return name();
	}

}
