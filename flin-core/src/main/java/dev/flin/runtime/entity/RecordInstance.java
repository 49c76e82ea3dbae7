package dev.flin.runtime.entity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.SwitchPoint;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.RecordVersion;
import dev.flin.store.TimelineSegment;
import dev.flin.value.EntityInstance;
import dev.flin.value.EntityShape;
import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.HasMembers;
import dev.flin.value.Kinds;

/**
 * A record in the memory of a program. Values are decoded, and references followed, when they are first read.
 *
 * <p>
 * The generated class of an entity holds the plain values in typed fields. What is no plain value of its field's type
 * (not read yet, a reference that was not followed, none where a number belongs) lies beside the fields, and the slot
 * is marked. An entity that was declared without a program has no fields: all its values lie beside.
 */
public class RecordInstance extends EntityInstance implements HasMembers {

	/** How many slots can have fields. */
	public static final int SLOTS_MAX = 63;

	/** Among the marks: the instance is a past version. */
	private static final long PAST = 1L << SLOTS_MAX;

	private static final long ALL = ~PAST;

	/** In a slot: look into the stored version. */
	private static final Object UNREAD = new Object();

	/** Stands for the moment when a version was stored until somebody asks for it. */
	static final AsOf ITS_OWN = AsOf.at(Instant.EPOCH);

	/** Among the targets: the reference was not followed yet. */
	private static final Object UNFOLLOWED = new Object();

	/** What lies beside the fields, with the number and the times of the version. Always watched. */
	private static final class Aside extends Provenance {

		private final EntitySession session;

		/**
		 * A bit for each slot whose value lies here, and {@link #PAST}. In an instance of a class with fields the bits
		 * of the slots without one are always set.
		 */
		private long marks;

		/** Null while it is the one that the session knows by the name of the entity. */
		private @Nullable EntityType type;

		/** The values of marked slots; null when all of them are still unread. */
		private @Nullable Object @Nullable [] values;

		private @Nullable Object @Nullable [] targets;

		private @Nullable RecordVersion stored;

		/** When references are read, for versions of the past; null for as they are now. */
		private @Nullable AsOf moment;

		/** The instances that were read together; null for one alone. */
		private @Nullable LoadGroup group;

		/** The system time of a segment of the timeline, whose valid time stands in {@code valid_from}. */
		private @Nullable TimelineSegment segment;

		private Aside(EntitySession session, long marks) {
			this.session = session;
			this.marks = marks;
		}

	}

	@Override
	protected final Provenance newProvenance() {
		PlainAssumption.giveUp(this);
		return new Aside(session(), unheld());
	}

	private Aside aside() {
		return (Aside) known();
	}

	/** As {@link #aside}, null when there is none. */
	private @Nullable Aside asideIfAny() {
		return (beside() instanceof Aside known) ? known : null;
	}

	/**
	 * A new instance without values, of a class with fields.
	 * @param session null for one that only makes others
	 */
	@SuppressWarnings("this-escape") // what is asked of the subclass is the same for all its instances
	protected RecordInstance(@Nullable EntitySession session) {
		super((session != null) ? session.plain() : nothing());
		if (session != null && session.plain().mayBeWatched()) {
			PlainAssumption.giveUp(this);
		}
	}

	/** A new instance of an entity that has no class. */
	RecordInstance(EntityType type, EntitySession session) {
		super(session.plain());
		aside().type = type;
	}

	/**
	 * What holds as long as every instance of the class is surely plain: none has anything beside its fields, and none
	 * belongs to a session with a transaction. Null for an entity that has no class.
	 */
	protected @Nullable SwitchPoint assumption() {
		return null;
	}

	/** A new instance of the same class. */
	protected RecordInstance fresh(EntitySession inSession) {
		return new RecordInstance(type(), inSession);
	}

	/** The name of the entity of the class. */
	protected String entity() {
		throw new FlinBugException("an entity without a class is known by its type");
	}

	/** The marks of the slots without fields. */
	protected long unheld() {
		return ALL;
	}

	/** A new instance of the same class, of an entity. */
	RecordInstance make(EntityType ofType, EntitySession inSession) {
		RecordInstance made = fresh(inSession);
		if (made.type() != ofType) {
			made.aside().type = ofType;
		}
		return made;
	}

	/** The boxed value of the field of a slot. */
	protected @Nullable Object load(int slot) {
		return null;
	}

