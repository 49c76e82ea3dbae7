package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.ReadView;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.store.TimelineSegment;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.Kinds;

/**
 * Versions of records: {@code @}, {@code history} and {@code timeline}.
 */
final class TimeTravel {

	/** Versions that a history has room for before it grows, if the instance has so many. */
	private static final int FIRST_ROOM = 1024;

	private TimeTravel() {
	}

	/** {@code instance @ when}, {@code instance @ when as_of known}. */
	static @Nullable RecordInstance at(RecordInstance instance, @Nullable Object when, @Nullable Object known) {
		if (instance.isNew()) {
			return null;
		}
		EntitySession session = instance.session();
		if (when instanceof Long number) {
			if (known != null) {
				throw new FlinError("a version is asked for by number or as_of a time, not both");
			}
			return byNumber(instance, number);
		}
		return atMoment(instance, point(session, when, known));
	}

	static AsOf point(EntitySession session, @Nullable Object when, @Nullable Object known) {
		Instant valid = Moments.of(when, session.context().zone());
		return new AsOf(valid, (known != null) ? Moments.of(known, session.context().zone()) : null);
	}

	private static @Nullable RecordInstance atMoment(RecordInstance instance, AsOf point) {
		RecordVersion version = instance.session()
			.view()
			.findAsOf(instance.type().name(), instance.id(), point);
		return (version != null) ? instance.session().instance(instance.type(), version, point) : null;
	}

	private static @Nullable RecordInstance byNumber(RecordInstance instance, long number) {
		ReadView view = instance.session().view();
		String entity = instance.type().name();
		RecordVersion version;
		if (number == 0) {
			version = view.newest(entity, instance.id());
		}
		else {
			version = view.version(entity, instance.id(), (number > 0) ? number : instance.version() + number);
		}
		if (version == null || version.deleted()) {
			return null;
		}
		return instance.session().instance(instance.type(), version, RecordInstance.ITS_OWN);
	}

	/** All versions, oldest first. */
	static FlinList history(RecordInstance instance) {
		if (instance.isNew()) {
			return new FlinList();
		}
		EntitySession session = instance.session();
		EntityType type = instance.type();
		FlinList history = new FlinList((int) Math.min(instance.version(), FIRST_ROOM));
		try (RecordCursor versions = session.view().history(type.name(), instance.id())) {
			while (versions.hasNext()) {
				RecordVersion version = versions.next();
				history.add(session.instance(type, version, RecordInstance.ITS_OWN));
			}
		}
		return history;
	}

	/** What is true when, as known now, oldest first. */
	static FlinList timeline(RecordInstance instance) {
		if (instance.isNew()) {
			return new FlinList();
		}
		EntitySession session = instance.session();
		FlinList timeline = new FlinList();
		for (TimelineSegment segment : session.view().timeline(instance.type().name(), instance.id())) {
			RecordInstance shown = session.instance(instance.type(), segment.version(), AsOf.at(segment.validFrom()));
			shown.describe(segment);
			timeline.add(shown);
		}
		return timeline;
	}

	/** The values of a field in all versions, oldest first. */
	static FlinList fieldHistory(RecordInstance instance, String field) {
		FlinList values = new FlinList();
		instances(history(instance)).forEach(version -> values.add(InstanceMembers.read(version, field)));
		return values;
	}

	/** The version before an instance's own; null when there is none. */
	static @Nullable RecordInstance previous(RecordInstance instance) {
		if (instance.version() <= 1) {
			return null;
		}
		EntitySession session = instance.session();
		RecordVersion version = session.view()
			.version(instance.type().name(), instance.id(), instance.version() - 1);
		return (version != null) ? session.instance(instance.type(), version, RecordInstance.ITS_OWN) : null;
	}

	/**
	 * The version that is stored under an instance's number: what {@code field_changed} compares with the one before.
	 */
	static RecordInstance saved(RecordInstance instance) {
		if (instance.isPast() || instance.isNew()) {
			return instance;
		}
		RecordVersion version = instance.stored();
		return (version != null)
				? instance.session().instance(instance.type(), version, RecordInstance.ITS_OWN) : instance;
	}

	/** The instances in a value that is a list of them. */
	static List<RecordInstance> instances(@Nullable Object value) {
		Object list = (value instanceof EntityQuery query) ? query.toList() : value;
		if (!(list instanceof FlinList elements)) {
			throw new FlinError("expected a list of records, got " + Kinds.describe(value));
		}
		List<RecordInstance> instances = new ArrayList<>(elements.size());
		for (Object element : elements) {
			if (!(element instanceof RecordInstance instance)) {
				throw new FlinError("expected a list of records, it has " + Kinds.describe(element));
			}
			instances.add(instance);
		}
		return instances;
	}

}
