package dev.flin.http.body;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Where uploads wait that are too large for the memory. */
@FunctionalInterface
public interface Spool {

	/** An empty file for reading and writing that is gone when it is closed. */
	FileChannel create() throws IOException;

}
