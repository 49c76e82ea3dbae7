package dev.flin.store;

/**
 * A consistent state to read from. Close it: an open snapshot keeps old pages of the store file alive.
 */
public interface Snapshot extends ReadView, AutoCloseable {

	@Override
	void close();

}