	/** Stores a value in the field of a slot; false when there is none or it holds no such value. */
	protected boolean store(int slot, @Nullable Object value) {
		return false;
	}

	/** What reads the field of a slot, as {@link #reader} says; null when there is none. */
	protected @Nullable MethodHandle getter(int slot) {
		return null;
	}

	/** What assigns the field of a slot; null when there is none. */
	protected @Nullable MethodHandle setter(int slot) {
		return null;
	}

	@Override
	public @Nullable MethodHandle reader(int slot) {
		return getter(slot);
	}

	@Override
	public @Nullable MethodHandle writer(int slot) {
		return acceptsAllOfItsClass(type().field(slot).type()) ? setter(slot) : null;
	}

	/** Whether a value that the field can hold is one that it may hold. */
	private static boolean acceptsAllOfItsClass(ValueType type) {
		return switch (type) {
			case ValueType.Scalar scalar -> true;
			case ValueType.Reference reference -> true;
			case ValueType.Maybe maybe -> acceptsAllOfItsClass(maybe.inner());
			case ValueType.Choice choice -> false;
			case ValueType.References references -> false;
			case ValueType.Variants variants -> false;
			case ValueType.ListOf list -> false;
			case ValueType.RecordOf map -> false;
			case ValueType.TupleOf tuple -> false;
			case ValueType.MapOf map -> false;
			case ValueType.OneOf union -> false;
			case ValueType.Markup markup -> false;
			case ValueType.Anything anything -> false;
		};
	}

	/** Whether none of these marks is set: then their fields may just be read. */
	protected final boolean isClear(long bits) {
		Aside known = asideIfAny();
		return known == null || (known.marks & bits) == 0;
	}

	/**
	 * Whether a field may just be assigned: it holds a plain value, the instance is not past, and no transaction of the
	 * session is open that may be taken back.
	 * @param bits the marks that forbid it
	 */
	protected final boolean mayAssign(long bits) {
		return isClear(bits) && !session().hasTransactions();
	}

	/**
	 * Makes it stand for a stored version.
	 * @param type its entity
	 * @param at when it is looked at; null for the current version
	 * @param with the instances that are read with it; null when it is alone
	 */
	RecordInstance of(EntityType type, RecordVersion version, @Nullable AsOf at, @Nullable LoadGroup with) {
		Aside aside = aside();
		aside.type = type;
		aside.marks = type.allMarks();
		aside.group = with;
		if (with != null) {
			with.add(this);
		}
		aside.moment = at;
		if (at != null) {
			past(true);
		}
		describe(version);
		return this;
	}

	@Override
	public void past(boolean past) {
		super.past(past);
		Aside beside = asideIfAny();
		if (beside != null) {
			beside.marks = past ? (beside.marks | PAST) : (beside.marks & ~PAST);
		}
	}

	/** Takes over number and times of a version. */
	void describe(RecordVersion version) {
		Aside aside = aside();
		aside.stored = version;
		describe(aside, version.id(), version.number(), version.createdAt(), version.systemFrom(), version.systemTo(),
				version.deleted());
	}

	/** The instance stands for this version from now on, which was stored with its values. */
	void nowAt(RecordVersion version) {
		leavePast();
		describe(version);
		for (EntityField field : type().stored()) {
			if (field.isFile()) {
				// what was uploaded is stored now, and is read from there
				put(field.slot(), UNREAD);
			}
		}
	}

	/** The instance may be changed again: its values are about to become those of a new version. */
	void leavePast() {
		Aside known = asideIfAny();
		if (known != null) {
			known.moment = null;
			known.segment = null;
		}
		past(false);
	}

	/** The instance shows a stretch of valid time. */
	void describe(TimelineSegment shown) {
		aside().segment = shown;
		validFrom(shown.validFrom());
		validTo(shown.validTo());
	}

	/** Gives the versions that this transaction stored the time of its commit. */
	void committedAt(Instant time) {
		updatedAt(time);
		validFrom(time);
		if (version() == 1) {
			createdAt(time);
		}
		if (deletedAt() != null) {
			deletedAt(time);
		}
	}

	EntityType type() {
		Aside beside = asideIfAny();
		EntityType known = (beside != null) ? beside.type : null;
		return (known != null) ? known : session().type(entity());
	}

	EntitySession session() {
		return (beside() instanceof PlainRecords plain) ? plain.session() : aside().session;
	}

