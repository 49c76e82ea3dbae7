package dev.flin.autoconfigure.events;

import org.springframework.context.ApplicationEvent;

import dev.flin.EntityChange;
import dev.flin.FlinEngine;

/**
 * A record was changed, and the change was committed. Listeners are called in the order of the commits, on one thread
 * of the engine: one that takes long delays the others, but never who saves. Events are not kept: what was committed
 * just before the application ended may never be told.
 */
public final class FlinChangeEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	private final transient EntityChange change;

	FlinChangeEvent(FlinEngine engine, EntityChange change) {
		super(engine);
		this.change = change;
	}

	/** What was changed. */
	public EntityChange change() {
		return this.change;
	}

	/** The name of the entity. */
	public String entity() {
		return this.change.entity();
	}

	/** The id of the record. */
	public long id() {
		return this.change.id();
	}

	/** What happened to it. */
	public EntityChange.Kind kind() {
		return this.change.kind();
	}

}
