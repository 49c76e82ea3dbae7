package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A value of the host with members of its own, such as a request or a session. A member that is a function is what a
 * call {@code value.member(…)} calls.
 */
public interface HasMembers {

	boolean hasMember(String name);

	/** The value of a member, none when there is no such member. */
	@Nullable Object member(String name);

	/** Assigns to a member, if the value allows that. */
	default void setMember(String name, @Nullable Object value) {
		throw new FlinError("cannot assign to '" + name + "' of " + Kinds.of(this));
	}

}
