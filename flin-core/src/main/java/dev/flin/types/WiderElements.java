package dev.flin.types;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Symbol;

/**
 * Records that a list takes after its first may lack some fields or hold none in them, as those of a literal may: the
 * variable that holds the list begins the next pass with what they have in common.
 */
final class WiderElements {

	private WiderElements() {
	}

	/** Whether a record fits but has fields of which those before it know nothing. */
	static boolean takeMore(Body body, @Nullable Type receiver, Type found, Type wanted) {
		return Unifier.withoutNone(wanted) instanceof Type.RecordOf known
				&& Unifier.withoutNone(found) instanceof Type.RecordOf given
				&& !known.fields().keySet().containsAll(given.fields().keySet()) && take(body, receiver, found, wanted);
	}

	/** Whether a value that does not fit will do so in the next pass. */
	static boolean take(Body body, @Nullable Type receiver, Type found, Type wanted) {
		if (receiver == null || !(Zonk.prune(receiver) instanceof Type.ListOf list)
				|| Zonk.prune(list.element()) != Zonk.prune(wanted)
				|| !(Unifier.withoutNone(wanted) instanceof Type.RecordOf)
				|| !(Unifier.withoutNone(found) instanceof Type.RecordOf)) {
			return false;
		}
		Symbol.Variable variable = holder(body, list);
		if (variable == null) {
			return false;
		}
		Map<Symbol.Variable, Type> widened = body.widenedOf(variable);
		Type.ListOf wider = withEarlier(body, widened.get(variable), body.unifier.meet(wanted, found));
		if (wider.equals(Zonk.zonk(list))) {
			return false;
		}
		widened.put(variable, wider);
		body.repeat(variable);
		return true;
	}

	/** What the list has taken before in this pass counts as well: it would lose the keys that only this had. */
	private static Type.ListOf withEarlier(Body body, @Nullable Type earlier, Type element) {
		if (earlier instanceof Type.ListOf list && Unifier.withoutNone(list.element()) instanceof Type.RecordOf) {
			return new Type.ListOf(Zonk.zonk(body.unifier.meet(list.element(), element)));
		}
		return new Type.ListOf(Zonk.zonk(element));
	}

	private static Symbol.@Nullable Variable holder(Body body, Type.ListOf list) {
		return Stream.concat(body.slots.entrySet().stream(), body.file.slots.entrySet().stream())
			.filter(each -> !each.getValue().annotated && Zonk.prune(each.getValue().type) == list
					&& each.getKey().kind() == Symbol.Variable.Kind.LOCAL)
			.map(Map.Entry::getKey)
			.min(Comparator.comparingInt(variable -> variable.declared().start()))
			.orElse(null);
	}

}
