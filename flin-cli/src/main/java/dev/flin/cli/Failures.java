package dev.flin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

import picocli.CommandLine;

import dev.flin.FlinCompilationException;
import dev.flin.store.StoreException;
import dev.flin.value.FlinError;

/**
 * Shows what went wrong: errors of programs with their FLIN frames, never the frames of the engine, unless it is at
 * fault.
 */
final class Failures implements CommandLine.IExecutionExceptionHandler {

	@Override
	public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
		PrintWriter err = command.getErr();
		switch (failure) {
			case FlinCompilationException ex -> err.print(ex.rendered());
			case FlinError ex -> {
				err.println("error: " + ex.message());
				ex.traceLines().forEach((line) -> err.println("  " + line));
			}
			case StoreException ex -> err.println("error: " + ex.getMessage());
			case CommandFailure ex -> err.println("error: " + ex.getMessage());
			case UncheckedIOException ex -> err.println("error: " + told(ex));
			case IOException ex -> err.println("error: " + reason(ex));
			default -> failure.printStackTrace(err);
		}
		err.flush();
		return 1;
	}

	/** What went wrong with a file, and why. */
	private static String told(UncheckedIOException failure) {
		String message = String.valueOf(failure.getMessage());
		IOException cause = Objects.requireNonNull(failure.getCause());
		String why = cause.toString();
		if (message.equals(why)) {
			return reason(cause);
		}
		String reason = String.valueOf(cause.getMessage());
		return (message.contains(why) || message.contains(reason)) ? message : message + ": " + reason;
	}

	/** Exceptions of the file system have the name of the file for a message. */
	private static String reason(IOException failure) {
		return switch (failure) {
			case AccessDeniedException ex -> ex.getFile() + " is closed to you: permission denied";
			case NoSuchFileException ex -> "there is no " + ex.getFile();
			default -> String.valueOf(failure.getMessage());
		};
	}

}
