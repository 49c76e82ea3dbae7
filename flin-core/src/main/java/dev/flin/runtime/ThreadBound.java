package dev.flin.runtime;

/** What of a run may hold on to the thread that it runs on, such as an open transaction. */
public interface ThreadBound {

	/** Whether what the run does now must stay on its thread. */
	boolean isBound();

	/** Lets this thread see what others of the run have done meanwhile. */
	void refresh();

}