	@Nullable
	AsOf moment() {
		Aside beside = asideIfAny();
		if (beside == null || beside.moment != ITS_OWN) {
			return (beside != null) ? beside.moment : null;
		}
		AsOf own = (beside.stored != null) ? AsOf.at(beside.stored.systemFrom()) : null;
		beside.moment = own;
		return own;
	}

	@Nullable
	RecordVersion stored() {
		return (asideIfAny() != null) ? aside().stored : null;
	}

	@Override
	public boolean hasOwnClass() {
		return getClass() != RecordInstance.class;
	}

	@Override
	public EntityShape shape() {
		return type().shape();
	}

	@Override
	public @Nullable Object get(int slot) {
		return isMarked(slot) ? find(slot) : load(slot);
	}

	private @Nullable Object find(int slot) {
		EntityType type = type();
		if (type.isPlain(slot)) {
			return raw(slot);
		}
		EntityField field = type.field(slot);
		if (field.isComputed()) {
			return session().call(type(), field.definition().computedCode(), this);
		}
		Object value = raw(slot);
		if (value instanceof Link) {
			return target(field);
		}
		if (value instanceof FlinList list && isIds(slot, list)) {
			value = session().targets(this, field.target(), list);
			put(slot, value);
		}
		return value;
	}

	private @Nullable Object target(EntityField field) {
		@Nullable Object[] known = targets();
		if (known == null || known[field.slot()] == UNFOLLOWED) {
			together().follow(session(), field);
			known = targets();
		}
		return (known != null) ? known[field.slot()] : null;
	}

	private @Nullable Object @Nullable [] targets() {
		return (asideIfAny() != null) ? aside().targets : null;
	}

	private LoadGroup together() {
		LoadGroup known = aside().group;
		if (known == null) {
			known = new LoadGroup();
			known.add(this);
			aside().group = known;
		}
		return known;
	}

	/** The value of a slot as it lies there: references unfollowed, lists of references perhaps as ids. */
	@Nullable
	Object raw(int slot) {
		Object value = lying(slot);
		if (value == UNREAD) {
			EntityType type = type();
			value = type.isPlain(slot) ? plain(type, slot) : decode(type.field(slot));
			put(slot, value);
		}
		return value;
	}

	/** A plain value that was not read yet; with it all others that are at hand. */
	private @Nullable Object plain(EntityType type, int slot) {
		Aside aside = aside();
		RecordVersion version = aside.stored;
		if (version == null) {
			return null;
		}
		@Nullable Object[] whole = version.sharedValues();
		if (whole == null) {
			return version.value(type.position(slot));
		}
		if (aside.values == null) {
			long filled = 0;
			for (long left = aside.marks & type.plainMarks(); left != 0; left &= left - 1) {
				int each = Long.numberOfTrailingZeros(left);
				filled |= store(each, whole[type.position(each)]) ? 1L << each : 0;
			}
			aside.marks &= ~filled;
		}
		return whole[type.position(slot)];
	}

	/** What lies in a slot, {@link #UNREAD} too. */
	private @Nullable Object lying(int slot) {
		if (!isMarked(slot)) {
			return load(slot);
		}
		@Nullable Object[] values = (asideIfAny() != null) ? aside().values : null;
		return (values != null) ? values[slot] : UNREAD;
	}

	private boolean isMarked(int slot) {
		Aside beside = asideIfAny();
		return slot >= SLOTS_MAX || (((beside != null) ? beside.marks : unheld()) & (1L << slot)) != 0;
	}

	private @Nullable Object decode(EntityField field) {
		RecordVersion version = stored();
		if (version == null || !field.isStored()) {
			return null;
		}
		Object value = version.value(field.position());
		if (value instanceof Long id && field.isReference()) {
			return new Link(id);
		}
		if (field.isReferences()) {
			return ReferenceIds.stored(value);
		}
		Object copy = field.holdsVariants() ? variants(field, Copies.deep(value)) : Copies.deep(value);
		return linked(copy, version, field.name());
	}

	/** Variants of enums become those of the program; what cannot be one any more stays as it was stored. */
	private static @Nullable Object variants(EntityField field, @Nullable Object value) {
		Object accepted = (value == null) ? null : field.type().accept(value);
		return (accepted == ValueType.MISFIT) ? value : accepted;
	}

	/** Files get the addresses under which browsers find them. */
	private @Nullable Object linked(@Nullable Object value, RecordVersion version, String field) {
		if (value instanceof FileValue file) {
			return file.withUrl(session().database()
				.links()
				.link(version.entity(), version.id(), version.number(), field, file.name()));
		}
		if (value instanceof FlinList list && list.size() > 0 && list.element(0) instanceof FileValue) {
			for (int i = 0; i < list.size(); i++) {
				list.set(i, linked(list.element(i), version, field + "." + i));
			}
		}
		return value;
	}

