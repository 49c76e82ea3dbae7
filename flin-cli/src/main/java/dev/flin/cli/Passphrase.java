package dev.flin.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of backups comes from. It is never an argument, which others could see. */
final class Passphrase {

	private static final String VARIABLE = "FLIN_BACKUP_PASSPHRASE";

	@Option(names = "--passphrase-file", paramLabel = "FILE",
			description = "The passphrase is the first line of a file; else it is asked for, or in " + VARIABLE + ".")
	private @Nullable Path file;

	/** The passphrase, or null when there is none. */
	@Nullable String find() {
		if (this.file != null) {
			try {
				return Files.readAllLines(this.file).stream().findFirst().orElse(null);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The passphrase cannot be read: " + ex.getMessage(), ex);
			}
		}
		return System.getenv(VARIABLE);
	}

	/** The passphrase, asked for if need be. */
	String require() {
		String found = find();
		Console console = (found == null) ? System.console() : null;
		char[] typed = (console != null) ? console.readPassword("Passphrase: ") : null;
		if (typed != null) {
			found = new String(typed);
		}
		if (found == null || found.isEmpty()) {
			throw new CommandFailure("an encrypted backup needs a passphrase: --passphrase-file FILE, or " + VARIABLE);
		}
		return found;
	}

}
