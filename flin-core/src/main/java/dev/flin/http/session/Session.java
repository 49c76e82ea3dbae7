package dev.flin.http.session;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EntityInstance;
import dev.flin.value.FlinMap;

/**
 * What is remembered about a visitor between requests. Used by one thread.
 */
public final class Session {

	/** The key under which the user who is signed in stands. */
	public static final String USER = "user";

	/** Where users are read from, on each request anew. */
	@FunctionalInterface
	public interface UserSource {

		/** The current record of an entity, or null when it is gone. */
		@Nullable EntityInstance find(String entity, long id);

	}

	private String id;

	private final FlinMap values;

	private final FlinMap flash;

	private final FlinMap flashBefore;

	private final byte[] before;

	private final boolean stale;

	private final @Nullable Object userBefore;

	/** Where its values are kept; null when they are in the cookie, or nowhere yet. */
	private @Nullable String key;

	private boolean read;

	/**
	 * @param id an unguessable name
	 * @param before the encoded form of what was loaded; empty for a new session
	 * @param stale whether its cookie is so old that it needs another one to stay alive
	 */
	Session(String id, FlinMap values, FlinMap flash, byte[] before, boolean stale) {
		this.id = id;
		this.values = values;
		this.flash = flash;
		this.flashBefore = flash.copy();
		this.before = before;
		this.stale = stale;
		this.userBefore = values.get(USER);
	}

	String id() {
		return this.id;
	}

	@Nullable String key() {
		return this.key;
	}

	Session keptUnder(String key) {
		this.key = key;
		return this;
	}

	void forgetKey() {
		this.key = null;
	}

	public FlinMap values() {
		return this.values;
	}

	/** The program reads the session: what the request before left in {@code flash} is then gone. */
	public Session read() {
		this.read = true;
		return this;
	}

	public FlinMap flash() {
		return this.flash;
	}

	public boolean isNew() {
		return this.before.length == 0;
	}

	/** Whether it holds something now that is worth a cookie. */
	public boolean isEmpty() {
		for (Object value : this.values.values()) {
			if (value != null) {
				return false;
			}
		}
		return nextFlash().isEmpty();
	}

	/** What the next request will find in {@code flash}: all but what this one found and left as it was. */
	FlinMap nextFlash() {
		if (!this.read) {
			return this.flash;
		}
		FlinMap next = new FlinMap();
		for (FlinMap.Cursor cursor = this.flash.cursor(); cursor.advance();) {
			Object old = this.flashBefore.get(cursor.key());
			if (cursor.value() != null && cursor.value() != old) {
				next.put(cursor.key(), cursor.value());
			}
		}
		return next;
	}

	/** Gives it another id when somebody signed in or out, so that nobody can fix it beforehand. */
	boolean rotateIfUserChanged(String newId) {
		Object user = this.values.get(USER);
		boolean changed = (user == null) ? this.userBefore != null : !user.equals(this.userBefore);
		if (changed) {
			this.id = newId;
		}
		return changed;
	}

	/** Whether a cookie must be sent to keep this encoded form. */
	boolean needsCookie(byte[] encoded) {
		return this.stale || !Arrays.equals(this.before, encoded);
	}

}
