package dev.flin.runtime.entity;

import java.lang.invoke.SwitchPoint;
import java.util.List;
import java.util.Objects;

/**
 * What the JIT compiler assumes about the instances of a class: that all of them are surely plain, so that code need
 * not look whether one is. It stands until an instance gets something beside its fields or belongs to a session with a
 * transaction, and never again.
 */
final class PlainAssumption {

	private PlainAssumption() {
	}

	/** Gives up what is assumed about the class of an instance. */
	static void giveUp(RecordInstance instance) {
		SwitchPoint assumption = instance.assumption();
		if (assumption != null && !assumption.hasBeenInvalidated()) {
			SwitchPoint.invalidateAll(new SwitchPoint[] { assumption });
		}
	}

	/** As above for the classes of several instances at once, which costs no more than for one. */
	static void giveUp(List<RecordInstance> instances) {
		SwitchPoint[] standing = instances.stream()
			.map(RecordInstance::assumption)
			.filter(Objects::nonNull)
			.filter((each) -> !each.hasBeenInvalidated())
			.toArray(SwitchPoint[]::new);
		if (standing.length > 0) {
			SwitchPoint.invalidateAll(standing);
		}
	}

}