	/** The reference of a slot when nobody followed it yet. */
	@Nullable
	Link unfollowed(int slot) {
		@Nullable Object[] known = targets();
		if (known != null && known[slot] != UNFOLLOWED) {
			return null;
		}
		return (raw(slot) instanceof Link link) ? link : null;
	}

	void followed(int slot, @Nullable RecordInstance target) {
		@Nullable Object[] known = targets();
		if (known == null) {
			known = new @Nullable Object[type().fields().size()];
			Arrays.fill(known, UNFOLLOWED);
			aside().targets = known;
		}
		known[slot] = target;
	}

	@Override
	public void set(int slot, @Nullable Object value) {
		EntityField field = type().field(slot);
		if (isPast()) {
			throw new FlinError("cannot assign to '" + field.name() + "' of a past version of " + type().name());
		}
		if (field.isComputed()) {
			throw new FlinError("'" + field.name() + "' of " + type().name() + " is computed");
		}
		Object accepted = (value == null) ? null : field.type().accept(value);
		if (accepted == ValueType.MISFIT) {
			throw new FlinError(type().name() + "." + field.name() + ": expected " + field.definition().type()
					+ ", got " + Kinds.describe(value));
		}
		session().aboutToChange(this);
		put(slot, accepted);
	}

	/** Stores a value that is known to fit, or one that stands for it until it is read. */
	void put(int slot, @Nullable Object value) {
		if (slot < SLOTS_MAX && value != UNREAD && !isIds(slot, value) && store(slot, value)) {
			Aside beside = asideIfAny();
			if (beside != null) {
				beside.marks &= ~(1L << slot);
			}
			return;
		}
		Aside aside = aside();
		@Nullable Object[] values = aside.values;
		if (values == null) {
			values = new @Nullable Object[type().fields().size()];
			Arrays.fill(values, UNREAD);
			aside.values = values;
		}
		values[slot] = value;
		if (slot < SLOTS_MAX) {
			aside.marks |= 1L << slot;
		}
	}

	/** Whether a value is a list of references that were not followed yet. */
	private boolean isIds(int slot, @Nullable Object value) {
		return value instanceof FlinList list && list.longStorage() != null && type().field(slot).isReferences();
	}

	@Nullable
	Object[] copyOfSlots() {
		@Nullable Object[] values = new @Nullable Object[type().fields().size()];
		for (int slot = 0; slot < values.length; slot++) {
			values[slot] = lying(slot);
		}
		return values;
	}

	void restoreSlots(@Nullable Object[] values) {
		for (int slot = 0; slot < values.length; slot++) {
			put(slot, values[slot]);
		}
	}

	void restore(@Nullable RecordVersion version, @Nullable AsOf at) {
		aside().stored = version;
		aside().moment = at;
	}

	/** The row that the store keeps, in order of positions. */
	@Nullable
	Object[] row() {
		@Nullable Object[] row = new @Nullable Object[type().stored().size()];
		for (EntityField field : type().stored()) {
			row[field.position()] = stored(field);
		}
		return row;
	}

	private @Nullable Object stored(EntityField field) {
		RecordVersion version = stored();
		if (!field.isComputed() && version != null && lying(field.slot()) == UNREAD) {
			return version.value(field.position());
		}
		Object value = field.isComputed() ? get(field.slot()) : raw(field.slot());
		return switch (value) {
			case Link link -> link.id();
			case RecordInstance target -> target.id();
			case FlinList list when field.isReferences() -> ReferenceIds.of(list);
			case null, default -> Copies.deep(value);
		};
	}

	@Override
	public boolean hasMember(String name) {
		return type().shape().slotOf(name) < 0 && (type().relation(name) != null || InstanceMembers.has(name));
	}

	@Override
	public @Nullable Object member(String name) {
		Relation relation = type().relation(name);
		return (relation != null) ? session().referring(this, relation) : InstanceMembers.get(this, name);
	}

	@Override
	public void setMember(String name, @Nullable Object value) {
		throw new FlinError("'" + name + "' of " + type().name() + " cannot be assigned");
	}

	@Nullable
	TimelineSegment segment() {
		return (asideIfAny() != null) ? aside().segment : null;
	}

}
